"""How many events a filter has, and how they fall on kinds, months, disputes, actors: all in one pass over them.

Up to PART_CAP events are counted one by one, which is tried first of a filter in a small record. Beyond, one event in
FINE stands for the others, and what is said of parts is about right; how many there are in all is counted one by one
where that is asked for. Beyond COUNT_CAP the answer is "10,000+", and one event in COARSE stands for all. Looking at a
row costs the same wherever it lies, so both samples have indexes of their own (migrations 0009 and 0014): two thousand
events in a million, and an eighth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries import events as event_queries
from timeline.queries.found import is_small
from timeline.queries.prepared import ask, ask_plainly
from timeline.queries.selecting import Chosen, find_ids, narrow_plainly, select_found
from timeline.querysets import EventQuerySet
from timeline.search import rank_words

COUNT_CAP = 10_000
PART_CAP = 2_000
COARSE, FINE = 512, 8
# So many of a sample mean more than the cap of all, unless chance is off by four standard deviations.
SURE_OF_ALL = COUNT_CAP // COARSE + 19
SURE_OF_PARTS = PART_CAP // FINE + 60
HARDLY_ANY = 1  # of the coarse sample: too few to expect SURE_OF_PARTS of the fine one
MOST = 50  # disputes and actors
ROUND = 100  # a total told by a sample is not closer than that

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
    # OFFSET 0: look each event up. The planner would rather go through all that the actors ever took part in.
    "role": "SELECT 'role', part.role, NULL, count(*) FROM found CROSS JOIN LATERAL (SELECT role FROM"
    " timeline_participation WHERE event_id = found.id AND actor_id = ANY(%s) OFFSET 0) part GROUP BY 2",
}
# By order: the ids of the first rows. An id as text has a name of its own, since rows would be put in order by it.
_FIRST = {
    "newest": "(SELECT 'first', id::text AS told, NULL, 0 FROM found ORDER BY \"on\" DESC, id DESC LIMIT %s)",
    "relevance": "(SELECT 'first', id::text AS told, NULL, 0 FROM (SELECT id, rank FROM found"
    ' ORDER BY "on" DESC, id DESC LIMIT %s) AS newest ORDER BY rank DESC, id DESC LIMIT %s)',
}
Parts = Sequence[tuple[str, tuple[Any, ...]]]  # statements of `found`, each with its values


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are; `capped` where counting stopped and there are more, `about` where a sample says so."""

    number: int
    capped: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the events of one filter; `about` where those of parts are of a sample, scaled.

    `parts` are number by value by name: kind, status, dispute (id), actor (id), role. `first` are the ids of the first
    events of the list, where they were asked for and all events were looked at; else None.
    """

    total: Total = Total(0)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    about: bool = False
    first: tuple[int, ...] | None = None


def tally_events(asked: EventFilter, names: Collection[str] = (), *, whole: bool = True, first: int = 0) -> Tally:
    """The counts of the filter's events, all in one pass over them, or over a sample of them.

    Args:
        asked: the filter.
        names: what is counted besides all of them: "kind", "status", "month", "dispute", "actor" (others than the
            filter's own) and "role" (of the filter's actors).
        whole: whether the total is to be exact up to COUNT_CAP; where it is not, it may be about right only.
        first: of how many events at the top of the list the ids are wanted, if all are looked at anyway.
    """
    chosen = find_ids(asked)
    events = select_found(asked, chosen).order_by()
    sampled = narrow_plainly(Event.objects.published(), asked, chosen).order_by()
    counts = _choose_counts(asked, chosen, names)
    listed = _choose_first(asked, first)
    if names and asked.narrows() and is_small():
        few = _count(_rank(events, asked, listed)[: PART_CAP + 1], counts, listed, planned=True)
        if few.total.number <= PART_CAP:
            return few
    coarse = _count(_take_sample(sampled, COARSE), counts)
    if coarse.total.number >= SURE_OF_ALL:
        return _scale(coarse, COARSE, Total(COUNT_CAP, capped=True))
    if names and coarse.total.number > HARDLY_ANY:
        fine = _count(_take_sample(sampled, FINE), counts)
        if fine.total.number >= SURE_OF_PARTS:
            return _scale(fine, FINE, _count_all(events) if whole else _guess(fine))
    exact = _count(_rank(events, asked, listed)[: COUNT_CAP + 1], counts, listed)
    return exact if exact.total.number <= COUNT_CAP else _scale(coarse, COARSE, Total(COUNT_CAP, capped=True))


def count_events(asked: EventFilter) -> Total:
    """How many events there are, up to COUNT_CAP."""
    return tally_events(asked).total


def _choose_counts(asked: EventFilter, chosen: Chosen, names: Collection[str]) -> Parts:
    """The statements of the names, with their values."""
    ids = list(chosen.actor_ids)
    values: dict[str, tuple[Any, ...]] = {"dispute": (MOST,), "actor": (ids, MOST), "role": (ids,)}
    counts = [(_COUNTS[name], values.get(name, ())) for name in ("all", *names)]
    if asked.role and "actor" in names:
        counts.remove((_COUNTS["actor"], values["actor"]))
        counts.append((_COUNTS["actor in role"], (ids, asked.role, MOST)))
    return counts


def _choose_first(asked: EventFilter, first: int) -> Parts:
    """The statement that gives the first rows of the list, with its values; none where they are not wanted."""
    if not first or asked.order not in _FIRST:
        return []
    weighed = (event_queries.RANK_CAP,) if asked.order == "relevance" else ()
    return [(_FIRST[asked.order], (*weighed, first))]


def _rank(events: EventQuerySet, asked: EventFilter, listed: Parts) -> EventQuerySet:
    """The events, with how well they fit where that decides which come first."""
    return rank_words(events, asked.q) if listed and asked.order == "relevance" else events


def _take_sample(events: EventQuerySet, share: int) -> EventQuerySet:
    """One in `share` of the events, always the same ones."""
    return events.filter(Exact(Mod(F("id"), Value(share)), Value(0)))


def _count_all(events: EventQuerySet) -> Total:
    number = events[: COUNT_CAP + 1].count()
    return Total(min(number, COUNT_CAP), capped=number > COUNT_CAP)


def _guess(fine: Tally) -> Total:
    number = round(fine.total.number * FINE / ROUND) * ROUND
    return Total(min(number, COUNT_CAP), capped=number > COUNT_CAP, about=number <= COUNT_CAP)


def _count(events: EventQuerySet, counts: Parts, listed: Parts = (), *, planned: bool = False) -> Tally:
    """The counts of the events; `planned` by a plan for all values, which is as good as any where there are few."""
    ranks = ("rank",) if "rank" in events.query.annotations else ()
    inner, values = events.values_list(*_COLUMNS, *ranks).query.sql_with_params()
    parts = (*counts, *listed)
    question = f"WITH found AS MATERIALIZED ({inner}) " + " UNION ALL ".join(sql for sql, _ in parts)
    given = [*values, *(value for _, of_part in parts for value in of_part)]
    tally = _read(ask(question, given) if planned else ask_plainly(question, given))
    return tally if listed else replace(tally, first=None)


def _read(rows: list[tuple[str, str, date | None, int]]) -> Tally:
    parts: dict[str, dict[str, int]] = {"first": {}}
    months: dict[date, dict[str, int]] = {}
    for name, value, month, number in rows:
        held = months.setdefault(month, {}) if month else parts.setdefault(name, {})
        held[value] = number
    total = Total(parts.pop("all")[None])  # type: ignore[index]  # all have no value
    return Tally(total, parts, months, first=tuple(map(int, parts.pop("first"))))


def _scale(sample: Tally, share: int, total: Total) -> Tally:
    """What a sample says of all: each event in it stands for `share`."""
    return Tally(
        total,
        {name: {value: n * share for value, n in numbers.items()} for name, numbers in sample.parts.items()},
        {month: {kind: n * share for kind, n in kinds.items()} for month, kinds in sample.months.items()},
        about=True,
    )
