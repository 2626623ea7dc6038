"""An hour of 300 feeds on 40 hosts, a quarter of them broken: simulated time, real servers, the real pipeline."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ingest import pipeline
from ingest.health import State, list_sources
from ingest.models import Feed
from ingest.schedule import LONGEST_SECONDS, SPREAD
from ingest.tasks import SOON_SECONDS
from tests.hosts import BROKEN, Clock, Hosts, serve_hosts

START = datetime(2026, 2, 13, 12, tzinfo=UTC)
FEEDS, HOSTS, HOUR = 300, 40, 3600
SWEEP_SECONDS, GAP_SECONDS = 30, 2
ROUND = 7  # feeds polled together: on different hosts, and on one
ON_TIME_SECONDS = 90  # a sweep's rhythm, and a turn after all others of the same host


@dataclass
class Hour:
    """What happened: how late polls of each feed were, in seconds."""

    hosts: Hosts
    late: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


def add_feeds(hosts: Hosts) -> None:
    """One in four is broken, one host asks to be left alone, one in ten of the rest has news each minute."""
    kinds = list(BROKEN)
    for number in range(FEEDS):
        host = number % HOSTS
        kind = "busy" if host == HOSTS - 1 else kinds[number // 4 % len(kinds)] if number % 4 == 0 else "well"
        kind = "lively" if kind == "well" and number % 10 == 1 else kind
        url = f"http://127.0.0.1:{hosts.ports[host]}/{kind}/{number}"
        feed, _ = pipeline.add_feed(url=url, title=f"{kind} {number}", site_url=f"https://site{number}.example/")
        interval = 300 if kind in BROKEN else 3600
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=START, created_at=START, interval_seconds=interval)


def run_hour(hosts: Hosts) -> Hour:
    """Sweep every half minute, poll what is due in its turn, and come back when a host was busy: as workers do."""
    hour, clock, begin = Hour(hosts), hosts.clock, hosts.clock.now
    queue: list[tuple[float, int]] = []
    due: dict[int, datetime] = {}
    for sweep in range(0, HOUR, SWEEP_SECONDS):
        while queue and queue[0][0] < begin + sweep:
            clock.now = max(clock.now, queue[0][0])
            ids = [heapq.heappop(queue)[1] for _ in range(ROUND) if queue and queue[0][0] <= clock.now]
            for result in pipeline.poll_feeds(ids, now=datetime.fromtimestamp(clock.now, UTC)):
                if 0 < result.wait_seconds <= SOON_SECONDS:
                    heapq.heappush(queue, (clock.now + result.wait_seconds, result.feed_id))
                elif not result.postponed:
                    hour.late[result.feed_id].append(clock.now - due[result.feed_id].timestamp())
        clock.now = max(clock.now, begin + sweep)
        wanted = dict(Feed.objects.filter(next_poll_at__isnull=False).values_list("pk", "next_poll_at"))
        for feed_id in pipeline.list_due(datetime.fromtimestamp(clock.now, UTC)).feeds:
            due[feed_id] = wanted[feed_id]
            heapq.heappush(queue, (clock.now, feed_id))
    return hour


def check_gaps(hour: Hour) -> None:
    moments = defaultdict(list)
    for at, port, _ in hour.hosts.log:
        moments[port].append(at)
    assert len(moments) == HOSTS
    assert min(after - at for times in moments.values() for at, after in pairwise(times)) >= GAP_SECONDS


def check_polls(hour: Hour) -> None:
    counts = Counter(path for _, _, path in hour.hosts.log)
    for feed in Feed.objects.exclude(title__startswith="busy"):
        kind, asked = feed.title.split()[0], counts[f"/{feed.title.replace(' ', '/')}"]
        assert max(hour.late[feed.pk]) <= ON_TIME_SECONDS, feed.title
        least = {"gone": 1, "lively": 4, "well": 2}.get(kind, 3)
        assert asked >= least, feed.title
        if kind != "gone":
            latest = START + timedelta(seconds=HOUR + LONGEST_SECONDS * (1 + SPREAD))
            assert feed.next_poll_at is not None, feed.title
            assert feed.next_poll_at <= latest, feed.title
    assert 1 <= sum(n for path, n in counts.items() if "busy" in path) <= 1 + HOUR // 600


def check_health() -> None:
    for source in list_sources(START + timedelta(seconds=HOUR)):
        kind = source.feed.title.split()[0]
        if kind in ("well", "lively"):
            assert source.state == State.FINE, (source.feed.title, source.problem)
        elif kind in BROKEN:
            assert source.state == State.BROKEN, source.feed.title
            assert BROKEN[kind][1] in source.problem, (source.feed.title, source.problem)
        else:
            assert source.state == State.WARNING, source.feed.title
            assert "asks to be left alone" in source.problem or "429" in source.problem


@pytest.mark.django_db
def test_an_hour_of_300_feeds_on_40_hosts(settings: Any, queue: object, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(START.timestamp())
    monkeypatch.setattr("ingest.pipeline.turns.read_clock", clock.read)
    settings.INGEST_HOST_GAP_SECONDS, settings.INGEST_DEADLINE_SECONDS = GAP_SECONDS, 0.3
    with serve_hosts(HOSTS, clock) as hosts:
        settings.INGEST_ALLOW_HOSTS = [f"127.0.0.1:{port}" for port in hosts.ports]
        add_feeds(hosts)
        hour = run_hour(hosts)
    check_gaps(hour)
    check_polls(hour)
    check_health()
