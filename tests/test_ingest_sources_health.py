"""The state of a source follows from what its polls left behind, and is told in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from ingest.alerts import send_alert
from ingest.health import State, Volume, judge_source, list_sources, list_troubles
from ingest.models import Alert, Document, Feed
from tests.ingest_site import NOW, add_feed, poll, site
from tests.site import Site
from timeline.addresses import url_hash

__all__ = ["site"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WELL: dict[str, Any] = {
    "url": "https://wire.example/feed",
    "created_at": NOW - 60 * DAY,
    "polled_at": NOW - HOUR,
    "succeeded_at": NOW - HOUR,
    "next_poll_at": NOW + HOUR,
}
STATES = [
    ({}, Volume(9, 8.0), "fine", ""),
    ({"next_poll_at": None}, Volume(), "broken", "gone for good"),
    ({"next_poll_at": NOW - 3 * HOUR}, Volume(), "broken", "Due for 3 hours"),
    ({"next_poll_at": NOW - timedelta(minutes=5)}, Volume(), "fine", ""),
    ({"claimed_until": NOW - HOUR, "broken_off": 4}, Volume(), "broken", "The last 4 polls broke off"),
    ({"polled_at": NOW - 3 * DAY}, Volume(), "broken", "Not polled for 3 days"),
    (
        {"error": "The server answered 404.", "hard_errors": 1},
        Volume(),
        "broken",
        "answered 404. (once, well",
    ),
    ({"error": "No answer.", "soft_errors": 1}, Volume(), "warning", "No answer."),
    ({"error": "No answer.", "soft_errors": 3}, Volume(), "broken", "3 times in a row"),
    ({"error": "No answer.", "soft_errors": 9, "succeeded_at": None}, Volume(), "broken", "never well yet"),
    ({"robots": "robots.txt forbids it."}, Volume(), "warning", "robots.txt forbids it"),
    ({"robots": "robots.txt allows it."}, Volume(), "fine", ""),
    ({"moved_to": "https://b.example/", "moved_polls": 3}, Volume(), "warning", "has moved to https://b.example/"),
    ({}, Volume(1, 8.0), "warning", "Unusually quiet: 1 articles this week, usually 8"),
    ({}, Volume(0, 1.0), "fine", ""),
    ({}, Volume(90, 8.0), "warning", "Unusually much"),
    ({}, Volume(90, None), "fine", ""),
    ({}, Volume(9, 8.0, 6, "The server answered 403."), "warning", "6 of 9 articles could not be read"),
]


@pytest.mark.parametrize(("fields", "volume", "state", "words"), STATES)
def test_what_is_said_of_a_source(fields: dict[str, Any], volume: Volume, state: str, words: str) -> None:
    source = judge_source(Feed(**WELL | fields), volume, NOW)
    assert source.state == state
    assert words in source.problem
    assert bool(source.problem) == (state != State.FINE)


@pytest.mark.django_db
def test_the_usual_volume_leaves_out_what_a_source_brought_at_first(site: Site) -> None:
    feed = add_feed(site)
    Feed.objects.update(created_at=NOW - 40 * DAY)
    moments = [NOW - 40 * DAY] * 50 + [NOW - n * DAY for n in range(8, 35)] + [NOW - DAY] * 3
    Document.objects.bulk_create(
        Document(url=f"https://a.example/{n}", key=url_hash(f"https://a.example/{n}"), feed=feed, found_at=at)
        for n, at in enumerate(moments)
    )
    (source,) = list_sources(NOW)
    assert (source.volume.week, round(source.volume.usual or 0)) == (3, 7)


@pytest.mark.django_db
def test_articles_that_wait_too_long_are_a_trouble(site: Site) -> None:
    assert list_troubles(NOW) == []
    Document.objects.create(url="https://a.example/", key="a", due_at=NOW - 5 * HOUR)
    assert "oldest for 5 hours" in str(list_troubles(NOW)[0])


@pytest.mark.django_db
def test_no_valkey_is_a_trouble(site: Site, settings: Any) -> None:
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    assert [trouble.kind for trouble in list_troubles(NOW)] == ["valkey"]


@pytest.mark.django_db
def test_operators_get_one_mail_a_day_and_only_on_changes(site: Site, settings: Any) -> None:
    settings.OPERATORS_EMAIL = ["ops@example.org"]
    assert not send_alert(NOW)
    feed = add_feed(site)
    del site.pages["/feed"]
    poll(feed)
    assert send_alert(NOW)
    assert "Wire: The server answered 404." in str(mail.outbox[0].body)
    assert not send_alert(NOW + HOUR)
    assert not send_alert(NOW + DAY)
    Feed.objects.create(url="https://b.example/feed", title="B", error="No answer.", hard_errors=1, next_poll_at=None)
    assert send_alert(NOW + DAY)
    assert (len(mail.outbox), Alert.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_what_breaks_again_after_it_was_well_is_news(site: Site, settings: Any) -> None:
    settings.OPERATORS_EMAIL = ["ops@example.org"]
    Feed.objects.create(**WELL | {"error": "No answer.", "hard_errors": 1})
    assert send_alert(NOW)
    Feed.objects.update(error="", hard_errors=0, next_poll_at=NOW + 9 * DAY, polled_at=NOW + DAY)
    assert not send_alert(NOW + DAY)
    Feed.objects.update(error="No answer.", hard_errors=1)
    assert send_alert(NOW + DAY)


@pytest.mark.django_db
def test_a_mail_that_could_not_be_sent_is_tried_again(site: Site, settings: Any) -> None:
    settings.OPERATORS_EMAIL = ["ops@example.org"]
    Feed.objects.create(**WELL | {"error": "No answer.", "hard_errors": 1})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ConnectionRefusedError):
        send_alert(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_alert(NOW + HOUR)
