"""What the bare interpreter runs first: its refusals are one sentence each, and it installs only what changed."""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import bootstrap

SOURCE = Path(bootstrap.__file__)


@pytest.fixture
def readonly_project() -> Iterator[Path]:
    """A folder that everybody may read and nobody may write, with the bootstrap in it."""
    folder = Path(tempfile.mkdtemp())  # tmp_path can be entered by one account only
    shutil.copy(SOURCE, folder)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A project with two lists of packages in tmp_path; the lists that pip was asked to install."""
    asked: list[str] = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("one==1\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "BASE_DIR", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "run_pip", lambda listing: asked.append(listing) or 0)
    return asked


def test_old_interpreters_can_read_it() -> None:
    ast.parse(SOURCE.read_text(), feature_version=(3, 6))


def test_old_python_gets_one_sentence() -> None:
    program = "import sys; sys.version_info = (3, 9, 2, 'final', 0); import bootstrap; bootstrap.main([])"
    done = subprocess.run([sys.executable, "-c", program], cwd=SOURCE.parent, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("aiwatch needs Python 3.11 or newer; this is Python 3.9.2")
    assert len(done.stderr.splitlines()) == 1


def test_readonly_folder_gets_one_sentence(readonly_project: Path) -> None:
    interpreter = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if interpreter is None:
        pytest.skip("no Python that every account can run")
    account = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    command = [interpreter, str(readonly_project / SOURCE.name)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", **account)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "read-only" in done.stderr
    assert not (readonly_project / ".venv").exists()


def test_packages_are_installed_once(asked: list[str]) -> None:
    bootstrap.provide("requirements.txt")
    bootstrap.provide("requirements.txt")
    assert asked == ["requirements.txt"]


def test_a_changed_list_is_installed_again(asked: list[str], tmp_path: Path) -> None:
    bootstrap.provide("requirements.txt")
    (tmp_path / "requirements.txt").write_text("one==2\n")
    bootstrap.provide("requirements.txt")
    assert len(asked) == 2


def test_the_longer_list_holds_the_shorter(asked: list[str]) -> None:
    bootstrap.provide("requirements-dev.txt")
    bootstrap.provide("requirements.txt")
    assert asked == ["requirements-dev.txt"]


def test_a_failed_installation_is_tried_again(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(bootstrap, "run_pip", lambda listing: 1)
        with pytest.raises(SystemExit, match="could not be installed"):
            bootstrap.provide("requirements.txt")
    bootstrap.provide("requirements.txt")
    assert asked == ["requirements.txt"]
