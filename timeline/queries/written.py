"""The statement of a filter, written once for all filters of the same form.

The ORM takes longer to write such a statement than PostgreSQL to answer it. So it writes it with values that stand for
others, once a form: which names the filter has, how many values each. Where such a value comes out as a parameter, the
real one takes its place: the statement is what the ORM would have written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.paging import BY_DATE, BY_DATE_OLDEST, BY_UPDATE, Sort
from timeline.queries.selecting import Chosen, find_ids, list_months, narrow
from timeline.queries.stems import read_query

_SORTS: Final[dict[str, Sort]] = {"newest": BY_DATE, "oldest": BY_DATE_OLDEST, "updated": BY_UPDATE}
_FORMS: Final = 256  # that are remembered
_FIRST_ID: Final = -(10**12)  # no row has such an id
_FIRST_DAY: Final = date(1, 1, 2)
_WORDS: Final = "a question"
_UNREAD: Final = f"websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s)"
_LONG_DAYS: Final = 10_000

Statement = tuple[str, list[Any]]
Make = Callable[..., Any]  # of a filter, what it names and more, the rows that are asked for


class _Form(NamedTuple):
    """What the text of a statement depends on: how many values the filter has of each name, whether the index is asked
    for its months, the order."""

    words: bool
    actors: int
    role: bool
    kinds: int
    statuses: int
    dispute: bool
    since: bool
    until: bool
    by_month: bool
    order: str


def write_list(asked: EventFilter, rows: int) -> Statement | None:
    """What lists the first rows of a filter, each by its id and by what it is sorted by; None for what is asked in
    another way: words, relevance, and what goes by months.

    Args:
        asked: the filter.
        rows: how many there may be.
    """
    if asked.q or asked.order not in _SORTS or (asked.until and (asked.since or asked.actors)):
        return None
    return write(_make_list, asked, find_ids(asked), rows)


def write(make: Make, asked: EventFilter, chosen: Chosen, *fixed: Any, given: Sequence[Any] = ()) -> Statement:
    """The statement of the rows that `make` makes.

    Args:
        make: a function of a module, to which goes all that follows. Of the filter it takes no more than how many
            values it has of each name, its order, and what `narrow` makes of it.
        asked: the filter.
        chosen: the ids of what it names.
        fixed: what the statement's text depends on.
        given: integers and texts that may be others each time.
    """
    form = _find_form(asked, chosen)
    text, parameters = _write(make, form, fixed, _stand_in_for(given))
    real = _pair(form, asked, chosen, given)
    return text, [real.get(value, value) for value in parameters]


def write_settled(make: Make, asked: EventFilter, chosen: Chosen, *fixed: Any, given: Sequence[Any] = ()) -> Statement:
    """The same for a statement that may be planned once: what is the same for all filters of the form stands in its
    text, so that PostgreSQL sees which of its indexes are for that alone; integers are texts, which are all of one type
    however large they are; and words come as PostgreSQL has read them, else it would read them again for each row."""
    form = _find_form(asked, chosen)
    text, parameters = _settle(make, form, fixed, _stand_in_for(given))
    real = _pair(form, asked, chosen, given)
    if asked.q:
        real[_WORDS] = read_query(asked.q)
    return text, [str(real[value]) if isinstance(value, int) else real[value] for value in parameters]


def _make_list(asked: EventFilter, chosen: Chosen, rows: int) -> Any:
    sort = _SORTS[asked.order]
    sign = "-" if sort.descending else ""
    events: Any = narrow(Event.objects.published(), asked, chosen).order_by(f"{sign}{sort.field}", f"{sign}id")
    return events.values_list("pk", sort.field)[:rows]


def _find_form(asked: EventFilter, chosen: Chosen) -> _Form:
    return _Form(
        *(bool(asked.q), len(chosen.actor_ids), bool(asked.role), len(asked.kinds), len(asked.statuses)),
        *(bool(asked.dispute), asked.since is not None, asked.until is not None),
        *(bool(list_months(asked)), asked.order),
    )


def _pair(form: _Form, asked: EventFilter, chosen: Chosen, given: Sequence[Any]) -> dict[Any, Any]:
    """The real values by those that stand for them."""
    stand_ins = [*_list_values(*_stand_in(form)), *_stand_in_for(given)]
    return dict(zip(stand_ins, [*_list_values(asked, chosen), *given], strict=True))


@lru_cache(maxsize=_FORMS)
def _settle(make: Make, form: _Form, fixed: tuple[Any, ...], given: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The text with all values in it that stand for none, and the others."""
    text, parameters = _write(make, form, fixed, given)
    first, *rest = text.split("%s")
    stand_ins = {*_list_values(*_stand_in(form)), *given}
    left = tuple(value for value in parameters if value in stand_ins)
    values = ["%s" if value in stand_ins else _quote(value) for value in parameters]
    settled = first + "".join(value + part for value, part in zip(values, rest, strict=True))
    return settled.replace(_UNREAD, "%s::tsquery"), left


def _quote(value: Any) -> str:
    """A number or a word of ours as SQL has it."""
    return str(int(value)) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


@lru_cache(maxsize=_FORMS)
def _write(make: Make, form: _Form, fixed: tuple[Any, ...], given: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    text, parameters = make(*_stand_in(form), *fixed, *given).query.sql_with_params()
    return text, tuple(parameters)


def _stand_in_for(given: Sequence[Any]) -> tuple[Any, ...]:
    """As many values of the same types, all different."""
    return tuple(type(value)(2 * _FIRST_ID - n) for n, value in enumerate(given))


@lru_cache(maxsize=_FORMS)
def _stand_in(form: _Form) -> tuple[EventFilter, Chosen]:
    """A filter of that form, all of whose values are different, and are none that a filter has."""
    asked = EventFilter(
        q=_WORDS if form.words else "",
        actors=tuple(f"actor {n}" for n in range(form.actors)),
        role="a role" if form.role else "",
        kinds=tuple(f"kind {n}" for n in range(form.kinds)),
        statuses=tuple(f"status {n}" for n in range(form.statuses)),
        dispute="a dispute" if form.dispute else "",
        since=_FIRST_DAY if form.since else None,
        until=_FIRST_DAY + timedelta(1 if form.by_month else _LONG_DAYS) if form.until else None,
        order=form.order,
    )
    return asked, Chosen(tuple(_FIRST_ID - n for n in range(form.actors)), _FIRST_ID + 1)


def _list_values(asked: EventFilter, chosen: Chosen) -> list[Any]:
    """The values of a filter that stand in its statement, in one order."""
    return [
        *(asked.q, *chosen.actor_ids, asked.role, *asked.kinds, *asked.statuses),
        *(chosen.dispute_id, asked.since, asked.until, list_months(asked)),
    ]
