"""Everything that holds some words: events, actors, disputes, quotes and clauses in one list, the best first.

Two questions, whatever is found: what holds the words and how well, then what is shown of a page of it. Both are
written by hand and planned once (`queries.prepared`), since the ORM takes longer to write them, and PostgreSQL to plan
them, than to answer them. Only a filter beside the words is the ORM's: which events it leaves is asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

from django.db import connection

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter
from timeline.marks import MARK_END, MARK_START, read_marks
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.events import RANK_CAP
from timeline.queries.found import find_newest, is_small
from timeline.queries.paging import Page
from timeline.queries.plain.wanted import Row, Wanted
from timeline.queries.prepared import ask, ask_plainly, write_array
from timeline.queries.selecting import select_events
from timeline.queries.stems import read_stems

TYPES = ("event", "actor", "dispute", "quote", "clause")
MOST_OF_A_TYPE = 200  # rows of it that are listed; who wants all events asks for them by relevance
FIELDS = ("type", "id", "slug", "title", "date", "highlight", "url", "score")
_PAGES = {"event": "events", "actor": "actors", "dispute": "disputes", "quote": "events", "clause": "events"}

_ASKED = f"asked AS MATERIALIZED (SELECT websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s) AS words)"
_WORDS = "(SELECT words FROM asked)"
_BEST = f"ORDER BY 3 DESC, 2 DESC LIMIT {MOST_OF_A_TYPE}"
_PUBLIC = "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' WHERE p.state = 'published'"
# The newest events that hold the words, or those that were found already.
_BY_WORDS = (
    f"SELECT id, search FROM timeline_event WHERE state = 'published' AND search @@ {_WORDS}"
    f' ORDER BY "on" DESC, id DESC LIMIT {RANK_CAP}'
)
_BY_IDS = "SELECT id, search FROM timeline_event WHERE id = ANY(%s) AND state = 'published'"


def _vector(text: str) -> str:
    """As it stands in the indexes quote_words, clause_words and dispute_words."""
    return f"to_tsvector('{SEARCH_CONFIG}'::regconfig, COALESCE({text}, ''))"


def _write_ranking(kind: str, rows: str, vector: str) -> str:
    """What ranks those of the rows whose `vector`, made of each row, holds the words."""
    return (
        f"SELECT '{kind}', id, ts_rank(vector, {_WORDS}, 1)::float8, NULL"
        f" FROM (SELECT p.id, {vector} AS vector FROM {rows}) AS made WHERE vector @@ {_WORDS} {_BEST}"
    )


_IN_FOUND = "p.state = 'published' AND p.event_id IN (SELECT id FROM found)"
_CLAUSE = _vector("p.text, '') || ' ' || COALESCE(p.document")
_RANKINGS = {
    "event": f"SELECT 'event', id, ts_rank(search, {_WORDS}, 1)::float8, NULL FROM found {_BEST}",
    "actor": "SELECT DISTINCT 'actor', p.id, CASE WHEN upper(p.name) = upper(%s) THEN 1.0"
    " WHEN upper(p.name) LIKE upper(%s) THEN 0.8 ELSE 0.5 END::float8, NULL"
    " FROM timeline_actor p JOIN timeline_actorname n ON n.actor_id = p.id"
    f" WHERE p.state = 'published' AND upper(n.name) LIKE upper(%s) {_BEST}",
    "dispute": _write_ranking(
        "dispute", "timeline_dispute p", f"setweight({_vector('p.title')}, 'A') || {_vector('p.summary')}"
    ),
    # An event holds the words of its quotes.
    "quote": _write_ranking("quote", f"timeline_quote p WHERE {_IN_FOUND}", _vector("p.text")),
    "clause": _write_ranking("clause", f"timeline_clause p {_PUBLIC}", _CLAUSE),
}
# By type: the columns that name a result, its date, the text that is marked, and where they stand.
_SHOWN = {
    "event": ("p.slug, p.title", 'p."on"', "p.summary", "timeline_event p WHERE p.state = 'published'"),
    "actor": ("p.slug, p.name", "NULL::date", "p.name", "timeline_actor p WHERE p.state = 'published'"),
    "dispute": ("p.slug, p.title", "NULL::date", "p.summary", "timeline_dispute p WHERE true"),
    "quote": ("e.slug, a.name", 'e."on"', "p.text",
              f"timeline_quote p JOIN timeline_actor a ON a.id = p.speaker_id {_PUBLIC}"),
    "clause": ("e.slug, a.name", 'e."on"', "p.text",
               f"timeline_clause p JOIN timeline_actor a ON a.id = p.vendor_id {_PUBLIC}"),
}  # fmt: skip
# A page of any of them, so that there is one plan: what is not on it is asked with no ids.
_SHOW = " UNION ALL ".join(
    f"SELECT '{kind}', p.id, {names}, {on}, {text} FROM {rows} AND p.id = ANY(%s)"
    for kind, (names, on, text, rows) in _SHOWN.items()
)


class _Found(NamedTuple):
    """A result before it is shown."""

    score: float
    kind: str
    pk: int


def search_all(asked: EventFilter, types: Collection[str], wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of what holds the words of `q`; events, quotes and clauses also fit the rest of the filter.

    Raises:
        InvalidFilter: there are no words, or the cursor is no place in this list.
    """
    if not asked.q:
        raise InvalidFilter({"q": "is needed: the words to search for"})
    start = _read_cursor(cursor)
    words, found = _rank(asked, types or TYPES)
    ranked = sorted(found, key=lambda one: (-one.score, TYPES.index(one.kind), -one.pk))
    shown = ranked[start : start + size]
    following = str(start + size) if len(ranked) > start + size else ""
    previous = str(max(0, start - size)) if start else ""
    return Page(_fill(shown, words, wanted), following, previous)


