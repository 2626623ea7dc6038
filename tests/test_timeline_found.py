"""What words find, the newest first: the newest months are asked first, and that must not show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import make_actor, make_event
from timeline.filters import EventFilter, parse_filter
from timeline.models import Event
from timeline.queries import events, found
from timeline.queries.selecting import find_ids, select_events

pytestmark = pytest.mark.django_db

LAST = date(2025, 6, 15)
# Days before the last: within the first window, within the second, and beyond both.
AGES = (0, 3, 29, 60, 400, 700, 800, 3000, 5000)


@pytest.fixture
def aged() -> list[int]:
    """The ids of events of these ages, the newest first."""
    return [make_event(f"Access denied {age}", on=LAST - timedelta(age)).pk for age in AGES]


@pytest.mark.parametrize("size", [1, 2, 4, 6, 8, 9, 20])
def test_pages_of_any_size_are_those_of_the_whole_list(aged: list[int], size: int) -> None:
    make_event("Something else", on=LAST + timedelta(5))
    page = events.list_events(EventFilter(q="access"), size=size)
    assert [row.pk for row in page.rows] == aged[:size]
    assert (page.next != "") == (size < len(aged))
    if page.next:
        following = events.list_events(EventFilter(q="access"), cursor=page.next, size=size)
        assert [row.pk for row in following.rows] == aged[size : 2 * size]


@pytest.mark.parametrize("number", [1, 3, 5, 8, 9, 10])
def test_the_newest_are_found_however_thick_they_lie(aged: list[int], number: int) -> None:
    assert found.find_newest(select_events(EventFilter(q="access")), number) == aged[:number]


def test_a_record_that_begins_with_the_calendar_is_searched_too() -> None:
    first = make_event("Access", on=date.min)
    asked = EventFilter(q="access")
    assert [row.pk for row in events.list_events(asked).rows] == [first.pk]
    assert found.find_newest(select_events(asked), 5) == [first.pk]
    Event.objects.all().delete()
    assert events.list_events(asked).rows == []


def test_relevance_weighs_the_newest_and_shows_only_what_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "RANK_CAP", 2)
    best = make_event("Access", on=date(2020, 1, 1))
    newer = [make_event("Something", summary="access", on=date(2025, 1, day)) for day in (1, 2)]
    asked = EventFilter(q="access", order="relevance")
    assert [row.pk for row in events.list_events(asked).rows] == [newer[1].pk, newer[0].pk]
    monkeypatch.setattr(found, "RANK_CAP", 3)
    assert events.list_events(asked).rows[0].pk == best.pk
    Event.objects.filter(pk=best.pk).update(state="withdrawn")
    assert best.pk not in [row.pk for row in events.list_events(asked).rows]


def test_relevance_weighs_fewer_in_a_large_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "CAP_OF_MANY", 2)
    best = make_event("Access", on=date(2020, 1, 1))
    newer = [make_event("Something", summary="access", on=date(2025, 1, day)).pk for day in (1, 2)]
    asked = EventFilter(q="access", order="relevance")
    for small, ids in ((True, [best.pk, newer[1], newer[0]]), (False, [newer[1], newer[0]])):
        monkeypatch.setattr(found, "is_small", lambda small=small: small)
        assert [row.pk for row in events.list_events(asked).rows] == ids
        assert found.find_best_of(asked, find_ids(asked), 3) == ids


@pytest.mark.parametrize(
    ("since", "until", "ages"),
    [
        ("2025-05-17", "2025-06-15", (0, 3, 29)),
        ("2025-05-18", "2025-06-14", (3,)),
        ("2025-04", "2025-05", (29, 60)),
        ("2020-01-01", "2025-06-30", AGES[:7]),
        ("0001-01-01", "9999-12-31", AGES),
    ],
)
def test_days_hold_to_the_day_beside_words_and_actors(since: str, until: str, ages: tuple[int, ...]) -> None:
    actor = make_actor("Vendor")
    for age in AGES:
        make_event(f"Access denied {age}", on=LAST - timedelta(age), actors=[(actor, "target")])
    for name, value in (("q", "access"), ("actor", "vendor")):
        asked = parse_filter({name: [value], "since": [since], "until": [until]})
        titles = [row.title for row in events.list_events(asked).rows]
        assert titles == [f"Access denied {age}" for age in ages]


def test_kinds_hold_beside_words() -> None:
    for kind in ("deal", "ruling", "lawsuit"):
        make_event(f"Access by {kind}", kind=kind)
    rows = events.list_events(EventFilter(q="access", kinds=("deal", "lawsuit"))).rows
    assert {row.kind for row in rows} == {"deal", "lawsuit"}
