"""A worker that polls the addresses it is told, and says what came of each in the terms of `Expect`.

It is a process of its own, so that it can be seen whether it lives through everything and how much memory it takes.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from ingest.errors import IngestError
from ingest.fetch import ACCEPT_FEED, FetchPolicy, fetch_url
from ingest.parse import parse_feed
from ingest.schedule import classify_status
from tests.hostile.case import Expect

MAX_BYTES = 10_000_000
SHOWN_TITLES = 3


def fetch_and_read(url: str, hosts: list[str], deadline: float, ca_file: str = "") -> Expect:
    """What comes of polling `url` once."""
    policy = FetchPolicy("aiwatch-tests/1.0", frozenset(hosts), MAX_BYTES, deadline, ca_file=ca_file)
    try:
        response = fetch_url(url, policy, accept=ACCEPT_FEED)
        if classify_status(response.status):
            return Expect(status=response.status)
        feed = parse_feed(response.body, response.url, response.content_type)
    except IngestError as error:
        return Expect(error=type(error).__name__, words=str(error))
    return Expect(
        status=response.status,
        items=len(feed.items),
        titles=tuple(item.title for item in feed.items[:SHOWN_TITLES]),
        permanent=response.permanent_url,
        complete=response.complete,
    )


def memory_held() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Answer each request of standard input ([url, hosts, deadline, CA file]) with the outcome and the memory held."""
    for line in sys.stdin:
        outcome = fetch_and_read(*json.loads(line))
        sys.stdout.write(json.dumps([asdict(outcome), memory_held()]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
