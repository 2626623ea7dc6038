"""Our pipeline on the feeds with the ids given; entries go to PostgreSQL."""

from __future__ import annotations

import sys

import django

django.setup()

from django.utils import timezone

from bench.fetching.rounds import poll_at_each_line
from ingest.pipeline import poll_feed


def poll() -> int:
    results = [poll_feed(int(feed_id), now=timezone.now()) for feed_id in sys.argv[1:]]
    failed = [result for result in results if result is None or result.error]
    if failed:
        raise SystemExit(f"{len(failed)} polls failed, such as {failed[0]}")
    return sum(len(result.documents) for result in results)


if __name__ == "__main__":
    poll_at_each_line(poll)
