"""The embedded servers: started by the first who needs them, stopped by the last, whoever is killed in between.

All of it runs in a folder with a blank and an apostrophe in a path too long for a socket.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiwatch.embedded import find_socket_folder
from tests.sites import Site, read_until, wait_for

pytestmark = pytest.mark.processes

HOLD = "import time; from django.db import connection as c; c.cursor(); print('held', flush=True); time.sleep(99)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    top = tmp_path_factory.mktemp("site")
    if os.geteuid() == 0:  # the account of the servers has to pass
        for folder in (top, top.parent, top.parent.parent):
            folder.chmod(0o711)
    site = Site(top / "an editor's folder" / ("long-" * 20) / "var")
    yield site
    for process in site.list_servers():
        process.kill()


@pytest.fixture
def holder(site: Site) -> Iterator[subprocess.Popen[str]]:
    """A command that holds the servers for as long as a test takes."""
    process = site.start("shell", "-v0", "-c", HOLD)
    read_until(process, "held")
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    ("var", "below"),
    [
        ("/srv/aiwatch/var", True),
        ("/srv/an editor's/var", False),
        ("/srv/a,b/var", False),
        ("/srv/ünicode/var", False),
        ("/" + "x" * 88, True),
        ("/" + "x" * 89, False),
    ],
)
def test_socket_folder_is_short_and_plain(var: str, below: bool) -> None:
    folder = find_socket_folder(Path(var))
    assert (folder == Path(var) / "run") is below
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107
    assert find_socket_folder(Path(var)) == folder != find_socket_folder(Path(var + "2"))


def test_commands_without_database_start_nothing(site: Site) -> None:
    assert site.run("check")[0] == 0
    assert not (site.var / "postgres").exists()


def test_the_last_user_stops_the_servers(site: Site, holder: subprocess.Popen[str]) -> None:
    assert len(site.list_servers()) == 2
    assert site.ask() == (0, "ok\n")
    assert len(site.list_servers()) == 2
    holder.send_signal(signal.SIGTERM)
    holder.wait(30)
    assert site.list_servers() == []


def test_commands_at_once_share_the_servers(site: Site) -> None:
    commands = [site.start("migrate", "--check", "-v0") for _ in range(3)]
    assert [command.communicate()[0] for command in commands] == ["", "", ""]
    assert [command.returncode for command in commands] == [1, 1, 1]  # nothing is migrated there, and all could ask
    assert site.list_servers() == []


def test_a_killed_user_counts_no_longer(site: Site, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert len(site.list_servers()) == 2
    assert site.ask() == (0, "ok\n")
    assert site.list_servers() == []


def test_killed_servers_start_again(site: Site, holder: subprocess.Popen[str]) -> None:
    killed = site.list_servers()
    for process in killed:
        process.kill()
    wait_for(lambda: not site.list_servers())
    assert site.ask() == (0, "ok\n")
    assert {process.pid for process in site.list_servers()}.isdisjoint(process.pid for process in killed)


def test_a_number_of_another_process_is_no_server(site: Site) -> None:
    assert site.ask() == (0, "ok\n")
    (site.var / "postgres/postmaster.pid").write_text(f"{os.getpid()}\n{site.var}/postgres\n")
    (site.var / "valkey/valkey.pid").write_text(f"{os.getpid()}\n")
    assert site.ask() == (0, "ok\n")


def test_a_half_made_cluster_is_made_anew(site: Site) -> None:
    assert site.ask() == (0, "ok\n")
    (site.var / "postgres").rename(site.var / "postgres.new")
    assert site.ask() == (0, "ok\n")
    assert not (site.var / "postgres.new").exists()


def test_a_server_that_cannot_start_says_why(site: Site) -> None:
    (site.var / "postgres/PG_VERSION").write_text("9\n")
    code, output = site.ask()
    assert code == 1
    assert "PostgreSQL did not start" in output
    assert "incompatible" in output
    assert "Traceback" not in output
