"""The newest of what words find, without looking at all that they find.

Words may stand in a hundred thousand events, and each has to be looked at to be put in order, or passed by where the
list is walked by date. So the newest months are asked first: where they hold enough, these are the newest of all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import sqrt
from typing import Any, Final, NamedTuple

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.held import Held
from timeline.queries.prepared import ask, ask_plainly
from timeline.queries.selecting import Chosen, is_indexed, narrow
from timeline.queries.shares import read_shares
from timeline.queries.stems import read_query
from timeline.queries.together import ask_one
from timeline.queries.written import Statement, write_settled
from timeline.querysets import EventQuerySet, write_months

RANK_CAP: Final = 800  # events that are weighed by relevance: the newest that hold the words
CAP_OF_MANY: Final = 400  # in a record that is not small

FIRST_DAYS, MORE_DAYS = 30, 1500  # before the newest event; of more days the index would go through too many months
_SMALL = 20_000  # events that can all be looked at in the time that asking month by month takes
_LAST_DAY = 'SELECT "on" FROM timeline_event WHERE state = \'published\' ORDER BY "on" DESC, id DESC LIMIT 1'
_LAST: Final = Held[date]()
_SPARE = 2  # how many times as many days as should hold enough
# OFFSET 0: find them by their words. A plan for all would walk through the record by date, looking for a rare one.
_NEWEST: Final = 'SELECT {} FROM ({} OFFSET 0) AS found ORDER BY "on" DESC, id DESC LIMIT {}'
_BEST: Final = (
    "SELECT id, count(*) OVER () FROM ({}) AS newest"
    " ORDER BY ts_rank(search, %s::tsquery, 1)::float8 DESC, id DESC LIMIT %s"
)


class Seen(NamedTuple):
    """How many events a filter has in each month, by kind, as one in `share` of them says."""

    months: Mapping[date, Mapping[str, int]]
    share: int


def find_newest(events: EventQuerySet, number: int, until: date | None = None) -> list[int]:
    """The ids of the newest `number` of events that words or actors find, none after `until`, the newest first."""
    newest: Any = events.order_by("-on", "-id").values_list("pk", flat=True)

    def take(months: str) -> list[int]:
        return list((newest.among_months(months) if months else newest)[:number])

    return _search(take, number, min(_find_last_day(), until or date.max), FIRST_DAYS)


def find_newest_of(asked: EventFilter, chosen: Chosen, number: int, seen: Seen | None = None) -> list[int]:
    """The same of a filter, by statements that are written once for all of its form.

    Args:
        asked: the filter.
        chosen: the ids of what it names.
        number: of ids.
        seen: what is known of its months.
    """

    def take(months: str) -> list[int]:
        return [pk for (pk,) in _ask_newest("id", asked, chosen, number, months)]

    return _search(take, number, *_choose_days(asked, number, seen))


def find_best_of(asked: EventFilter, chosen: Chosen, number: int, seen: Seen | None = None) -> list[int]:
    """The ids of those of the newest `get_cap()` that fit the filter's words best, the best first, in the same way."""

    cap = get_cap()

    def take(months: str) -> list[int]:
        rows = _ask_newest("id, search", asked, chosen, cap, months, best=number)
        enough = not months or (rows and rows[0][1] == cap)
        return [pk for pk, _ in rows] if enough else []

    return _search(take, number, *_choose_days(asked, cap, seen))


def get_cap() -> int:
    """How many events are weighed by relevance: fewer in a large record, where each lies on a page of its own."""
    return RANK_CAP if is_small() else min(RANK_CAP, CAP_OF_MANY)


def is_small() -> bool:
    """Whether all that words find may be looked at: the record has few events. Told by PostgreSQL's own estimate."""
    return read_shares().size < _SMALL


def _find_last_day() -> date:
    """The day of the newest event."""
    return _LAST.get("", lambda: next((day for (day,) in ask(_LAST_DAY)), date.min))


def _search(take: Callable[[str], list[int]], number: int, last: date, days: int) -> list[int]:
    """What `take` finds in the months of the days before `last`, of more days, or in all: as soon as it is enough."""
    for _ in range(3):
        if days > MORE_DAYS:
            break
        ids = take(write_months(last - min(timedelta(days), last - date.min), last))
        if len(ids) == number:
            return ids
        days = int(days * _SPARE * number / max(len(ids), 1))  # as thick as they lie there they may lie before
    return take("")


def _choose_days(asked: EventFilter, number: int, seen: Seen | None) -> tuple[date, int]:
    """The last day of a filter that may have events, and of how many days before it the first look is."""
    last = min(_find_last_day(), asked.until or date.max)
    if seen is None or not seen.months:
        return last, FIRST_DAYS
    # Twice as many more as chance takes away.
    enough, sofar = number + 2 * sqrt(number * seen.share), 0
    for month in sorted(seen.months, reverse=True):
        sofar += sum(seen.months[month].values())
        if sofar >= enough:
            return last, max((last - month).days, 0)
    return last, MORE_DAYS + 1


def _ask_newest(
    columns: str, asked: EventFilter, chosen: Chosen, number: int, months: str, best: int = 0
) -> list[tuple[Any, ...]]:
    text, values = _write_newest(columns, asked, chosen, number, months)
    if best:
        text, values = _BEST.format(text), [*values, read_query(asked.q), best]
    return ask_one(text, values) if is_indexed(asked) else ask_plainly(text, values)


def _write_newest(columns: str, asked: EventFilter, chosen: Chosen, number: int, months: str) -> Statement:
    found, values = write_settled(_make_found, asked, chosen, bool(months), given=[months])
    return _NEWEST.format(columns, found, number), values


def _make_found(asked: EventFilter, chosen: Chosen, narrowed: bool, months: str) -> Any:
    events = narrow(Event.objects.published(), asked, chosen).order_by()
    return (events.among_months(months) if narrowed else events).values_list("id", "on", "search")
