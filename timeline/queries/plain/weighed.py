"""The newest events that hold some words, each with how well it fits: a part of the statement of search.

With the bar that a quote or clause has to come up to, to stand on the page that is asked for.

Words that many events hold are few, and take longest to weigh. What they find is held until the record changes: for
the pages that follow, and for those of other types, sizes and fields. The statement tells the record's version with
its answer, out of one snapshot; where that is another than the one that is held, it is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.conf import settings

from timeline.filters import EventFilter
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.found import RANK_CAP, find_newest, get_cap, is_small
from timeline.queries.prepared import ask, write_array
from timeline.queries.selecting import select_events
from timeline.queries.shares import read_shares
from timeline.queries.stems import read_query
from timeline.queries.version import VERSION, get_version

ASKED: Final = f"asked AS MATERIALIZED (SELECT websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s) AS words)"
WORDS: Final = "(SELECT words FROM asked)"
MOST_OF_A_TYPE: Final = 200  # rows of it that are listed; who wants all events asks for them by relevance
_COSTS: Final = 2  # as much as an event that is passed by on the way takes one that an index finds
_PUBLIC: Final = "state = 'published'"
_NEWEST: Final = 'ORDER BY "on" DESC, id DESC'


def rank(vector: str) -> str:
    """How well a vector fits the words."""
    return f"ts_rank({vector}, {WORDS}, 1)::float8 AS score"


# OFFSET 0: events are weighed where they are read, not once more after they were put in order.
_BY_INDEX: Final = (
    f'found AS MATERIALIZED (SELECT id, score FROM (SELECT id, "on", {rank("search")} FROM timeline_event'
    f" WHERE {_PUBLIC} AND search @@ {WORDS} OFFSET 0) AS held {_NEWEST} LIMIT {RANK_CAP})"
)
# OFFSET 0: the planner, who does not know the word, would rather go by the index.
_ON_THE_WAY: Final = (
    f"found AS MATERIALIZED (SELECT id, {rank('search')} FROM"
    f" (SELECT id, search FROM timeline_event WHERE {_PUBLIC} {_NEWEST} OFFSET 0) AS passed"
    f" WHERE search @@ {WORDS} LIMIT {RANK_CAP})"
)
_KNOWN: Final = (
    f"found AS MATERIALIZED (SELECT id, {rank('search')} FROM timeline_event WHERE id = ANY(%s) AND {_PUBLIC})"
)
_SELECT_BEST: Final = "SELECT id, score FROM found ORDER BY score DESC, id DESC"
_BEST: Final = f"best AS MATERIALIZED ({_SELECT_BEST} LIMIT %s)"
_HELD: Final = (
    "found AS (SELECT unnest(%s::bigint[]) AS id),"
    " best AS MATERIALIZED (SELECT id, score FROM unnest(%s::bigint[], %s::float8[]) AS held(id, score))"
)

# What ts_rank gives at most to words without a weight, 0.1, divided by the logarithm of their number: 0.1 / (pi² / 6)
# for a text of the one word. Of several words it is their mean, but of such as have to stand together it may be more.
_MOST_OF_PLAIN: Final = 0.061
REACHED: Final = "(SELECT is_low FROM bar)"
BAR: Final = (
    "bar AS MATERIALIZED (SELECT words::text ~ '[&<]' OR"
    f" (SELECT count(*) < %s OR min(score) <= {_MOST_OF_PLAIN} FROM best) AS is_low FROM asked)"
)  # "&" and "<->" join words that have to stand together
WHICH: Final = f"COALESCE(({VERSION}), 0)"  # of the record is the answer
ALL_REACH_IT: Final = "bar AS MATERIALIZED (SELECT true AS is_low)"


class Weighed(NamedTuple):
    """What makes `found` and `best`, its values, and the record's version of which these are, None for any."""

    text: str
    values: Sequence[Any]
    version: int | None = None


class _Ranked(NamedTuple):
    """The ids of what was found, as PostgreSQL writes an array; ids and scores of the best of it, the best first."""

    version: int
    found: str
    ids: Sequence[int]
    scores: Sequence[float]


_ranked: Final = dict[str, _Ranked]()  # by the words as PostgreSQL reads them; of frequent ones, which are few


def weigh_newest(asked: EventFilter, number: int, *, narrowed: bool, hold: bool) -> Weighed:
    """What makes `found` and `best` of `asked`.

    `found` is up to `get_cap()` events of the filter, the newest, and `best` those of them that fit best, with scores.

    Args:
        asked: the filter, with words.
        number: of events in `best`, MOST_OF_A_TYPE at the most.
        narrowed: whether it asks for anything besides.
        hold: whether it may be what was found before.
    """
    if hold and not narrowed and settings.ROWS_MEGABYTES and _is_frequent(asked.q):
        version, found, ids, scores = _rank_newest(asked)
        return Weighed(_HELD, (found, write_array(ids[:number]), write_array(scores[:number])), version)
    text, values = _find_newest(asked, narrowed=narrowed)
    return Weighed(f"{text}, {_BEST}", (*values, number))


def let_go(version: int) -> None:
    """Hold nothing any more but what is of `version`, since the record has changed."""
    for words in [words for words, ranked in list(_ranked.items()) if ranked.version != version]:
        _ranked.pop(words, None)


def _find_newest(asked: EventFilter, *, narrowed: bool) -> tuple[str, Sequence[Any]]:
    """What makes `found`, with scores."""
    if narrowed:
        newest = select_events(asked).order_by("-on", "-id").values_list("id", "search")[: get_cap()]
        statement, values = newest.query.sql_with_params()
        return f"found AS MATERIALIZED (SELECT id, {rank('search')} FROM ({statement}) AS newest)", values
    if is_small():  # where even a word that nobody uses any more is on a short way
        return (_ON_THE_WAY if _is_frequent(asked.q) else _BY_INDEX), ()
    return _KNOWN, [write_array(find_newest(select_events(asked), get_cap()))]


def _rank_newest(asked: EventFilter) -> _Ranked:
    """What is found, as it was found before or for the first time."""
    words = read_query(asked.q)
    ranked = _ranked.get(words)
    if ranked is None:
        version = get_version()  # first: what is read after it is as new
        text, values = _find_newest(asked, narrowed=False)
        rows = ask(f"WITH {ASKED}, {text} {_SELECT_BEST}", (asked.q, *values))
        ids, scores = [pk for pk, _ in rows], [score for _, score in rows]
        ranked = _Ranked(version, write_array(ids), ids[:MOST_OF_A_TYPE], scores[:MOST_OF_A_TYPE])
        _ranked[words] = ranked
    return ranked


def _is_frequent(q: str) -> bool:
    """Whether the newest that hold the words are sooner found by going through the newest events than by the index."""
    shares = read_shares()
    share = shares.guess_share(q)
    return share > 0 and _COSTS * share * shares.size > RANK_CAP / share
