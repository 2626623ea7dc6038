"""How many events stand behind each further choice of a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Max, Min

from timeline.filters import EventFilter
from timeline.models import Event, Participation
from timeline.queries.held import Held
from timeline.queries.prepared import write_array
from timeline.queries.selecting import find_ids
from timeline.queries.tallies import Tally, Total, tally_events
from timeline.queries.together import ask_all

MOST_ACTORS = 12
MOST_DISPUTES = 10
_DISPUTES: Final = "SELECT id, slug, title FROM timeline_dispute WHERE id = ANY(%s)"
_ACTORS: Final = "SELECT id, slug, name FROM timeline_actor WHERE id = ANY(%s) AND state = 'published'"
# Enumerations make these lists anew each time.
_KINDS: Final = tuple(Event.Kind.values)
_STATUSES: Final = tuple(Event.Status.values)
_ROLES: Final = tuple(Participation.Role.values)
_YEARS: Final = Held[tuple[int, int]]()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take, its name for people, and how many events there are with it."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one name; `about` where their numbers are those of a sample, scaled."""

    rows: tuple[Choice, ...] = ()
    about: bool = False

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of each name, counted without that name's own choice: so another in its place shows what it gives."""

    kinds: Choices
    statuses: Choices
    disputes: Choices
    actors: Choices  # those who take part most often, without those chosen already
    roles: Choices


class Month(NamedTuple):
    """The events of one month, by kind."""

    first: date
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Months:
    """Those that hold events, oldest first; `about` where their numbers are those of a sample, scaled."""

    rows: tuple[Month, ...] = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is counted of a filter; `first` are the ids of its first events where they were found on the way."""

    total: Total
    months: Months
    facets: Facets
    first: tuple[int, ...] | None = None


def summarize(asked: EventFilter, *, first: int = 0) -> Summary:
    """The filter's events in numbers. Months are counted whatever the filter's own dates.

    All is counted in one pass, and in one more for each name that has a choice already. The pass over all events of the
    filter also finds the `first` of them, which the list need not look for then (`events.list_heads`).
    """
    bases = {
        "kind": replace(asked, kinds=()),
        "status": replace(asked, statuses=()),
        "dispute": replace(asked, dispute=""),
        "month": replace(asked, since=None, until=None),
        "actor": asked,
    }
    if asked.actors:
        bases["role"] = replace(asked, role="")
    names: dict[EventFilter, list[str]] = {asked: []}
    for name, base in bases.items():
        names.setdefault(base, []).append(name)
    chosen = find_ids(asked)
    tallies = {
        base: tally_events(base, wanted, whole=False, first=first if base == asked else 0, chosen=chosen)
        for base, wanted in names.items()
    }
    by_name = {name: tallies[base] for name, base in bases.items()}
    months = _list_months(by_name["month"])
    return Summary(tallies[asked].total, months, _make_facets(by_name), tallies[asked].first)


def count_months(asked: EventFilter) -> tuple[Total, Months]:
    """How many events the filter has, and in which months."""
    tally = tally_events(asked, ("month",))
    return tally.total, _list_months(tally)


def get_years() -> tuple[int, int]:
    """The first and the last year of the record; the same year twice where it is empty."""
    return _YEARS.get("", _find_years)


def _find_years() -> tuple[int, int]:
    ends = Event.objects.published().aggregate(first=Min("on"), last=Max("on"))
    return (ends["first"].year, ends["last"].year) if ends["first"] else (1970, 1970)


def _list_months(tally: Tally) -> Months:
    return Months(tuple(Month(first, tally.months[first]) for first in sorted(tally.months)), tally.about)


def _make_facets(tallies: Mapping[str, Tally]) -> Facets:
    of_disputes = _take_most(tallies["dispute"], "dispute", MOST_DISPUTES)
    of_actors = _take_most(tallies["actor"], "actor", MOST_ACTORS)
    disputes, actors = ask_all([(_DISPUTES, [write_array(of_disputes)]), (_ACTORS, [write_array(of_actors)])])
    return Facets(
        kinds=_list_values(tallies["kind"], "kind", _KINDS),
        statuses=_list_values(tallies["status"], "status", _STATUSES),
        disputes=_order(_name_choices(disputes, of_disputes), tallies["dispute"]),
        actors=_order(_name_choices(actors, of_actors), tallies["actor"]),
        roles=_list_roles(tallies["role"]) if "role" in tallies else Choices(),
    )


def _list_values(tally: Tally, name: str, values: Iterable[str]) -> Choices:
    numbers = tally.parts.get(name, {})
    rows = (Choice(value, value.replace("-", " "), numbers[value]) for value in values if value in numbers)
    return Choices(tuple(rows), tally.about)


def _name_choices(rows: Iterable[tuple[int, str, str]], numbers: Mapping[int, int]) -> Iterator[Choice]:
    return (Choice(slug, name, numbers[pk]) for pk, slug, name in rows)


def _list_roles(tally: Tally) -> Choices:
    """The roles that the chosen actors have."""
    numbers = tally.parts.get("role", {})
    return _order((Choice(role, role, numbers[role]) for role in _ROLES if role in numbers), tally)


def _take_most(tally: Tally, name: str, most: int) -> dict[int, int]:
    numbers = sorted(tally.parts.get(name, {}).items(), key=lambda pair: -pair[1])[:most]
    return {int(pk): number for pk, number in numbers}


def _order(rows: Iterable[Choice], tally: Tally) -> Choices:
    return Choices(tuple(sorted(rows, key=lambda row: (-row.number, row.value))), tally.about)
