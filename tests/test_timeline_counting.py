"""How many events there are, and how they fall: counted one by one, or told by a sample, which is said."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_actor, make_event
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries import counting, events, facets, tallies
from timeline.queries import found as newest
from timeline.queries.selecting import Chosen

pytestmark = pytest.mark.django_db


def test_counting_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "COUNT_CAP", 2)
    for expected in (tallies.Total(1), tallies.Total(2), tallies.Total(2, capped=True)):
        make_event()
        assert tallies.count_events(EventFilter()) == expected


def test_beyond_the_cap_a_sample_tells_how_events_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COUNT_CAP", 10), ("FEW", 5), ("COARSE", 4), ("SURE_OF_ALL", 8)):
        monkeypatch.setattr(tallies, name, value)
    actor = make_actor("Vendor")
    for day in range(1, 29):
        make_event(on=date(2025, day % 2 + 1, day), kind="ruling", actors=[(actor, "court")])
    found = facets.summarize(EventFilter())
    assert found.total == tallies.Total(10, capped=True)
    assert found.facets.kinds.about
    assert found.months.about
    (choice,) = found.facets.kinds.rows
    assert (choice.value, choice.number) == ("ruling", 28)  # one in four is looked at
    assert [row.value for row in found.facets.actors.rows] == ["vendor"]
    some = facets.summarize(EventFilter(until=date(2025, 1, 8)))
    assert some.total == tallies.Total(4)
    assert not some.facets.kinds.about


def test_of_many_a_sample_tells_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("FEW", 5), ("COARSE", 4), ("FINE", 2), ("SURE_OF_PARTS", 5)):
        monkeypatch.setattr(tallies, name, value)
    for day in range(1, 12):
        make_event(on=date(2025, 1, day), kind="ruling")
    found = facets.summarize(EventFilter())
    assert found.total.about
    assert found.total.number in (10, 12)
    assert facets.count_months(EventFilter())[0] == tallies.count_events(EventFilter()) == tallies.Total(11)
    (choice,) = found.facets.kinds.rows
    assert found.facets.kinds.about
    assert choice.number in (10, 12)  # one in two is looked at
    few = facets.summarize(EventFilter(until=date(2025, 1, 5)))
    assert [c.number for c in few.facets.kinds] == [5]
    assert not few.facets.kinds.about
    assert few.total == tallies.Total(5)


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share is looked at of what has five events or more, if it holds two."""
    for name, value in (("FEW", 3), ("PROBED", 4), ("WHOLE", 4), ("LOOKED", 4), ("LEAST", 2)):
        monkeypatch.setattr(tallies, name, value)


@pytest.mark.usefixtures("shared")
def test_a_page_says_that_its_number_is_about_right(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        make_event(f"Ruling on access {number}")
    assert "about <strong>8</strong> events" in client.get("/?q=access").content.decode()
    monkeypatch.setattr(tallies, "LEAST", 100)
    page = client.get("/?q=ruling").content.decode()
    assert "<strong>8</strong> events" in page
    assert "about <strong>" not in page


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("probed", "share"), [(0, 1), (1, 1), (2, 2), (3, 4), (50, 4)])
def test_the_more_there_are_the_smaller_a_share_is_looked_at(probed: int, share: int) -> None:
    assert tallies.choose_share(probed) == share


@pytest.mark.parametrize(("probed", "share"), [(6, 1), (7, 2), (8, 4), (9, 4), (10, 8), (31, 8), (32, 16), (1000, 64)])
def test_what_a_look_at_all_would_list_too_is_looked_at_whole(probed: int, share: int) -> None:
    assert tallies.choose_share(probed) == share


def test_the_eighth_is_what_the_share_of_one_in_eight_would_be() -> None:
    for number in range(24):
        make_event(f"Access {number}", kind="deal" if number % 3 else "ruling")
    asked = EventFilter(q="access", kinds=("deal",))
    seen = counting.look_at_share(counting.Subject(asked, Chosen(), ("kind",)), 8)
    share = Event.objects.filter(kind="deal").among_shares(8).count()
    assert share
    assert (seen.number, seen.parts) == (share, {"kind": {"deal": 8 * share}})