def _read_cursor(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 5):
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and previous"})
    return int(cursor or 0)


def _rank(asked: EventFilter, types: Collection[str]) -> tuple[str, list[_Found]]:
    """The words as PostgreSQL reads them, and the best of each type."""
    narrowed = replace(asked, q="").narrows()
    statement, values = f"WITH {_ASKED}", list[Any]([asked.q])
    if "event" in types or "quote" in types:
        rows, given = _find(asked, narrowed=narrowed)
        statement, values = f"{statement}, found AS MATERIALIZED ({rows})", [*values, *given]
    statement += " SELECT 'words', 0::bigint, 0::float8, words::text FROM asked"
    for kind in types:
        ranking, given = _narrow_clauses(asked) if kind == "clause" and narrowed else (_RANKINGS[kind], ())
        statement += f" UNION ALL ({ranking})"
        values += _list_names(asked.q) if kind == "actor" else given
    first, *best = ask_plainly(statement, values) if narrowed else ask(statement, values)
    return first[-1], [_Found(score, kind, pk) for kind, pk, score, _ in best]


def _find(asked: EventFilter, *, narrowed: bool) -> tuple[str, Sequence[Any]]:
    """What finds the newest events that hold the words, with its values."""
    if narrowed:
        newest = select_events(asked).order_by("-on", "-id").values_list("id", "search")[:RANK_CAP]
        statement: tuple[str, Sequence[Any]] = newest.query.sql_with_params()
        return statement
    if is_small():
        return _BY_WORDS, ()
    return _BY_IDS, [write_array(find_newest(select_events(asked), RANK_CAP))]


def _list_names(q: str) -> Sequence[str]:
    """What the ranking of actors takes, in order."""
    like = connection.ops.prep_for_like_query(q)
    return (q, f"{like}%", f"%{like}%")


def _narrow_clauses(asked: EventFilter) -> tuple[str, Sequence[Any]]:
    """What ranks the clauses of events that fit the rest of the filter, with its values."""
    events, values = select_events(replace(asked, q="")).order_by().values_list("id").query.sql_with_params()
    return _write_ranking("clause", f"timeline_clause p {_PUBLIC} AND e.id IN ({events})", _CLAUSE), values


def _fill(shown: Sequence[_Found], words: str, wanted: Wanted) -> list[Row]:
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for _, kind, pk in shown:
        ids[kind].append(pk)
    rows = ask(_SHOW, [write_array(ids[kind]) for kind in TYPES]) if shown else []
    marked = read_marks(words).cut([text for *_, text in rows], read_stems)
    found = {row[:2]: _make_row(wanted.base, row, text) for row, text in zip(rows, marked, strict=True)}
    filled = [{**found[kind, pk], "score": round(score, 6)} for score, kind, pk in shown if (kind, pk) in found]
    if wanted.fields == FIELDS:
        return filled
    return [{name: row[name] for name in wanted.fields} for row in filled]


def _make_row(base: str, row: Sequence[Any], marked: str) -> Row:
    kind, pk, slug, title, on, _ = row
    return {
        "type": kind, "id": pk, "slug": slug, "title": title, "date": on, "highlight": _mark(marked),
        "url": f"{base}/{_PAGES[kind]}/{slug}/",
    }  # fmt: skip


def _mark(text: str) -> str:
    """HTML: the text, escaped, with the words that were found in <mark>."""
    return escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
