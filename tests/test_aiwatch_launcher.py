"""`manage.py run` with all of its real parts: it serves, it says what is wrong in one sentence, it survives kills."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests
import yaml

from tests.sites import PROJECT, Site, read_until, wait_for

pytestmark = pytest.mark.processes

QUIET = {"INGEST_SWEEP_SECONDS": "86400"}  # the sources of the record are on the network
COUNT = (
    "from timeline.filters import *; from timeline.queries.tallies import *; print(count_events(EventFilter()).number)"
)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(make_passable(tmp_path_factory.mktemp("run")) / "var")


@pytest.fixture
def launch(site: Site, port: int) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start the site and wait until it answers; whatever of it is left after the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(site.start("run", PORT=str(port), **QUIET))
        read_until(started[-1], "aiwatch is at")
        return started[-1]

    yield start
    for process in [*started, *site.list_parts(), *site.list_servers()]:
        process.kill()
    for launcher in started:
        launcher.communicate()


def make_passable(folder: Path) -> Path:
    """Let the account of the servers pass, where root runs the tests."""
    if os.geteuid() == 0:
        for above in (folder, folder.parent, folder.parent.parent):
            above.chmod(0o711)
    return folder


def count_in_file() -> int:
    return len(yaml.safe_load((PROJECT / "data/timeline.yaml").read_text())["events"])


def find_part(site: Site, word: str) -> psutil.Process:
    return next(part for part in site.list_parts() if word in part.cmdline())


def test_it_serves_and_ends_on_ctrl_c(site: Site, launch, port: int) -> None:
    launcher = launch()
    assert requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).json() == {"database": True, "valkey": True}
    page = requests.get(f"http://127.0.0.1:{port}/", timeout=10).text
    style = re.search(r"/static/timeline/base\.\w+\.css", page)
    assert style
    assert requests.get(f"http://127.0.0.1:{port}{style[0]}", timeout=10).ok
    launcher.send_signal(signal.SIGINT)
    assert launcher.communicate(timeout=30)[0].endswith("Stopped.\n")
    assert launcher.returncode == 0
    assert site.list_parts() == site.list_servers() == []


def test_a_second_copy_is_refused(site: Site, launch, port: int) -> None:
    launch()
    code, output = site.run("run", PORT=str(port + 1))
    assert (code, output) == (1, f"aiwatch runs already in {site.project}; stop that one first.\n")


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        code, output = Site(tmp_path / "var").run("run", PORT=str(taken))
    assert code == 1
    assert output.startswith(f"Port {taken} of 127.0.0.1 cannot be used")
    assert output.count("\n") == 1


def test_a_killed_worker_ends_the_rest_in_order(site: Site, launch) -> None:
    launcher = launch()
    find_part(site, "worker").kill()
    output = launcher.communicate(timeout=30)[0]
    assert launcher.returncode == 1
    assert "A part of the site died" in output.splitlines()[-1]
    assert site.list_parts() == site.list_servers() == []


def test_killed_servers_run_again(site: Site, launch, port: int) -> None:
    launch()
    killed = site.list_servers()
    for server in killed:
        server.kill()
    psutil.wait_procs(killed, 10)
    wait_for(lambda: requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).ok)


def test_a_killed_launcher_leaves_nothing_in_the_way(site: Site, launch, port: int) -> None:
    launch().kill()
    launcher = launch()
    assert requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).ok
    launcher.send_signal(signal.SIGTERM)
    launcher.wait(30)
    code, count = site.run("shell", "-v0", "-c", COUNT)
    assert (code, count) == (0, f"{count_in_file()}\n")


@pytest.fixture
def foreign_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the project that belongs to another account than root."""
    if os.geteuid() != 0:
        pytest.skip("only root can run programs as another account; this run is the other account")
    nobody = pwd.getpwnam("nobody")
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    folder = make_passable(tmp_path_factory.mktemp("foreign")) / "project"
    ignore = shutil.ignore_patterns("var", ".venv", ".git", ".*_cache", "__pycache__")
    shutil.copytree(PROJECT, folder, ignore=ignore)
    (folder / ".venv").symlink_to(PROJECT / ".venv")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    try:
        subprocess.run([folder / ".venv/bin/python", "-c", "import django"], check=True, cwd=folder, **account)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the interpreter of .venv lies where other accounts may not look")
    return Site(folder / "var", folder, account)


def test_it_serves_as_another_account(foreign_site: Site, port: int) -> None:
    launcher = foreign_site.start("run", PORT=str(port), **QUIET)
    read_until(launcher, "aiwatch is at")
    assert requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).ok
    assert {part.username() for part in foreign_site.list_servers()} == {"nobody"}
    launcher.send_signal(signal.SIGINT)
    launcher.communicate(timeout=30)
    assert launcher.returncode == 0
    assert foreign_site.list_servers() == []
