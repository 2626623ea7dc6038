"""Numbers of events that the database keeps are always those that counting gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.factories import make_actor, make_event
from timeline import services
from timeline.filters import EventFilter
from timeline.models import Event, Tally
from timeline.queries.plain import stats
from timeline.queries.plain.wanted import Wanted
from timeline.services.bulk import load_synthetic
from timeline.services.tallies import gather_tallies
from timeline.synthetic import Maker

pytestmark = pytest.mark.django_db
FILTERS = [
    EventFilter(),
    EventFilter(kinds=("deal", "lawsuit")),
    EventFilter(statuses=("alleged",), since=date(2020, 1, 1)),
    EventFilter(since=date(2019, 2, 1), until=date(2020, 2, 29)),
    EventFilter(until=date(2018, 6, 17)),
]


def read_twice(asked: EventFilter, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is told with the kept numbers, and without."""
    wanted = Wanted(stats.FIELDS)
    told = [stats.read_stats(asked, wanted)]
    with monkeypatch.context() as patch:
        patch.setattr(stats, "_is_tallied", lambda asked: False)
        patch.setattr(EventFilter, "narrows", lambda asked: True)
        return [*told, stats.read_stats(asked, wanted)]


@pytest.mark.parametrize("asked", FILTERS)
def test_kept_numbers_are_those_that_counting_gives(asked: EventFilter, monkeypatch: pytest.MonkeyPatch) -> None:
    list(load_synthetic(maker=Maker(1, 300), events=300))
    kept, counted = read_twice(asked, monkeypatch)
    assert kept == counted
    assert kept["total"] > 0


def test_every_change_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    actors = [make_actor(f"Actor {n}", slug=f"a-{n}") for n in range(3)]
    events = [make_event(f"E {n}", actors=[(actors[n % 2], "target"), (actors[2], "affected")]) for n in range(6)]
    services.correct_event(event_id=events[0].pk, values={"kind": "deal", "on": date(2020, 2, 3)}, by="editor")
    services.withdraw_event(event_id=events[1].pk, by="editor", reason="Wrong.")
    services.merge_events(event_id=events[2].pk, into_id=events[3].pk, by="editor", reason="Same.")
    Event.objects.filter(pk=events[4].pk).delete()
    kept, counted = read_twice(EventFilter(), monkeypatch)
    assert kept == counted
    assert (kept["total"], kept["first_date"]) == (3, date(2020, 2, 3))


def test_gathering_changes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_event("First", actors=[(make_actor(), "target")])
    for status in ("alleged", "reported", "confirmed"):
        services.correct_event(event_id=event.pk, values={"status": status}, by="editor")
    before, rows = read_twice(EventFilter(), monkeypatch)[0], Tally.objects.count()
    gather_tallies()
    assert Tally.objects.count() == 2 < rows
    assert read_twice(EventFilter(), monkeypatch) == [before, before]


def test_a_change_that_moves_nothing_writes_nothing() -> None:
    event = make_event("First")
    rows = Tally.objects.count()
    services.correct_event(event_id=event.pk, values={"title": "Second"}, by="editor")
    assert Tally.objects.count() == rows


@pytest.mark.django_db(transaction=True)
def test_an_empty_record_has_no_numbers(client: Client) -> None:
    make_event("First")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE timeline_event CASCADE")
    found = client.get("/api/v1/stats/").json()
    assert (found["total"], found["first_date"], found["months"], found["actors"]) == (0, None, [], [])
