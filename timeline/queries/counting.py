"""Events looked at one by one, all of a filter or a share of them: how many they are, and how they fall.

PostgreSQL looks at each and joins what it sees to one text a column, which Python takes apart: for some hundred events
that costs both less than a row for each month, kind and actor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries import found as newest
from timeline.queries.prepared import ask_plainly, write_array
from timeline.queries.selecting import Chosen, is_indexed, narrow, narrow_sample
from timeline.queries.together import ask_one
from timeline.queries.written import Statement, write_settled
from timeline.search import rank_words

SMALL: Final = 8  # shares of one in so many and smaller ones have an index of their own
MOST: Final = 50  # disputes and actors
_SEEN: Final = {
    "month": "string_agg(left(\"on\"::text, 7) || kind, ' ')",
    "status": "string_agg(status, ' ')",
    "dispute": "string_agg(dispute_id::text, ' ')",
    "actor": "string_agg(actor_ids::text, '')",
}
# OFFSET 0: look each event up. The planner would rather go through all that the actors ever took part in.
_PARTS: Final = (
    "(SELECT string_agg(part.told, ' ') FROM {} CROSS JOIN LATERAL (SELECT {} AS told FROM timeline_participation"
    " WHERE event_id = found.id AND {} OFFSET 0) AS part)"
)
# Each actor by itself: for a list of them the planner takes the index of events alone, and reads the rows as well.
_ROLE: Final = _PARTS.format("unnest(%s::bigint[]) AS chosen(pk) CROSS JOIN found", "role", "actor_id = chosen.pk")
_ACTOR_IN_ROLE: Final = _PARTS.format("found", "actor_id::text", "role = %s")
# By order: the ids of the first rows of the list.
_FIRST: Final = {
    "newest": '(SELECT string_agg(id::text, \' \' ORDER BY "on" DESC, id DESC) FROM (SELECT id, "on" FROM found'
    ' ORDER BY "on" DESC, id DESC LIMIT %s) AS newest)',
    "relevance": "(SELECT string_agg(id::text, ' ' ORDER BY rank DESC, id DESC) FROM (SELECT id, rank FROM"
    ' (SELECT id, rank FROM found ORDER BY "on" DESC, id DESC LIMIT %s) AS newest'
    " ORDER BY rank DESC, id DESC LIMIT %s) AS best)",
}
_PROBE: Final = """
    SELECT coarse.number, CASE WHEN coarse.number < {enough} THEN (SELECT count(*) FROM ({fine}) AS fine) ELSE 0 END
    FROM (SELECT count(*) AS number FROM ({coarse} LIMIT {enough}) AS sample) AS coarse
