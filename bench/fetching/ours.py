"""Our pipeline on the feeds with the ids given; entries go to PostgreSQL."""

from __future__ import annotations

import sys

import django

django.setup()

from django.utils import timezone

from bench.fetching.rounds import poll_at_each_line
from ingest.pipeline import poll_feeds
from ingest.tasks import MOST_TOGETHER


def poll() -> int:
    ids = [int(feed_id) for feed_id in sys.argv[1:]]
    rounds = (ids[start : start + MOST_TOGETHER] for start in range(0, len(ids), MOST_TOGETHER))
    results = [result for some in rounds for result in poll_feeds(some, now=timezone.now())]
    failed = [result for result in results if result.error or result.postponed]
    if failed or len(results) < len(ids):
        raise SystemExit(f"{len(ids) - len(results) + len(failed)} polls failed, such as {failed[:1]}")
    return sum(len(result.documents) for result in results)


if __name__ == "__main__":
    poll_at_each_line(poll)
