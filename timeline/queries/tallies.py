"""How many events a filter has, and how they fall on kinds, months, disputes, actors: all in one pass over them.

Up to COUNT_CAP events are counted one by one. Where there are more, one event in SAMPLE stands for all: the answer is
"10,000+", and what is said of parts is about right. The sample has an index of its own that holds all that is counted
(migration 0009): two thousand events in a million.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from timeline.filters import EventFilter
from timeline.queries.selecting import Chosen, find_ids, select_found
from timeline.querysets import EventQuerySet

COUNT_CAP = 10_000
SAMPLE = 512
# So many of the sample mean more than COUNT_CAP of all, unless chance is off by four standard deviations.
SURE = COUNT_CAP // SAMPLE + 19
MOST = 50  # disputes and actors

# OFFSET 0 keeps PostgreSQL from merging it with the question around it: it would read the whole posting list of a word
# that stands in each fifth event, to join it with a sample of two thousand.
_FENCED = f"SELECT * FROM timeline_event WHERE state = 'published' AND mod(id, {SAMPLE}) = 0 OFFSET 0"  # noqa: S608
_COLUMNS = ("id", "on", "kind", "status", "dispute_id", "actor_ids")
_COUNTS = {
    "all": "SELECT 'all', NULL::text, NULL::date, count(*) FROM found",
    "kind": "SELECT 'kind', kind, NULL, count(*) FROM found GROUP BY 2",
    "status": "SELECT 'status', status, NULL, count(*) FROM found GROUP BY 2",
    "month": "SELECT 'month', kind, date_trunc('month', \"on\"::timestamp)::date, count(*) FROM found GROUP BY 2, 3",
    "dispute": "(SELECT 'dispute', dispute_id::text, NULL, count(*) FROM found WHERE dispute_id IS NOT NULL"
    " GROUP BY dispute_id ORDER BY 4 DESC, dispute_id LIMIT %s)",
    "actor": "(SELECT 'actor', actor::text, NULL, count(*) FROM (SELECT unnest(actor_ids) AS actor FROM found) AS part"
    " WHERE actor <> ALL(%s) GROUP BY actor ORDER BY 4 DESC, actor LIMIT %s)",
    "actor in role": "(SELECT 'actor', part.actor_id::text, NULL, count(*) FROM found JOIN timeline_participation part"
    " ON part.event_id = found.id AND part.actor_id <> ALL(%s) AND part.role = %s GROUP BY part.actor_id"
    " ORDER BY 4 DESC, part.actor_id LIMIT %s)",
    "role": "SELECT 'role', part.role, NULL, count(*) FROM found JOIN timeline_participation part"
    " ON part.event_id = found.id AND part.actor_id = ANY(%s) GROUP BY 2",
}


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are; `capped` where counting stopped and there are more."""

    number: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the events of one filter. Those of parts are only about right where `total` is capped.

    `parts` are number by value by name: kind, status, dispute (id), actor (id), role.
    """

    total: Total = Total(0)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months: Mapping[date, Mapping[str, int]] = field(default_factory=dict)


def tally_events(asked: EventFilter, names: Collection[str] = ()) -> Tally:
    """The counts of the filter's events, all in one pass over them, and of one pass over a sample.

    Args:
        asked: the filter.
        names: what is counted besides all of them: "kind", "status", "month", "dispute", "actor" (others than the
            filter's own) and "role" (of the filter's actors).
    """
    chosen = find_ids(asked)
    events = select_found(asked, chosen).order_by()
    counts = _choose_counts(asked, chosen, names)
    rough = _count(events.filter(Exact(Mod(F("id"), Value(SAMPLE)), Value(0))), counts, fenced=bool(asked.q))
    if rough.total.number < SURE:
        exact = _count(events[: COUNT_CAP + 1], counts)
        if exact.total.number <= COUNT_CAP:
            return exact
    return _scale(rough)


def count_events(asked: EventFilter) -> Total:
    """How many events there are, up to COUNT_CAP."""
    return tally_events(asked).total


def _choose_counts(asked: EventFilter, chosen: Chosen, names: Collection[str]) -> list[tuple[str, tuple[Any, ...]]]:
    """The statements of the names, with their values."""
    ids = list(chosen.actor_ids)
    values: dict[str, tuple[Any, ...]] = {"dispute": (MOST,), "actor": (ids, MOST), "role": (ids,)}
    counts = [(_COUNTS[name], values.get(name, ())) for name in ("all", *names)]
    if asked.role and "actor" in names:
        counts.remove((_COUNTS["actor"], values["actor"]))
        counts.append((_COUNTS["actor in role"], (ids, asked.role, MOST)))
    return counts


def _count(events: EventQuerySet, counts: list[tuple[str, tuple[Any, ...]]], *, fenced: bool = False) -> Tally:
    """The counts of the events; `fenced`: of the sample, without a look at the index of words for all of them."""
    inner, values = events.values_list(*_COLUMNS).query.sql_with_params()
    if fenced:
        inner = inner.replace('FROM "timeline_event"', f'FROM ({_FENCED}) AS "timeline_event"', 1)
    question = f"WITH found AS MATERIALIZED ({inner}) " + " UNION ALL ".join(sql for sql, _ in counts)
    with connection.cursor() as cursor:
        cursor.execute(question, [*values, *(value for _, given in counts for value in given)])
        return _read(cursor.fetchall())


def _read(rows: list[tuple[str, str, date | None, int]]) -> Tally:
    parts: dict[str, dict[str, int]] = {}
    months: dict[date, dict[str, int]] = {}
    for name, value, month, number in rows:
        held = months.setdefault(month, {}) if month else parts.setdefault(name, {})
        held[value] = number
    return Tally(Total(parts.pop("all")[None]), parts, months)  # type: ignore[index]  # all have no value


def _scale(rough: Tally) -> Tally:
    """What a sample says of all: each event in it stands for SAMPLE."""
    return Tally(
        Total(COUNT_CAP, capped=True),
        {name: {value: n * SAMPLE for value, n in numbers.items()} for name, numbers in rough.parts.items()},
        {month: {kind: n * SAMPLE for kind, n in kinds.items()} for month, kinds in rough.months.items()},
    )