@pytest.mark.parametrize(
    ("number", "total"),
    [
        (201, tallies.Total(6400, about=True)),
        (310, tallies.Total(9900, about=True)),
        (320, tallies.Total(10_000, about=True)),  # 10,240, which may be 9,700
        (370, tallies.Total(10_000, capped=True)),
    ],
)
def test_a_total_told_by_a_share_is_no_closer_than_it_is_known(number: int, total: tallies.Total) -> None:
    assert tallies._guess(counting.Look(number), 32) == total


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("asked", [EventFilter(q="access"), EventFilter(actors=("vendor",))])
def test_a_share_says_what_half_of_the_events_are(asked: EventFilter) -> None:
    actors = [make_actor(name) for name in ("Vendor", "Customer")]
    parts = list(zip(actors, ("initiator", "target"), strict=True))
    made = [make_event(f"Access {day}", on=date(2025, day, 1), kind="deal", actors=parts) for day in range(1, 9)]
    half = [event for event in made if event.pk % 2 == 0]
    found = facets.summarize(asked)
    assert found.total == tallies.Total(8, about=True)
    assert [month.first for month in found.months.rows] == [event.on for event in half]
    assert [(c.value, c.number) for c in found.facets.kinds] == [("deal", 8)]
    assert [(c.value, c.number) for c in found.facets.actors] == [
        (slug, 8) for slug in ("customer", "vendor") if slug not in asked.actors
    ]
    assert facets.count_months(asked)[0] == tallies.Total(8)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("order", ["newest", "relevance"])
@pytest.mark.parametrize("cap", [4, 50])
@pytest.mark.parametrize("since", [None, date(2010, 1, 1)])
def test_what_a_share_says_finds_the_first_of_the_list(
    monkeypatch: pytest.MonkeyPatch, order: str, cap: int, since: date | None
) -> None:
    monkeypatch.setattr(newest, "RANK_CAP", cap)
    for n in range(16):
        title = f"Access {n}" if n % 3 else f"Other access {n}"
        # Which events a share holds goes by their numbers.
        make_event(title, pk=n + 2, summary="access " * (n % 5), on=date(2025 - n * (n % 4), 1 + n % 12, 1))
    until = date(2024, 1, 1) if since else None
    asked = EventFilter(q="access", order=order, since=since, until=until)
    summary = facets.summarize(asked, first=4)
    assert summary.total.about
    assert summary.first is not None
    page = events.list_heads(asked, size=3)
    assert events.list_heads(asked, size=3, first=summary.first) == page
    assert list(summary.first[:3]) == [row.pk for row in page.rows]


@pytest.mark.parametrize("order", ["newest", "relevance"])
@pytest.mark.parametrize(("cap", "seen"), [(50, True), (4, True), (0, False)])
def test_counting_all_finds_the_first_of_the_list(
    monkeypatch: pytest.MonkeyPatch, order: str, cap: int, seen: bool
) -> None:
    for n in range(12):
        title = f"Access {n}" if n % 4 else f"Other access {n}"
        make_event(title, summary="access " * (n % 5), on=date(2025, 1, 1 + n // 2))
    monkeypatch.setattr(tallies, "is_small", lambda: seen)
    monkeypatch.setattr(newest, "RANK_CAP", cap or 50)
    asked = EventFilter(q="access", order=order)
    first = facets.summarize(asked, first=6).first
    assert first is not None
    page = events.list_heads(asked, size=5)
    assert events.list_heads(asked, size=5, first=first) == page
    assert list(first[:5]) == [row.pk for row in page.rows]


def test_nothing_is_found_first_where_nothing_is_found_or_a_sample_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    make_event("Access")
    assert facets.summarize(EventFilter(q="nothing"), first=6).first == ()
    assert facets.summarize(EventFilter(q="access")).first is None
    assert facets.summarize(EventFilter(q="access", order="updated"), first=6).first is None
