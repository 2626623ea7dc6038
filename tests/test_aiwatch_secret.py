"""The secret key that the site makes for itself."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from aiwatch.secret import read_or_make_secret


def test_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = read_or_make_secret(path)
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_secret(path) == first
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_those_who_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(read_or_make_secret, [tmp_path / "secret_key"] * 8))
    assert len(keys) == 1


def test_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file is in the way")
    with pytest.raises(ImproperlyConfigured, match="secret key"):
        read_or_make_secret(tmp_path / "var" / "secret_key")
