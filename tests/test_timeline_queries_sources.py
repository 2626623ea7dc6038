"""Who tells of an event on his own, and who takes part in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_event
from timeline.models import Actor, Event, Publisher
from timeline.queries.entries import read_entries
from timeline.queries.sources import Telling, find_own

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor() -> Actor:
    return make_actor("Vendor", aliases=["Vendor Inc."], url="https://www.vendor.example/home",
                      parent=make_actor("Holding"))  # fmt: skip


def make_cut(vendor: Actor, *publishers: str, role: str = "initiator") -> Event:
    event = make_event("Cut", actors=[(vendor, role), (make_actor("Customer"), "target")])
    for publisher in publishers:
        cite(event, make_article(publisher=publisher))
    return event


@pytest.mark.parametrize(
    ("publisher", "host", "own"),
    [
        ("vendor", "", True),
        ("Vendor Inc.", "", True),
        ("Holding", "", True),
        ("Vendor Help Center", "help.vendor.example", True),
        ("Vendor Watch", "vendorwatch.example", False),
        ("Daily", "news.vendor.example", False),
        ("Bystander", "", False),
    ],
)
def test_a_publisher_is_a_partys_by_name_or_by_name_and_address(
    vendor: Actor, publisher: str, host: str, own: bool
) -> None:
    make_actor("Bystander")
    event = make_cut(vendor, publisher)
    Publisher.objects.update(host=host)
    assert bool(find_own([event.pk])) is own


def test_who_only_comments_is_no_party(vendor: Actor) -> None:
    assert not find_own([make_cut(vendor, "Vendor", role="commentator").pk])


def test_what_a_person_says_is_its_own_words() -> None:
    event = make_cut(make_actor("Ann Lee", kind="person"), "Ann Lee on X")
    assert find_own([event.pk])


def test_lists_count_publishers_who_do_not_take_part(vendor: Actor) -> None:
    event = make_cut(vendor, "Vendor", "Daily", "Weekly")
    assert read_entries([event.pk])[0].told == Telling(2, parties=True)


@pytest.mark.parametrize(
    ("publishers", "sentence"),
    [
        (["Vendor"], "Told only by those who take part."),
        (["Vendor", "Daily"], "Reported by 1 publisher, and by those who take part."),
        (["Daily", "Weekly"], "Reported independently by 2 publishers."),
        ([], "No source is attached yet."),
    ],
)
def test_the_page_says_who_tells_of_it(client: Client, vendor: Actor, publishers: list[str], sentence: str) -> None:
    page = client.get(make_cut(vendor, *publishers).get_absolute_url()).content.decode()
    assert sentence in page
    assert ("Reported" in page or "Told" in page) is bool(publishers)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"Daily": "2025-03-09", "Weekly": "2025-03-10"}, " First by Daily on 9 March 2025."),
        ({"Daily": "2025-03-09T22:10", "Weekly": "2025-03-09T08:00"}, " First by Weekly on 9 March 2025, 08:00 UTC."),
        ({"Daily": "2025-03-09T22:10", "Weekly": "2025-03-09"}, " First by Daily and Weekly on 9 March 2025."),
        (dict.fromkeys(["A", "B", "C"], "2025-03-09"), " First by A, B and C on 9 March 2025."),
        (dict.fromkeys(["A", "B", "C", "D"], "2025-03-09"), " First by 4 publishers on 9 March 2025."),
        ({"Daily": "2025-03-09", "Weekly": ""}, " Of those whose day is known, first by Daily on 9 March 2025."),
    ],
)
def test_nobody_is_called_the_first_where_another_may_have_been(
    client: Client, vendor: Actor, told: dict[str, str], sentence: str
) -> None:
    event = make_cut(vendor)
    for publisher, day in told.items():
        at = datetime.fromisoformat(day).replace(tzinfo=UTC) if "T" in day else None
        on = date.fromisoformat(day[:10]) if day else None
        cite(event, make_article(publisher=publisher, published_on=on, published_at=at))
    assert sentence in client.get(event.get_absolute_url()).content.decode()
