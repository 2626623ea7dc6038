"""The newest events that hold some words, each with how well it fits: a part of the statement of search.

With the bar that a quote or clause has to come up to, to stand on the page that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from timeline.filters import EventFilter
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.found import RANK_CAP, find_newest, is_small
from timeline.queries.prepared import write_array
from timeline.queries.selecting import select_events
from timeline.queries.shares import read_shares

ASKED: Final = f"asked AS MATERIALIZED (SELECT websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s) AS words)"
WORDS: Final = "(SELECT words FROM asked)"
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

# What ts_rank gives at most to words without a weight, 0.1, divided by the logarithm of their number: 0.1 / (pi² / 6)
# for a text of the one word. Of several words it is their mean, but of such as have to stand together it may be more.
_MOST_OF_PLAIN: Final = 0.061
REACHED: Final = "(SELECT is_low FROM bar)"
BEST: Final = (
    "best AS MATERIALIZED (SELECT id, score FROM found ORDER BY score DESC, id DESC LIMIT %s),"
    " bar AS MATERIALIZED (SELECT words::text ~ '[&<]' OR"
    f" (SELECT count(*) < %s OR min(score) <= {_MOST_OF_PLAIN} FROM best) AS is_low FROM asked)"
)  # "&" and "<->" join words that have to stand together
ALL_REACH_IT: Final = "bar AS MATERIALIZED (SELECT true AS is_low)"


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
    if is_small():  # where even a word that nobody uses any more is on a short way
        return (_ON_THE_WAY if _is_frequent(asked.q) else _BY_INDEX), ()
    return _KNOWN, [write_array(find_newest(select_events(asked), RANK_CAP))]


def _is_frequent(q: str) -> bool:
    """Whether the newest that hold the words are sooner found by going through the newest events than by the index."""
    shares = read_shares()
    share = shares.guess_share(q)
    return share > 0 and _COSTS * share * shares.size > RANK_CAP / share
