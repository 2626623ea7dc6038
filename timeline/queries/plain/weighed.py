"""The newest events that hold some words, each with how well it fits: a part of the statement of search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from timeline.filters import EventFilter
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.events import RANK_CAP
from timeline.queries.found import find_newest, is_small
from timeline.queries.prepared import write_array
from timeline.queries.selecting import select_events
from timeline.queries.shares import read_shares

ASKED: Final = f"asked AS MATERIALIZED (SELECT websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s) AS words)"
WORDS: Final = "(SELECT words FROM asked)"
_SPARE: Final = 1.15  # how many times as many events as should hold enough


def rank(vector: str) -> str:
    """How well a vector fits the words."""
    return f"ts_rank({vector}, {WORDS}, 1)::float8 AS score"


def _read_holding(more: str = "") -> str:
    """OFFSET 0: events are weighed where they are read, not once more after they were put in order."""
    where = f"state = 'published' AND search @@ {WORDS}{more}"
    return f'SELECT id, "on", {rank("search")} FROM timeline_event WHERE {where} OFFSET 0'


def _take_newest(rows: str) -> str:
    return (
        f'found AS MATERIALIZED (SELECT id, score FROM ({rows}) AS held ORDER BY "on" DESC, id DESC LIMIT {RANK_CAP})'
    )


_ALL: Final = _take_newest(_read_holding())
# Those from a month on, where they are enough; else all. Months as they stand in the index event_found.
_MONTH: Final = '(extract(year FROM "on") * 12 + extract(month FROM "on"))::int'
_LAST: Final = f"(SELECT {_MONTH} FROM timeline_event WHERE state = 'published' ORDER BY \"on\" DESC, id DESC LIMIT 1)"
_SINCE: Final = f" AND (ARRAY[{_MONTH}]) && ARRAY(SELECT generate_series(%s::int, {_LAST}))"
_SO: Final = "(SELECT so FROM enough)"
_FROM_A_MONTH_ON: Final = (
    f"recent AS MATERIALIZED ({_read_holding(_SINCE)}),"
    f" enough AS MATERIALIZED (SELECT count(*) >= {RANK_CAP} AS so FROM recent), "
    + _take_newest(
        f"SELECT * FROM recent WHERE {_SO} UNION ALL (SELECT * FROM ({_read_holding()}) AS every WHERE NOT {_SO})"
    )
)
_KNOWN: Final = (
    f"found AS MATERIALIZED (SELECT id, {rank('search')} FROM timeline_event"
    " WHERE id = ANY(%s) AND state = 'published')"
)


def weigh_newest(asked: EventFilter, *, narrowed: bool) -> tuple[str, Sequence[Any]]:
    """What makes `found` of `asked`, id and score of up to RANK_CAP events of the filter, with its values.

    Args:
        asked: the filter, with words.
        narrowed: whether it asks for anything besides.
    """
    if narrowed:
        newest = select_events(asked).order_by("-on", "-id").values_list("id", "search")[:RANK_CAP]
        statement, values = newest.query.sql_with_params()
        return f"found AS MATERIALIZED (SELECT id, {rank('search')} FROM ({statement}) AS newest)", values
    if not is_small():
        return _KNOWN, [write_array(find_newest(select_events(asked), RANK_CAP))]
    first = _guess_first_day(asked.q)
    return (_FROM_A_MONTH_ON, [first.year * 12 + first.month]) if first else (_ALL, ())


def _guess_first_day(q: str) -> date | None:
    """From which day on a frequent word should stand in enough events; None where all that hold it may be read."""
    shares = read_shares()
    share = shares.guess_share(q)
    return shares.guess_day(RANK_CAP / share * _SPARE) if share else None
