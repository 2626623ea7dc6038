"""A worker that polls the addresses it is told, and says what came of each in the terms of `Expect`.

It is a process of its own, as large as a worker, so that it can be seen whether it lives through everything, how much
memory it takes and for how long it can be held.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from ingest.errors import IngestError
from ingest.fetch import ACCEPT_FEED, FetchPolicy, fetch_url
from ingest.parse import parse_feed_parts
from ingest.schedule import classify_status
from ingest.types import Response
from tests.hostile.case import Expect

MAX_BYTES = 10_000_000
SHOWN = 60


def fetch_and_read(url: str, hosts: list[str], deadline: float, ca_file: str = "") -> tuple[Expect, float]:
    """What comes of polling `url` once, and how many seconds the network held us."""
    started = time.monotonic()
    response = _fetch(url, hosts, deadline, ca_file)
    seconds = time.monotonic() - started
    return (response if isinstance(response, Expect) else _read(response)), seconds


def _fetch(url: str, hosts: list[str], deadline: float, ca_file: str) -> Response | Expect:
    policy = FetchPolicy("aiwatch-tests/1.0", frozenset(hosts), MAX_BYTES, deadline, ca_file=ca_file)
    try:
        response = fetch_url(url, policy, accept=ACCEPT_FEED)
    except IngestError as error:
        return Expect(error=type(error).__name__, words=str(error))
    return Expect(status=response.status) if classify_status(response.status) else response


def _read(response: Response) -> Expect:
    try:
        items = 0
        for part in parse_feed_parts(response.body, response.url, response.content_type):
            items += len(part.items)
            first = part.items[:SHOWN]  # the beginning of the feed comes last
    except IngestError as error:
        return Expect(error=type(error).__name__, words=str(error))
    return Expect(
        status=response.status,
        items=items,
        titles=tuple(item.title for item in first),
        urls=tuple(item.url for item in first),
        dates=tuple(item.published_at.isoformat() if item.published_at else "" for item in first),
        bodies=tuple(item.summary for item in first),
        permanent=response.permanent_url,
        complete=response.complete,
    )


def memory_held() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def answer(request: list[Any]) -> dict[str, Any]:
    """The outcome of a request ([url, hosts, deadline, CA file]), the network's seconds and the memory held."""
    outcome, seconds = fetch_and_read(*request)
    return {"outcome": asdict(outcome), "seconds": seconds, "megabytes": memory_held()}


def main() -> None:
    """Answer each request of standard input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    importlib.import_module("ingest.tasks")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
