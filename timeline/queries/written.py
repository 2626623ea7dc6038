"""The statement of a filter's list, written once for all filters of the same form.

The ORM takes longer to write such a statement than PostgreSQL to answer it. So it writes it with values that stand for
others, once a form: which names the filter has, how many values each, which order, how many rows. Where such a value
comes out as a parameter, the real one takes its place: the statement is what the ORM would have written.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.paging import BY_DATE, BY_DATE_OLDEST, BY_UPDATE, Sort
from timeline.queries.selecting import Chosen, find_ids, narrow

_SORTS: Final[dict[str, Sort]] = {"newest": BY_DATE, "oldest": BY_DATE_OLDEST, "updated": BY_UPDATE}
_FORMS: Final = 256  # that are remembered
_FIRST_ID: Final = -(10**12)  # no row has such an id
_FIRST_DAY: Final = date(1, 1, 2)

Statement = tuple[str, list[Any]]


class _Form(NamedTuple):
    """What the text of a statement depends on: how many values the filter has of each name, the order, the rows."""

    actors: int
    role: bool
    kinds: int
    statuses: int
    dispute: bool
    since: bool
    until: bool
    order: str
    rows: int


def write_list(asked: EventFilter, rows: int) -> Statement | None:
    """What lists the first rows of a filter, each by its id and by what it is sorted by; None for what is asked in
    another way: words, relevance, and what goes by months.

    Args:
        asked: the filter.
        rows: how many there may be.
    """
    if asked.q or asked.order not in _SORTS or (asked.until and (asked.since or asked.actors)):
        return None
    chosen = find_ids(asked)
    form = _Form(
        *(len(chosen.actor_ids), bool(asked.role), len(asked.kinds), len(asked.statuses), bool(asked.dispute)),
        *(asked.since is not None, asked.until is not None, asked.order, rows),
    )
    text, given = _write(form)
    real = dict(zip(_list_values(*_stand_in(form)), _list_values(asked, chosen), strict=True))
    return text, [real.get(value, value) for value in given]


@lru_cache(maxsize=_FORMS)
def _write(form: _Form) -> tuple[str, tuple[Any, ...]]:
    asked, chosen = _stand_in(form)
    sort = _SORTS[form.order]
    sign = "-" if sort.descending else ""
    events: Any = narrow(Event.objects.published(), asked, chosen).order_by(f"{sign}{sort.field}", f"{sign}id")
    text, given = events.values_list("pk", sort.field)[: form.rows].query.sql_with_params()
    return text, tuple(given)


@lru_cache(maxsize=_FORMS)
def _stand_in(form: _Form) -> tuple[EventFilter, Chosen]:
    """A filter of that form, all of whose values are different, and are none that a filter has."""
    asked = EventFilter(
        actors=tuple(f"actor {n}" for n in range(form.actors)),
        role="a role" if form.role else "",
        kinds=tuple(f"kind {n}" for n in range(form.kinds)),
        statuses=tuple(f"status {n}" for n in range(form.statuses)),
        dispute="a dispute" if form.dispute else "",
        since=_FIRST_DAY if form.since else None,
        until=_FIRST_DAY + timedelta(1) if form.until else None,
        order=form.order,
    )
    return asked, Chosen(tuple(_FIRST_ID - n for n in range(form.actors)), _FIRST_ID + 1)


def _list_values(asked: EventFilter, chosen: Chosen) -> list[Any]:
    """The values of a filter that stand in its statement, in one order."""
    return [
        *(*chosen.actor_ids, asked.role, *asked.kinds, *asked.statuses),
        *(chosen.dispute_id, asked.since, asked.until),
    ]
