"""The site polls while its worker, its Valkey and its PostgreSQL are killed in turn: nothing is lost or doubled."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import psycopg
import pytest

from aiwatch.embedded import find_socket_folder
from ingest.parse import FeedSource, write_opml
from tests import sites
from tests.processes import wait_until
from tests.site import Site, make_page, make_rss, serve_site
from tests.test_aiwatch_launcher import make_passable

pytestmark = pytest.mark.processes

FEEDS, ITEMS = 30, 5
MOST_SECONDS = 180  # for the rest, once all has come up again: reading takes what a busy machine leaves it
QUICK = {
    "INGEST_HOST_GAP_SECONDS": "0",
    "INGEST_SWEEP_SECONDS": "1",
    "INGEST_LEASE_SECONDS": "3",
    "INGEST_REQUEUE_SECONDS": "3",
    "INGEST_DEADLINE_SECONDS": "2",
}
COUNTS = """
SELECT (SELECT count(*) FROM ingest_document WHERE due_at IS NULL),
       (SELECT count(*) FROM ingest_feed WHERE succeeded_at IS NOT NULL AND claimed_until IS NULL)
"""
TOTALS = """
SELECT (SELECT count(*) FROM ingest_document), (SELECT count(DISTINCT article_id) FROM ingest_document),
       (SELECT count(*) FROM timeline_article WHERE title LIKE 'Bread %'),
       (SELECT count(*) FROM ingest_document WHERE error <> '')
"""


@pytest.fixture
def web() -> Iterator[Site]:
    """Thirty feeds of five articles each."""
    with serve_site() as web:
        web.delay_seconds = 0.05
        for feed in range(FEEDS):
            paths = [f"/{feed}/{item}" for item in range(ITEMS)]
            web.pages[f"/feed/{feed}"] = make_rss(
                f"Feed {feed}",
                f"https://site{feed}.example/",
                [(path, web.url(path), f"Bread {path}") for path in paths],
            )
            for path in paths:
                web.pages[path] = make_page(f"Bread {path}", *[f"Baker {path} praised the crust of this loaf."] * 4)
        yield web


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, web: Site) -> Iterator[sites.Site]:
    """A site that follows these feeds and no others; whatever of it is left in the end is killed."""
    folder = make_passable(tmp_path_factory.mktemp("kills"))
    site = sites.Site(folder / "var")
    sources = [FeedSource(f"Feed {n}", web.url(f"/feed/{n}")) for n in range(FEEDS)]
    (folder / "sources.opml").write_bytes(write_opml(sources, "sources"))
    assert site.run("load_sources", str(folder / "sources.opml"))[0] == 0
    yield site
    for process in [*site.list_parts(), *site.list_servers()]:
        process.kill()


@contextmanager
def run_site(site: sites.Site, variables: dict[str, str]) -> Iterator[None]:
    """All parts of the site inside the block. Their output is read all the while: a full pipe would stop them."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    launcher = site.start("run", PORT=str(port), **variables)
    sites.read_until(launcher, "aiwatch is at")
    reader = threading.Thread(target=launcher.stdout.read, daemon=True)  # type: ignore[union-attr]
    reader.start()
    try:
        yield
        assert launcher.poll() is None
    finally:
        launcher.send_signal(signal.SIGINT)
        launcher.wait(60)
        reader.join()
        launcher.stdout.close()  # type: ignore[union-attr]


def ask(site: sites.Site, question: str) -> tuple[int, ...]:
    """The database's answer; -1s while it is away."""
    try:
        with psycopg.connect(host=str(find_socket_folder(site.var)), user="postgres", dbname="aiwatch") as server:
            return server.execute(question).fetchone() or (-1,)
    except psycopg.OperationalError:
        return (-1, -1)


def kill(find: Callable[[], list[psutil.Process]]) -> None:
    """Kill what `find` finds, as soon as there is something: a process may just be making room for another."""
    processes: list[psutil.Process] = []
    wait_until(lambda: bool(processes.extend(find()) or processes), "somebody to kill")
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, 10)


def list_pool(site: sites.Site) -> list[psutil.Process]:
    """The processes of the worker that do its tasks."""
    workers = [part for part in site.list_parts() if "worker" in part.cmdline()]
    return [child for worker in workers for child in worker.children()]


def test_nothing_is_lost_or_doubled_when_parts_are_killed(site: sites.Site, web: Site) -> None:
    victims = {
        10: lambda: list_pool(site),
        50: lambda: [server for server in site.list_servers() if server.name() == "valkey-server"],
        90: lambda: [server for server in site.list_servers() if server.name() == "postgres"],
    }
    with run_site(site, QUICK | {"INGEST_ALLOW_HOSTS": web.host}):
        for finished, find in victims.items():
            wait_until(lambda finished=finished: ask(site, COUNTS)[0] >= finished, f"{finished} articles")  # type: ignore[misc]
            kill(find)
            time.sleep(0.5)
        wait_until(lambda: ask(site, COUNTS) == (FEEDS * ITEMS, FEEDS), "all articles and feeds", MOST_SECONDS)
        assert ask(site, TOTALS) == (FEEDS * ITEMS, FEEDS * ITEMS, FEEDS * ITEMS, 0)
