"""What was made of events is held for the next page, and for no longer than it is true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_event
from timeline import services
from timeline.models import Actor, Event
from timeline.queries.held import Held
from timeline.queries.stamps import read_stamps
from timeline.shelf import Shelf

LIST = "/api/v1/events/"


@pytest.fixture
def unkept(settings: Any) -> None:
    """Whole answers are not kept, so that rows are asked for."""
    settings.ANSWERS_MEGABYTES = 0


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unkept")
@pytest.mark.parametrize("address", [LIST, f"{LIST}2025-08-01-first/"])
def test_rows_are_read_once_until_they_change(client: Client, address: str) -> None:
    actor = make_actor("Vendor")
    event = make_event("First", actors=[(actor, "initiator")])
    first = client.get(address).content
    assert count_queries(client, address) == 2  # which events, and their stamps
    assert client.get(address).content == first
    services.correct_event(event_id=event.pk, values={"title": "Second"}, by="editor")
    assert b"Second" in client.get(address).content
    Actor.objects.filter(pk=actor.pk).update(name="Seller")
    assert b"Seller" in client.get(address).content
    services.withdraw_event(event_id=event.pk, by="editor", reason="untrue")
    assert b"Second" not in client.get(address).content


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unkept")
def test_each_shape_and_host_has_rows_of_its_own(client: Client) -> None:
    make_event("First")
    narrow = client.get(f"{LIST}?fields=slug").json()["results"]
    assert narrow == [{"slug": "2025-08-01-first"}]
    hosts = [
        client.get(LIST, headers={"host": host}).json()["results"][0]["url"] for host in ("localhost", "127.0.0.1")
    ]
    assert hosts == ["http://localhost/events/2025-08-01-first/", "http://127.0.0.1/events/2025-08-01-first/"]


@pytest.mark.django_db(transaction=True)
def test_a_stamp_changes_with_what_is_shown_and_has_no_say_inside_a_transaction() -> None:
    event = make_event("First")
    seen = [read_stamps([event.pk])]
    services.correct_event(event_id=event.pk, values={"title": "Second"}, by="editor")
    seen.append(read_stamps([event.pk]))
    assert seen[0] != seen[1]
    with transaction.atomic():
        assert read_stamps([event.pk]) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unkept")
def test_counts_of_the_whole_record_are_held_until_it_changes(client: Client) -> None:
    event = make_event("First", kind="deal", actors=[(make_actor("Vendor"), "initiator")])
    client.get("/")
    assert count_queries(client, "/") == 2  # which events, and their stamps; the version is asked past Django
    make_event("Second", on=date(2024, 3, 1))
    page = client.get("/").content.decode()
    assert "<strong>2</strong> events on record" in page
    assert 'id="bar-2024-03"' in page
    Actor.objects.filter(slug="vendor").update(name="Seller")
    assert "<span>Seller</span> <small>1</small>" in client.get("/").content.decode()
    services.withdraw_event(event_id=event.pk, by="editor", reason="untrue")
    assert "<strong>1</strong> event on record" in client.get("/").content.decode()
    assert "choose-kind-deal" not in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_held_of_the_record_goes_when_a_change_is_taken_back() -> None:
    held, seen = Held[int](), Event.objects.published().count
    assert held.get("", seen) == 0
    with transaction.atomic():
        make_event()
        assert held.get("", seen) == 1
        transaction.set_rollback(True)
    assert held.get("", seen) == 0


def test_a_shelf_holds_what_is_asked_for_and_never_too_much(settings: Any) -> None:
    settings.ROWS_MEGABYTES = 1
    shelf = Shelf[bytes](share=1)
    for number in range(50):
        shelf.put(number, b"x" * 100_000)
        assert shelf.get(0) is not None
        assert sum(shelf.get(n) is not None for n in range(number, number - 4, -1)) >= min(number + 1, 4)
    assert len(shelf._young) + len(shelf._old) <= 10
    settings.ROWS_MEGABYTES = 0
    shelf.put("none", b"x")
    assert shelf.get("none") is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unkept")
@pytest.mark.parametrize(
    "address", ["/", "/?order=updated", "/?q=first", "/?q=first&order=relevance", "/feed.atom", "/actors/vendor/"]
)
def test_entries_are_written_once_until_they_change(client: Client, address: str) -> None:
    actor = make_actor("Vendor", slug="vendor")
    event = make_event("First", actors=[(actor, "initiator")])
    first = client.get(address).content
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).content == first
    assert not any("timeline_citation" in query["sql"] for query in asked)
    services.correct_event(event_id=event.pk, values={"summary": "Told anew."}, by="editor")
    assert b"Told anew." in client.get(address).content
    services.withdraw_event(event_id=event.pk, by="editor", reason="untrue")
    assert b"Told anew." not in client.get(address).content


@pytest.mark.django_db(transaction=True)
def test_words_that_were_searched_for_are_marked_in_that_search_alone(client: Client) -> None:
    make_event("First cut")
    found = [client.get(address).content.decode() for address in ("/", "/?q=cut", "/?q=first", "/")]
    assert ["<mark>" in page for page in found] == [False, True, True, False]
    assert "<mark>cut</mark>" in found[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unkept")
def test_a_search_marks_its_words_in_entries_that_other_pages_have_shown(client: Client) -> None:
    make_event("Cut & dried <first>", summary="A first cut.", on=date(2025, 8, 2))
    make_event("First cut", summary="")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/?q=cut").content.decode()
    assert not any("timeline_citation" in query["sql"] for query in asked)
    assert "><mark>Cut</mark> &amp; dried &lt;first&gt;</a>" in page
    assert '<p class="summary">A first <mark>cut</mark>.</p>' in page
    assert ">First <mark>cut</mark></a>" in page
    assert page.count('class="summary"') == 1
    assert page.index("dried") < page.index("First <mark>")
