"""Our pipeline on the feeds with the ids given; entries go to PostgreSQL."""

from __future__ import annotations

import sys

import django

django.setup()

import psutil
from django.db import connection
from django.utils import timezone

from bench.fetching.rounds import poll_at_each_line
from ingest.pipeline import poll_feeds
from ingest.tasks import MOST_TOGETHER


def poll() -> int:
    """Poll all feeds once, as workers do: what a round gives back is polled in a later one."""
    waiting, entries = [int(feed_id) for feed_id in sys.argv[1:]], 0
    while waiting:
        some, waiting = waiting[:MOST_TOGETHER], waiting[MOST_TOGETHER:]
        results = poll_feeds(some, now=timezone.now())
        failed = [result for result in results if result.error]
        if failed or len(results) < len(some):
            raise SystemExit(f"{len(some) - len(results) + len(failed)} polls failed, such as {failed[:1]}")
        waiting += [result.feed_id for result in results if result.postponed]
        entries += sum(len(result.documents) for result in results)
    return entries


def read_server_time() -> float:
    """Seconds of processor time of the PostgreSQL process that serves this one."""
    connection.ensure_connection()
    times = psutil.Process(connection.connection.info.backend_pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    poll_at_each_line(poll, read_server_time)
