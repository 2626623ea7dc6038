"""Calendars: whole days, dates ahead, changes and cancellations, as two other programs read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from django.core.management import call_command
from django.test import Client

from tests.factories import make_event
from tests.record import RECORD
from timeline import services
from timeline.models import AnnouncedDate, Event

pytestmark = pytest.mark.django_db


def read_entries(client: Client, query: str = "") -> dict[str, Any]:
    """The entries by their names."""
    answer = client.get(f"/events.ics{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    return {str(entry["uid"]).partition("@")[0]: entry for entry in calendar.walk("VEVENT")}


@pytest.mark.parametrize(
    ("on", "precision", "end"),
    [
        (date(2025, 8, 1), "day", date(2025, 8, 2)),
        (date(2025, 12, 1), "month", date(2026, 1, 1)),
        (date(2025, 1, 1), "year", date(2026, 1, 1)),
    ],
)
def test_a_calendar_holds_whole_days(client: Client, on: date, precision: str, end: date) -> None:
    event = make_event("Vendor cuts; all, of it", slug="2025-x", on=on, precision=precision, summary="In short.")
    make_event(state="proposed")
    (entry,) = read_entries(client).values()
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (on, end)
    assert (entry["summary"], entry["description"]) == ("Vendor cuts; all, of it", "In short.")
    assert entry["uid"] == f"event-{event.pk}@localhost"


def test_a_change_raises_the_sequence_and_a_withdrawal_cancels(client: Client) -> None:
    event = make_event("Cut", kind="deal")
    Event.objects.filter(pk=event.pk).update(created_at=event.created_at - timedelta(hours=1))
    first = read_entries(client)[f"event-{event.pk}"]
    Event.objects.filter(pk=event.pk).update(created_at=event.created_at - timedelta(hours=2))
    services.withdraw_event(event_id=event.pk, by="editor", reason="Wrong.")
    gone = read_entries(client, "?kind=deal")[f"event-{event.pk}"]
    assert (first["status"], gone["status"]) == ("CONFIRMED", "CANCELLED")
    assert gone["sequence"] > first["sequence"]
    assert read_entries(client, "?kind=lawsuit") == {}


def test_what_was_never_public_is_not_cancelled(client: Client) -> None:
    event = make_event(state="proposed")
    services.withdraw_event(event_id=event.pk, by="editor", reason="Wrong.")
    assert read_entries(client) == {}


def test_dates_ahead_are_entries_that_move_with_their_date(client: Client) -> None:
    event = make_event("Terms change", kind="terms-change")
    row = AnnouncedDate.objects.create(event=event, on=date(2026, 1, 15), kind="effective", text="The terms apply")
    entry = read_entries(client, "?kind=terms-change")[f"date-{row.pk}"]
    assert (entry.decoded("dtstart"), entry["summary"]) == (date(2026, 1, 15), "Effective: The terms apply")
    AnnouncedDate.objects.filter(pk=row.pk).update(on=date(2026, 2, 1))
    assert read_entries(client)[f"date-{row.pk}"].decoded("dtstart") == date(2026, 2, 1)
    assert client.get(f"/api/v1/events/{event.slug}/").json()["dates"] == [
        {"date": "2026-02-01", "kind": "effective", "text": "The terms apply"}
    ]
    assert "The terms apply" in client.get(event.get_absolute_url()).content.decode()
    services.withdraw_event(event_id=event.pk, by="editor", reason="Wrong.")
    assert read_entries(client)[f"date-{row.pk}"]["status"] == "CANCELLED"


def test_dates_go_with_the_record_file(tmp_path: Any) -> None:
    call_command("load_record", str(RECORD), verbosity=0)
    event = Event.objects.latest("on")
    AnnouncedDate.objects.create(event=event, on=date(2026, 1, 15), kind="hearing", text="Oral argument", by="editor")
    call_command("dump_record", str(tmp_path / "one.yaml"))
    text = (tmp_path / "one.yaml").read_text()
    assert "  dates:\n  - date: '2026-01-15'\n    kind: hearing\n    text: Oral argument\n" in text
    AnnouncedDate.objects.all().delete()
    call_command("load_record", str(tmp_path / "one.yaml"), verbosity=0)
    assert AnnouncedDate.objects.get().text == "Oral argument"
    (tmp_path / "two.yaml").write_text(text.replace("2026-01-15", "2026-01-22"))
    call_command("load_record", str(tmp_path / "two.yaml"), verbosity=0)
    assert AnnouncedDate.objects.get().on == date(2026, 1, 22)


def test_another_program_reads_the_whole_record(client: Client) -> None:
    call_command("load_record", str(RECORD), verbosity=0)
    text = client.get("/events.ics").content.decode()
    read = vobject.readOne(text)
    assert len(read.vevent_list) == 200
    titles = {entry.summary.value for entry in read.vevent_list}
    assert titles == {event.title for event in Event.objects.order_by("-on", "-id")[:200]}
    for entry in read.vevent_list:
        assert entry.dtstart.value < entry.dtend.value
        entry.validate(raiseException=True)
