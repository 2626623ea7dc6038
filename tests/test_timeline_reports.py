"""Reports of readers, and the page of corrections."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from django.test import Client

from tests.factories import make_actor, make_event
from timeline import services
from timeline.models import Change, Event, Report
from visitors.forms import AN_HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]
BY = "editor ada"


@pytest.fixture
def event() -> Event:
    return make_event("Vendor cuts off rival", actors=[(make_actor(), "initiator")])


def send(client: Client, **values: str) -> Any:
    given = {"about": "/about/", "text": "The date is wrong.", "source": "", "contact": "", "website": ""}
    return client.post("/report/", given | values)


def test_a_report_waits_at_the_desk_and_changes_nothing(client: Client, event: Event) -> None:
    page = client.get("/report/", {"about": event.get_absolute_url()}).content.decode()
    assert event.title in page
    answer = send(client, about=event.get_absolute_url(), source="court.example/1", contact="jo@example.org")
    assert answer["Location"] == "/report/thanks/"
    report = Report.objects.get()
    assert (report.event, report.source, report.state) == (event, "https://court.example/1", "open")
    assert client.get("/report/thanks/").status_code == 200


def test_every_page_has_a_link_to_the_form_with_its_own_address(client: Client, event: Event) -> None:
    for address in ("/", "/actors/", event.get_absolute_url()):
        assert f'href="/report/?about={address}"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 3001},
        {"source": "javascript:alert(1)"},
        {"contact": "nobody"},
        {"about": "//evil.example/"},
        {"about": "https://evil.example/"},
        {"about": "/\x00"},
    ],
)
def test_what_cannot_be_is_told_and_not_kept(client: Client, wrong: dict[str, str]) -> None:
    assert send(client, **wrong).status_code == 400
    assert Report.objects.count() == 0


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(client: Client) -> None:
    assert send(client, website="https://spam.example").status_code == 302
    assert Report.objects.count() == 0


def test_one_network_cannot_flood_the_desk(client: Client, queue: redis.Redis) -> None:
    answers = [send(client).status_code for _ in range(AN_HOUR + 2)]
    assert answers == [302] * AN_HOUR + [429] * 2
    assert Report.objects.count() == AN_HOUR


def test_a_form_of_another_site_is_refused(event: Event) -> None:
    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def test_proposals_are_not_told_of(client: Client) -> None:
    hidden = make_event("Secret", state="proposed")
    assert "Secret" not in client.get("/report/", {"about": hidden.get_absolute_url()}).content.decode()


def test_corrections_of_public_entries_stand_on_one_page(client: Client, event: Event) -> None:
    services.correct_event(event_id=event.pk, values={"title": "Vendor narrows access"}, by=BY, reason="Too strong")
    page = client.get("/corrections/").content.decode()
    for text in ("Vendor narrows access", "<del>Vendor cuts off rival</del>", "Corrected: Too strong"):
        assert text in page, text
    services.withdraw_event(event_id=event.pk, by=BY, reason="A hoax")
    page = client.get("/corrections/").content.decode()
    assert "Withdrawn: A hoax" in page
    assert "Vendor narrows" not in page


def undo_last(event: Event) -> None:
    """What an editor does who takes the last change back."""
    last = Change.objects.filter(row_id=event.pk, noun="event").latest("pk")
    services.undo_change(change_id=last.pk, by=BY)


@pytest.mark.parametrize("gone", ["published", "withdrawn"])
def test_what_was_changed_while_it_was_not_public_is_no_correction(client: Client, gone: str) -> None:
    event = make_event("Title 1", state="proposed", actors=[(make_actor(), "initiator")])
    services.publish_event(event_id=event.pk, by=BY)
    if gone == "published":
        undo_last(event)
    else:
        services.correct_event(event_id=event.pk, values={"title": "Title 2"}, by=BY)
        services.withdraw_event(event_id=event.pk, by=BY, reason="A hoax")
    away = Change.objects.filter(row_id=event.pk, noun="event").latest("pk")
    services.correct_event(event_id=event.pk, values={"title": "Title 3"}, by=BY)
    if gone == "published":
        services.publish_event(event_id=event.pk, by=BY)
    else:
        services.undo_change(change_id=away.pk, by=BY)
    services.correct_event(event_id=event.pk, values={"title": "Title 4"}, by=BY)
    page = client.get("/corrections/").content.decode()
    assert "<ins>Title 4</ins>" in page
    assert "<ins>Title 3</ins>" not in page
    assert ("<ins>Title 2</ins>" in page) is (gone != "published")
    feed = client.get("/corrections.atom").content.decode()
    assert "ins&gt;Title 4" in feed
    assert "ins&gt;Title 3" not in feed


def test_what_is_public_again_is_told_beside_its_withdrawal(client: Client, event: Event) -> None:
    other = make_event("Proposed", state="proposed", actors=[(make_actor(), "initiator")])
    services.publish_event(event_id=other.pk, by=BY)
    services.withdraw_event(event_id=event.pk, by=BY, reason="A hoax")
    assert "Public again" not in client.get("/corrections/").content.decode()
    undo_last(event)
    page = client.get("/corrections/").content.decode()
    assert page.index("Public again: Taken back: A hoax") < page.index("Withdrawn: A hoax")
    assert page.count("Public again") == 1
    titles = [item["title"] for item in client.get("/corrections.json").json()["items"]]
    assert titles == [f"Public again: {event.title}", f"Withdrawn: {event.title}"]


def test_what_was_changed_before_it_was_public_is_no_correction(client: Client) -> None:
    event = make_event("Secret", state="proposed", actors=[(make_actor(), "initiator")])
    services.correct_event(event_id=event.pk, values={"title": "Secret, again"}, by=BY, reason="typo")
    assert "None so far" in client.get("/corrections/").content.decode()
    services.publish_event(event_id=event.pk, by=BY)
    assert "None so far" in client.get("/corrections/").content.decode()
    other = make_event("Rejected", state="proposed")
    services.withdraw_event(event_id=other.pk, by=BY, reason="About visas")
    assert "About visas" not in client.get("/corrections/").content.decode()
