"""What a start does before it serves: whoever waits is told of it, and it is done once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from aiwatch.prepare import collect_static


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder with one static file, and another where it is to go."""
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "page.css").write_text("p { margin: 0 }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "from"]
    settings.STATIC_ROOT = tmp_path / "to"
    return tmp_path


def test_static_files_are_collected_once_and_it_is_said(folder: Path) -> None:
    said: list[str] = []
    collect_static(said.append)
    collect_static(said.append)
    assert len(said) == 1
    assert list((folder / "to").glob("page*.css"))


def test_a_changed_static_file_is_collected_again(folder: Path) -> None:
    said: list[str] = []
    collect_static(said.append)
    (folder / "from" / "page.css").write_text("p { margin: 1px }")
    collect_static(said.append)
    assert len(said) == 2
