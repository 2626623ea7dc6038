"""An export of any size is streamed: the server's memory stays as it is, the first byte comes at once.

By default some thousand events; with AIWATCH_FULL=1 a million, most of them copies that the database makes in minutes.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest
import requests

from tests.large import large_record
from tests.processes import wait_until
from tests.sites import PROJECT

FULL = bool(os.environ.get("AIWATCH_FULL"))
ROWS = 1_000_000 if FULL else 4_000
GROWTH = 20_000_000  # bytes
FIRST_BYTE_SECONDS = 0.5 if FULL else 10  # a busy machine makes no test fail

pytestmark = [pytest.mark.processes, pytest.mark.timeout(3600)]


@dataclass
class Export:
    """What came of an export: lines, seconds to the first byte, bytes by which the server grew."""

    lines: int = 0
    first_byte_seconds: float = 0.0
    growth: int = 0


def measure(address: str, server: psutil.Process) -> Export:
    """Take an export as it comes; `server` is the process that sends it."""
    before, started, found = server.memory_info().rss, time.monotonic(), Export()
    with requests.get(address, stream=True, timeout=60, headers={"accept-encoding": "identity"}) as answer:
        assert answer.status_code == 200
        for chunk in answer.iter_content(1 << 20):
            found.first_byte_seconds = found.first_byte_seconds or time.monotonic() - started
            found.lines += chunk.count(b"\n")
            found.growth = max(found.growth, server.memory_info().rss - before)
    return found


@pytest.fixture
def site(site_env: dict[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    """The address of a site on a synthetic record, and the process that serves it."""
    with large_record(ROWS):
        yield from _serve(site_env)


def _serve(site_env: dict[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "aiwatch.wsgi", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    with subprocess.Popen([*command, "--workers=1", "--threads=2"], cwd=PROJECT, env=site_env) as process:
        try:
            wait_until(lambda: _is_up(port), "the site is up")
            (worker,) = psutil.Process(process.pid).children()
            yield f"http://127.0.0.1:{port}", worker
        finally:
            process.terminate()


def _is_up(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
    except requests.RequestException:  # it has just started, or the machine is busy
        return False


def test_an_export_takes_no_memory(site: tuple[str, psutil.Process]) -> None:
    address, server = site
    for form in ("ndjson", "csv"):
        assert requests.get(f"{address}/events.{form}?until=2016", timeout=60).status_code == 200  # all is loaded
        found = measure(f"{address}/events.{form}", server)
        sys.stdout.write(f"{form}: {found}\n")
        assert found.lines == ROWS + (form == "csv")
        assert found.growth < GROWTH
        assert found.first_byte_seconds < FIRST_BYTE_SECONDS
