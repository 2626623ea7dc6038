"""Counts of the events of a filter, as the API gives them: exact, whatever their number.

The database keeps the numbers of all events by month, kind and status, and by actor (`models.Tally`). A filter of whole
months, kinds and statuses is answered from those; any other by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Func, Max, Min, Sum
from django.db.models.functions import TruncMonth

from timeline.filters import EventFilter
from timeline.models import Tally
from timeline.queries.plain.wanted import Row, Wanted, make_actor
from timeline.queries.selecting import select_events

FIELDS = ("total", "first_date", "latest_date", "months", "kinds", "statuses", "actors")
MOST_ACTORS = 100
_NAME_ACTORS = (
    "SELECT a.slug, a.name, a.kind, found.number FROM ({}) AS found (actor_id, number)"
    " JOIN timeline_actor a ON a.id = found.actor_id ORDER BY found.number DESC, a.slug LIMIT %s"
)
_Cell = tuple[date, str, str, int]  # month, kind, status, how many


def read_stats(asked: EventFilter, wanted: Wanted) -> Row:
    """The wanted counts: by month and kind, by kind, by status, and by actor, the most frequent first."""
    events = select_events(asked).order_by()
    by_cell = not {"total", "months", "kinds", "statuses"}.isdisjoint(wanted.fields)
    cells = (list_tallies(asked) if _is_tallied(asked) else _count_cells(events)) if by_cell else []
    readers: dict[str, Callable[[], Any]] = {
        "total": lambda: sum(number for *_, number in cells),
        "first_date": lambda: events.aggregate(day=Min("on"))["day"],
        "latest_date": lambda: events.aggregate(day=Max("on"))["day"],
        "months": lambda: _list_months(cells),
        "kinds": lambda: _list_values("kind", ((kind, number) for _, kind, _, number in cells)),
        "statuses": lambda: _list_values("status", ((status, number) for *_, status, number in cells)),
        "actors": lambda: _list_actors(asked, events),
    }
    return {name: readers[name]() for name in wanted.fields}


def _is_tallied(asked: EventFilter) -> bool:
    """Whether the filter is one of whole months, kinds and statuses alone."""
    if asked.q or asked.actors or asked.role or asked.dispute:
        return False
    after = asked.until + timedelta(days=1) if asked.until and asked.until < date.max else None
    return all(day is None or day.day == 1 for day in (asked.since, after))


def list_tallies(asked: EventFilter) -> list[_Cell]:
    """The cells of a filter of whole months, kinds and statuses, as the database keeps them."""
    rows = Tally.objects.filter(month__isnull=False)
    if asked.kinds:
        rows = rows.filter(kind__in=asked.kinds)
    if asked.statuses:
        rows = rows.filter(status__in=asked.statuses)
    if asked.since:
        rows = rows.filter(month__gte=asked.since)
    if asked.until:
        rows = rows.filter(month__lte=asked.until)
    found = rows.values_list("month", "kind", "status").annotate(all=Sum("number")).filter(all__gt=0)
    return list(found.order_by("month", "kind", "status"))


def _count_cells(events: Any) -> list[_Cell]:
    rows = events.annotate(month=TruncMonth("on")).values_list("month", "kind", "status").annotate(number=Count("pk"))
    return list(rows.order_by("month", "kind", "status"))


def _list_months(cells: Iterable[_Cell]) -> list[Row]:
    months: dict[str, Counter[str]] = {}
    for month, kind, _, number in cells:
        months.setdefault(month.isoformat()[:7], Counter())[kind] += number
    return [{"month": month, "count": kinds.total(), "kinds": dict(kinds)} for month, kinds in months.items()]


def _list_values(name: str, found: Iterable[tuple[str, int]]) -> list[Row]:
    numbers = Counter[str]()
    for value, number in found:
        numbers[value] += number
    return [{name: value, "count": numbers[value]} for value in sorted(numbers, key=lambda v: (-numbers[v], v))]


def _list_actors(asked: EventFilter, events: Any) -> list[Row]:
    """Of each event, whoever takes part in it, once."""
    if asked.narrows():
        part = Func(F("actor_ids"), function="unnest", output_field=BigIntegerField())
        rows = events.annotate(part=part).values_list("part").annotate(number=Count("pk"))
    else:
        rows = Tally.objects.filter(actor_id__isnull=False).values_list("actor_id").annotate(all=Sum("number"))
        rows = rows.filter(all__gt=0).order_by()
    statement, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_NAME_ACTORS.format(statement), [*values, MOST_ACTORS])
        return [{"actor": make_actor(*actor), "count": number} for *actor, number in cursor.fetchall()]
