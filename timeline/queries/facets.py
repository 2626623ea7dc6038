"""How many events stand behind each further choice of a filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from timeline.filters import EventFilter
from timeline.models import Dispute, Event, Participation
from timeline.queries.events import select_events

MOST_ACTORS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take, its name for people, and how many events there are with it."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of each name, counted without that name's own choice: so another in its place shows what it gives."""

    kinds: list[Choice]
    statuses: list[Choice]
    years: list[Choice]
    disputes: list[Choice]
    actors: list[Choice]
    roles: list[Choice]


@dataclass(frozen=True, slots=True)
class Month:
    """The events of one month, by kind."""

    first: date
    kinds: dict[str, int]


def list_facets(asked: EventFilter, months: list[Month]) -> Facets:
    """The choices that narrow `asked` further, in four or five queries; `months` are those of the same filter."""
    years = Counter[str]()
    for month in months:
        years[str(month.first.year)] += sum(month.kinds.values())
    return Facets(
        kinds=_list_values(replace(asked, kinds=()), "kind", Event.Kind.values),
        statuses=_list_values(replace(asked, statuses=()), "status", Event.Status.values),
        years=[Choice(year, year, number) for year, number in sorted(years.items(), reverse=True)],
        disputes=_list_disputes(replace(asked, dispute="")),
        actors=_list_actors(asked),
        roles=_list_roles(replace(asked, role="")) if asked.actors else [],
    )


def list_months(asked: EventFilter) -> list[Month]:
    """The months that hold events, whatever the filter's own dates; oldest first."""
    events = select_events(replace(asked, since=None, until=None)).order_by()
    rows = events.annotate(month=TruncMonth("on")).values_list("month", "kind").annotate(number=Count("id"))
    months: dict[date, dict[str, int]] = {}
    for month, kind, number in rows:
        months.setdefault(month, {})[kind] = number
    return [Month(first, months[first]) for first in sorted(months)]


def get_years() -> tuple[int, int]:
    """The first and the last year of the record; the same year twice where it is empty."""
    ends = Event.objects.published().aggregate(first=Min("on"), last=Max("on"))
    return (ends["first"].year, ends["last"].year) if ends["first"] else (1970, 1970)


def _list_values(asked: EventFilter, field: str, values: list[str]) -> list[Choice]:
    rows = select_events(asked).order_by().values_list(field).annotate(number=Count("id"))
    numbers = dict(rows)
    return [Choice(value, value.replace("-", " "), numbers[value]) for value in values if value in numbers]


def _list_disputes(asked: EventFilter) -> list[Choice]:
    rows = (
        Dispute.objects.filter(events__in=select_events(asked))
        .annotate(number=Count("events"))
        .order_by("-number", "slug")
        .values_list("slug", "title", "number")
    )
    return [Choice(*row) for row in rows]


def _list_roles(asked: EventFilter) -> list[Choice]:
    """The roles that the chosen actors have."""
    parts = Participation.objects.filter(event__in=select_events(asked), actor__slug__in=asked.actors)
    rows = parts.values_list("role").annotate(number=Count("event", distinct=True)).order_by("-number", "role")
    return [Choice(role, role, number) for role, number in rows]


def _list_actors(asked: EventFilter) -> list[Choice]:
    """The actors who take part most often; those chosen already are left out."""
    parts = Participation.objects.filter(event__in=select_events(asked)).exclude(actor__slug__in=asked.actors)
    if asked.role:
        parts = parts.filter(role=asked.role)
    rows = parts.values_list("actor__slug", "actor__name").annotate(number=Count("event", distinct=True))
    return [Choice(*row) for row in rows.order_by("-number", "actor__slug")[:MOST_ACTORS]]
