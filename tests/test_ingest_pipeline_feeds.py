"""Polling against a real site: what is new is kept once, what changed is an update, what fails is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest import pipeline
from ingest.models import Document, Feed, Fetch
from ingest.pipeline import Due
from ingest.pipeline.turns import take_turn
from tests.site import Site, make_rss, serve_site
from timeline.models import Article, Change

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 13, 12, tzinfo=UTC)


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    with serve_site() as site:
        settings.INGEST_ALLOW_HOSTS = [site.host]
        settings.INGEST_HOST_GAP_SECONDS = 0
        yield site


def add_feed(site: Site, *items: tuple[str, str, str]) -> Feed:
    site.pages["/feed"] = make_rss("Example Wire: AI", "https://wire.example/", list(items))
    feed, _ = pipeline.add_feed(url=site.url("/feed"), title="Example Wire: AI", site_url="https://wire.example/")
    return feed


def item(number: int, title: str = "") -> tuple[str, str, str]:
    return f"guid-{number}", f"https://wire.example/{number}", title or f"Story {number}"


def poll(feed: Feed, minutes: int = 0) -> pipeline.PollResult:
    result = pipeline.poll_feed(feed.pk, now=NOW + timedelta(minutes=minutes))
    assert result is not None
    return result


def test_items_become_articles_of_the_feeds_publisher(site: Site) -> None:
    feed = add_feed(site, item(1), item(2))
    result = poll(feed)
    assert (result.items, len(result.documents), result.error) == (2, 2, "")
    assert {(a.title, a.publisher.host) for a in Article.objects.all()} == {
        ("Story 1", "wire.example"),
        ("Story 2", "wire.example"),
    }
    assert Document.objects.filter(step="found", article__isnull=False).count() == 2


def test_a_second_poll_adds_nothing(site: Site) -> None:
    feed = add_feed(site, item(1), item(2))
    poll(feed)
    assert poll(feed, 1).documents == ()
    site.pages["/feed"] += b"<!-- other bytes, same items -->"
    result = poll(feed, 2)
    assert (result.items, result.documents, result.changed) == (2, (), 0)
    assert (Article.objects.count(), Document.objects.count(), Fetch.objects.count()) == (2, 2, 3)


def test_an_unchanged_feed_answers_304_and_is_not_parsed(site: Site) -> None:
    feed = add_feed(site, item(1))
    site.validators["/feed"] = '"v1"'
    poll(feed)
    result = poll(feed, 1)
    assert (result.status, result.items, result.error) == (304, 0, "")


def test_a_changed_title_is_an_update_with_its_history(site: Site) -> None:
    feed = add_feed(site, item(1, "Vendor limits access"))
    poll(feed)
    add_feed(site, item(1, "Vendor cuts off access"))
    assert poll(feed, 1).changed == 1
    assert Article.objects.get().title == "Vendor cuts off access"
    assert Change.objects.get(noun="article", action="correct").before == {"title": "Vendor limits access"}


def test_a_changed_address_with_the_same_guid_is_the_same_story(site: Site) -> None:
    feed = add_feed(site, item(1))
    poll(feed)
    add_feed(site, ("guid-1", "https://wire.example/1-renamed", "Story 1"))
    assert poll(feed, 1).documents == ()
    assert Article.objects.count() == 1


def test_a_guid_given_to_every_item_tells_nothing_apart(site: Site) -> None:
    feed = add_feed(site, *(("same", f"https://wire.example/{n}", f"Story {n}") for n in range(3)))
    assert len(poll(feed).documents) == 3
    assert poll(feed, 1).documents == ()


def test_tracking_parameters_do_not_make_a_second_story(site: Site) -> None:
    feed = add_feed(site, ("a", "https://wire.example/1?utm_source=rss", "Story 1"))
    poll(feed)
    add_feed(site, ("b", "https://wire.example/1?utm_source=app", "Story 1"))
    poll(feed, 1)
    assert Article.objects.count() == 1


def test_two_feeds_with_one_story_make_one_article(site: Site) -> None:
    poll(add_feed(site, item(1)))
    site.pages["/other"] = make_rss("Other", "https://other.example/", [("x", "https://wire.example/1", "Story 1")])
    other, _ = pipeline.add_feed(url=site.url("/other"), title="Other", site_url="https://other.example/")
    assert poll(other).documents == ()
    assert Article.objects.get().publisher.host == "wire.example"


def test_what_another_feed_calls_a_story_is_no_edit(site: Site) -> None:
    poll(add_feed(site, item(1, "Their headline")))
    site.pages["/other"] = make_rss("Other", "https://other.example/", [("x", "https://wire.example/1", "Another")])
    other, _ = pipeline.add_feed(url=site.url("/other"), title="Other", site_url="https://other.example/")
    assert poll(other).changed == 0
    assert Article.objects.get().title == "Their headline"


@pytest.mark.parametrize("body", [b"", b"<html>Sorry, an error</html>", b"\x00\xff"])
def test_what_is_no_feed_is_an_error_that_is_tried_again(site: Site, body: bytes) -> None:
    feed = add_feed(site)
    site.pages["/feed"] = body
    assert poll(feed).error
    feed.refresh_from_db()
    assert feed.error
    assert feed.next_poll_at is not None
    assert feed.next_poll_at > NOW


def test_an_error_is_forgotten_when_the_feed_answers_again(site: Site) -> None:
    feed = add_feed(site, item(1))
    body = site.pages.pop("/feed")
    assert poll(feed).status == 404
    site.pages["/feed"] = body
    assert poll(feed, 1).documents
    feed.refresh_from_db()
    assert (feed.error, feed.hard_errors) == ("", 0)


def test_a_feed_that_is_being_polled_is_left_alone(site: Site) -> None:
    feed = add_feed(site, item(1))
    Feed.objects.update(claimed_until=NOW + timedelta(seconds=30))
    assert pipeline.poll_feed(feed.pk, now=NOW) is None
    assert pipeline.poll_feed(feed.pk, now=NOW + timedelta(seconds=31)) is not None


def test_a_host_that_is_visited_is_waited_for(site: Site, settings: Any) -> None:
    feed = add_feed(site, item(1))
    with take_turn(feed.url):
        result = poll(feed)
    assert result.postponed
    feed.refresh_from_db()
    assert feed.claimed_until is None
    assert feed.error == ""


def test_the_sweep_lists_what_is_due_once_until_it_is_due_again(site: Site, settings: Any) -> None:
    feed = add_feed(site, item(1))
    Feed.objects.update(next_poll_at=NOW)
    assert pipeline.list_due(NOW) == Due((feed.pk,), (), ())
    assert pipeline.list_due(NOW) == Due((), (), ())
    later = NOW + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS)
    assert pipeline.list_due(later) == Due((feed.pk,), (), ())
