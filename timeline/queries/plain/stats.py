"""Counts of the events of a filter, as the API gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from timeline.filters import EventFilter
from timeline.models import Participation
from timeline.queries.plain.wanted import Row, Wanted, make_actor
from timeline.queries.selecting import select_events

FIELDS = ("total", "first_date", "latest_date", "months", "kinds", "statuses", "actors")
MOST_ACTORS = 100


def read_stats(asked: EventFilter, wanted: Wanted) -> Row:
    """The wanted counts: by month and kind, by kind, by status, and by actor, the most frequent first."""
    events = select_events(asked).order_by()
    ends = ("total", "first_date", "latest_date")
    told = _count_all(events) if not set(ends).isdisjoint(wanted.fields) else {}
    return {name: told[name] if name in ends else _COUNTERS[name](events) for name in wanted.fields}


def _count_all(events: Any) -> Row:
    row: Row = events.aggregate(total=Count("pk"), first_date=Min("on"), latest_date=Max("on"))
    return row


def _count_months(events: Any) -> list[Row]:
    rows = events.annotate(month=TruncMonth("on")).values_list("month", "kind").annotate(number=Count("pk"))
    months: dict[str, dict[str, int]] = {}
    for month, kind, number in rows.order_by("month", "kind"):
        months.setdefault(month.isoformat()[:7], {})[kind] = number
    return [{"month": month, "count": sum(kinds.values()), "kinds": kinds} for month, kinds in months.items()]


def _count_values(field: str) -> Callable[[Any], list[Row]]:
    def count(events: Any) -> list[Row]:
        rows = events.values_list(field).annotate(number=Count("pk")).order_by("-number", field)
        return [{field: value, "count": number} for value, number in rows]

    return count


def _count_actors(events: Any) -> list[Row]:
    parts = Participation.objects.filter(event__in=events).order_by()
    rows = parts.values_list("actor__slug", "actor__name", "actor__kind").annotate(number=Count("event", distinct=True))
    return [
        {"actor": make_actor(*actor), "count": number}
        for *actor, number in rows.order_by("-number", "actor__slug")[:MOST_ACTORS]
    ]


_COUNTERS: dict[str, Callable[[Any], list[Row]]] = {
    "months": _count_months,
    "kinds": _count_values("kind"),
    "statuses": _count_values("status"),
    "actors": _count_actors,
}