"""
_LOOK: Final = "WITH found AS ({}) SELECT {} FROM found"
_COLUMNS: Final = ("id", "on", "kind", "status", "dispute_id", "actor_ids")


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: how many events, and number by value by name: kind, status, dispute (id), actor (id), role.

    The `number` is of those looked at. All other numbers are of those for which they stand: of a share of one in eight
    each stands for eight. `first` are the ids of the first events of the list, where they were asked for.
    """

    number: int = 0
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    first: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A filter, the ids of what it names, and what is counted of it; see `tallies.tally_events`."""

    asked: EventFilter
    chosen: Chosen
    names: tuple[str, ...] = ()
    first: int = 0


def look_at_all(subject: Subject, most: int, *, planned: bool = False) -> Look:
    """All events of a filter, but no more than `most`, any of them; `planned` by a plan for all values, which is as
    good as any where there are few."""
    ranked = bool(subject.first) and subject.asked.order == "relevance"
    found = write_settled(_make_all, subject.asked, subject.chosen, most, ranked)
    return _look(subject, found, 1, subject.first, planned=planned or is_indexed(subject.asked))


def look_at_share(subject: Subject, share: int) -> Look:
    """One in `share` of the events of a filter that has words or actors, by the index of these."""
    found = _write_share(subject, share)
    return _look(subject, found, share, planned=is_indexed(subject.asked))


def look_at_sample(subject: Subject, share: int) -> Look:
    """The same for any filter, by indexes that hold just these events."""
    found = write_settled(_make_sample, subject.asked, subject.chosen, share)
    return _look(subject, found, share, planned=is_indexed(subject.asked))


def probe(subject: Subject, sample: int, enough: int, share: int) -> tuple[int, int]:
    """How many of the events of a filter with words or actors are in a sample, counted up to `enough`; and where they
    are fewer, how many are in a share."""
    coarse, values = write_settled(_make_sample, subject.asked, subject.chosen, sample)
    fine, more = _write_share(subject, share)
    ((number, of_share),) = ask_one(_PROBE.format(enough=enough, coarse=coarse, fine=fine), [*more, *values])
    return number, of_share


def _make_all(asked: EventFilter, chosen: Chosen, most: int, ranked: bool) -> Any:
    events = narrow(Event.objects.published(), asked, chosen).order_by()
    if ranked:
        return rank_words(events, asked.q).values_list(*_COLUMNS, "rank")[:most]
    return events.values_list(*_COLUMNS)[:most]


def _write_share(subject: Subject, share: int) -> Statement:
    if share == SMALL:
        return write_settled(_make_small, subject.asked, subject.chosen)
    return write_settled(_make_share, subject.asked, subject.chosen, share > SMALL, given=[share])


def _make_small(asked: EventFilter, chosen: Chosen) -> Any:
    """All that is in the index of the small shares. By the share PostgreSQL would go through a list as long as it."""
    return narrow(Event.objects.published(), asked, chosen).with_remainder(SMALL).order_by().values_list(*_COLUMNS)


def _make_share(asked: EventFilter, chosen: Chosen, small: bool, share: int) -> Any:
    events = narrow(Event.objects.published(), asked, chosen).among_shares(share).order_by()
    return (events.with_remainder(SMALL) if small else events).values_list(*_COLUMNS)


def _make_sample(asked: EventFilter, chosen: Chosen, share: int) -> Any:
    events = narrow_sample(Event.objects.published(), asked, chosen).with_remainder(share)
    return events.order_by().values_list(*_COLUMNS)


def _look(subject: Subject, found: Statement, each: int, first: int = 0, *, planned: bool) -> Look:
    text, values = found
    wanted = dict(_list_wanted(subject, first))
    question = _LOOK.format(text, ", ".join(["count(*)", *(column for column, _ in wanted.values())]))
    # PostgreSQL reads the values of columns after those of `found`, in the order of the text.
    given = [*values, *(value for _, of_column in wanted.values() for value in of_column)]
    ((number, *texts),) = ask_one(question, given) if planned else ask_plainly(question, given)
    return _read(subject, number, dict(zip(wanted, texts, strict=True)), each)


def _list_wanted(subject: Subject, first: int) -> list[tuple[str, tuple[str, tuple[Any, ...]]]]:
    """The columns that are wanted, each with its values, by name."""
    asked, names = subject.asked, subject.names
    wanted: list[tuple[str, tuple[str, tuple[Any, ...]]]]
    wanted = [(name, (_SEEN[name], ())) for name in ("status", "dispute") if name in names]
    if subject.first or not {"kind", "month"}.isdisjoint(names):  # where the first lie is told by the months
        wanted.append(("month", (_SEEN["month"], ())))
    if "actor" in names:
        wanted.append(("actor", (_ACTOR_IN_ROLE, (asked.role,)) if asked.role else (_SEEN["actor"], ())))
    if "role" in names:
        wanted.append(("role", (_ROLE, (write_array(subject.chosen.actor_ids),))))
    if first and asked.order in _FIRST:
        weighed = (newest.get_cap(),) if asked.order == "relevance" else ()
        wanted.append(("first", (_FIRST[asked.order], (*weighed, first))))
    return wanted


def _read(subject: Subject, number: int, texts: Mapping[str, str | None], each: int) -> Look:
    """What the texts say of all events where each that was looked at stands for `each`."""
    told = {name: text or "" for name, text in texts.items()}
    actors = told.get("actor", "").replace("}{", " ").strip("{}").replace(",", " ")
    parts: dict[str, Mapping[str, int]]
    parts = {name: Counter(told.get(name, "").split()) for name in ("status", "dispute", "role")}
    others = Counter(actors.split())
    for pk in subject.chosen.actor_ids:
        others.pop(str(pk), None)
    parts["actor"] = others
    months, parts["kind"] = _group(Counter(told.get("month", "").split()), each)
    kept = {name: _take_most(name, parts[name]) for name in subject.names if name != "month"}
    first = tuple(map(int, told["first"].split())) if "first" in told else None
    return Look(
        number, {name: {value: n * each for value, n in of.items()} for name, of in kept.items()}, months, first
    )


def _take_most(name: str, numbers: Mapping[str, int]) -> Mapping[str, int]:
    """The most frequent disputes and actors; all of what else there is."""
    if name not in ("dispute", "actor") or len(numbers) <= MOST:
        return numbers
    least = sorted(numbers.values(), reverse=True)[MOST - 1]
    more = [pk for pk, n in numbers.items() if n > least]
    more.sort(key=lambda pk: (-numbers[pk], int(pk)))
    as_many = sorted([pk for pk, n in numbers.items() if n == least], key=int)  # hundreds, where least is 1
    return {pk: numbers[pk] for pk in (*more, *as_many[: MOST - len(more)])}


def _group(numbers: Mapping[str, int], each: int) -> tuple[Mapping[date, Mapping[str, int]], Mapping[str, int]]:
    """Numbers of those by "2025-08lawsuit": by kind by month, each standing for `each`, and by kind as they are."""
    months: dict[str, dict[str, int]] = {}
    kinds: dict[str, int] = {}
    for text, number in numbers.items():
        month, kind = text[:7], text[7:]
        kinds[kind] = kinds.get(kind, 0) + number
        if month in months:
            months[month][kind] = number * each
        else:
            months[month] = {kind: number * each}
    return {_read_month(month): of_month for month, of_month in months.items()}, kinds


@lru_cache(maxsize=4096)
def _read_month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
