"""Many feeds in one round: each as if it were polled alone, and none at the cost of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from ingest import pipeline
from ingest.models import Feed, Fetch
from ingest.pipeline.claims import claim_feed
from ingest.pipeline.outcomes import Poll, keep_polls
from ingest.pipeline.turns import take_turn
from ingest.schedule import UNCHANGED, PollOutcome
from tests.ingest_site import NOW, add_feed
from tests.site import Site, serve_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def feeds(settings: Any, queue: object) -> Iterator[list[Feed]]:
    """Three feeds of one item each, on hosts of their own."""
    with ExitStack() as stack:
        sites: list[Site] = [stack.enter_context(serve_site()) for _ in range(3)]
        settings.INGEST_ALLOW_HOSTS = [site.host for site in sites]
        settings.INGEST_HOST_GAP_SECONDS = 0
        yield [
            add_feed(site, ("a", f"https://wire{n}.example/1", f"Story {n}"), title=f"Wire {n}")
            for n, site in enumerate(sites)
        ]


def poll(feeds: list[Feed], minutes: int = 0) -> dict[int, pipeline.PollResult]:
    results = pipeline.poll_feeds([feed.pk for feed in feeds], now=NOW + timedelta(minutes=minutes))
    return {result.feed_id: result for result in results}


def test_a_round_polls_each_feed_and_lets_go_of_all(feeds: list[Feed]) -> None:
    assert [len(result.documents) for result in poll(feeds).values()] == [1, 1, 1]
    again = poll(feeds, 1)
    assert [(result.items, result.error) for result in again.values()] == [(0, "")] * 3
    assert Fetch.objects.count() == 6
    assert not Feed.objects.exclude(claimed_until=None, broken_off=0, error="").exists()
    with take_turn(feeds[0].url):  # its host is free
        pass


def test_a_feed_that_fails_keeps_no_other_from_being_polled(feeds: list[Feed]) -> None:
    Feed.objects.filter(pk=feeds[0].pk).update(url=feeds[0].url + "/nowhere")
    results = poll(feeds)
    assert results[feeds[0].pk].status == 404
    assert all(results[feed.pk].documents for feed in feeds[1:])
    assert Fetch.objects.exclude(error="").count() == 1


def test_a_host_that_is_visited_is_waited_for_and_the_others_are_polled(feeds: list[Feed]) -> None:
    with take_turn(feeds[1].url):
        results = poll(feeds)
    assert [results[feed.pk].postponed for feed in feeds] == [False, True, False]
    assert poll(feeds[1:2])[feeds[1].pk].documents


def test_two_feeds_of_one_host_are_not_visited_at_once(feeds: list[Feed], settings: Any) -> None:
    settings.INGEST_HOST_GAP_SECONDS = 30
    other, _ = pipeline.add_feed(url=feeds[0].url + "?b", title="Wire 0, too", site_url="https://wire.example/")
    results = poll([feeds[0], other, feeds[1]])
    assert [result.postponed for result in results.values()] == [False, True, False]


def test_a_round_that_takes_too_long_gives_the_rest_back(feeds: list[Feed], settings: Any) -> None:
    settings.INGEST_LEASE_SECONDS = 0
    results = poll(feeds)
    assert [results[feed.pk].postponed for feed in feeds] == [False, True, True]
    settings.INGEST_LEASE_SECONDS = 120
    assert [len(result.documents) for result in poll(feeds[1:]).values()] == [1, 1]


def test_a_feed_whose_last_poll_never_ended_is_polled_alone(feeds: list[Feed]) -> None:
    Feed.objects.update(next_poll_at=NOW)
    Feed.objects.filter(pk=feeds[0].pk).update(broken_off=1)
    assert feeds[0].pk not in poll(feeds)
    Feed.objects.update(next_poll_at=NOW)
    due = pipeline.list_due(NOW)
    assert (set(due.feeds), due.alone) == ({feed.pk for feed in feeds[1:]}, (feeds[0].pk,))
    assert poll(feeds[:1])[feeds[0].pk].documents


def test_what_somebody_else_has_taken_over_is_not_kept(feeds: list[Feed]) -> None:
    polls = [Poll(feed, NOW, PollOutcome(UNCHANGED), 304) for pk in feeds if (feed := claim_feed(pk.pk, NOW))]
    later = NOW + timedelta(hours=1)
    Feed.objects.filter(pk=feeds[0].pk).update(claimed_until=later)
    assert keep_polls(polls) == {feed.pk for feed in feeds[1:]}
    assert Fetch.objects.filter(feed=feeds[0]).count() == 0
    assert Feed.objects.get(pk=feeds[0].pk).claimed_until == later


def test_of_two_feeds_that_move_to_one_address_one_does(feeds: list[Feed]) -> None:
    to = "https://wire.example/moved"
    Feed.objects.update(moved_to=to, moved_polls=2)
    held = [claim_feed(feed.pk, NOW) for feed in feeds]
    keep_polls([Poll(feed, NOW, PollOutcome(UNCHANGED, permanent_url=to), 304) for feed in held if feed])
    assert Feed.objects.filter(url=to).count() == 1
    assert Feed.objects.filter(claimed_until=None, polled_at=NOW).count() == 3
