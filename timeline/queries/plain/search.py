"""Everything that holds some words: events, actors, disputes, quotes and clauses in one list, the best first.

Two questions, whatever is found: what holds the words and how well, then what is shown of a page of it. They are
written in SQL, since the ORM takes longer to write eight queries than PostgreSQL to answer two; only the filter is the
ORM's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.html import escape

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.events import RANK_CAP
from timeline.queries.paging import Page
from timeline.queries.plain.wanted import Row, Wanted
from timeline.queries.selecting import select_events
from timeline.search import MARK_END, MARK_START, MARKS

TYPES = ("event", "actor", "dispute", "quote", "clause")
MOST_OF_A_TYPE = 200  # rows that are ranked; who wants all events asks for them by relevance
FIELDS = ("type", "id", "slug", "title", "date", "highlight", "url", "score")
_PAGES = {"event": "events", "actor": "actors", "dispute": "disputes", "quote": "events", "clause": "events"}

_WORDS = f"websearch_to_tsquery('{SEARCH_CONFIG}'::regconfig, %s)"
_BEST = f"ORDER BY 3 DESC, 2 DESC LIMIT {MOST_OF_A_TYPE}"
_PUBLIC = "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' WHERE p.state = 'published'"


def _write_ranking(kind: str, rows: str, vector: str) -> str:
    """What ranks those of the rows whose `vector`, made of each row, holds the words; takes these first and last."""
    return (
        f"SELECT '{kind}', id, ts_rank(vector, {_WORDS}, 1)::float8"
        f" FROM (SELECT p.id, {vector} AS vector FROM {rows}) AS made WHERE vector @@ {_WORDS} {_BEST}"
    )


def _vector(text: str) -> str:
    """In the words of the index of quotes (`quote_words`)."""
    return f"to_tsvector('{SEARCH_CONFIG}'::regconfig, COALESCE({text}, ''))"


_RANKINGS = {
    "event": f"SELECT 'event', id, ts_rank(search, {_WORDS}, 1)::float8 FROM found {_BEST}",
    "actor": "SELECT DISTINCT 'actor', p.id, CASE WHEN upper(p.name) = upper(%s) THEN 1.0"
    " WHEN upper(p.name) LIKE upper(%s) THEN 0.8 ELSE 0.5 END::float8"
    " FROM timeline_actor p JOIN timeline_actorname n ON n.actor_id = p.id"
    f" WHERE p.state = 'published' AND upper(n.name) LIKE upper(%s) {_BEST}",
    "dispute": _write_ranking(
        "dispute", "timeline_dispute p", f"setweight({_vector('p.title')}, 'A') || {_vector('p.summary')}"
    ),
    "quote": _write_ranking(
        "quote",
        f"timeline_quote p {_PUBLIC} AND e.id IN (SELECT id FROM found)",  # an event holds the words of its quotes
        _vector("p.text"),
    ),
    "clause": _write_ranking(
        "clause", f"timeline_clause p {_PUBLIC}{{within}}", _vector("p.text || ' ' || p.document")
    ),
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
_HEADLINE = f"ts_headline('{SEARCH_CONFIG}'::regconfig, {{}}, {_WORDS}, '{MARKS}, MaxWords=40, MinWords=15')"


def search_all(asked: EventFilter, types: Collection[str], wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of what holds the words of `q`; events, quotes and clauses also fit the rest of the filter.

    Raises:
        InvalidFilter: there are no words, or the cursor is no place in this list.
    """
    if not asked.q:
        raise InvalidFilter({"q": "is needed: the words to search for"})
    start = _read_cursor(cursor)
    ranked = sorted(
        ((score, kind, pk) for kind, pk, score in _rank(asked, types or TYPES)),
        key=lambda found: (-found[0], TYPES.index(found[1]), -found[2]),
    )
    shown = ranked[start : start + size]
    following = str(start + size) if len(ranked) > start + size else ""
    previous = str(max(0, start - size)) if start else ""
    return Page(_fill(shown, asked.q, wanted), following, previous)


def _read_cursor(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 5):
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and previous"})
    return int(cursor or 0)


def _rank(asked: EventFilter, types: Collection[str]) -> list[tuple[str, int, float]]:
    """Type, id and score of the best of each type."""
    found, values = "", list[Any]()
    if "event" in types or "quote" in types:
        newest = select_events(asked).order_by("-on", "-id").values_list("id", "search")[:RANK_CAP]
        rows, given = newest.query.sql_with_params()
        found, values = f"WITH found AS MATERIALIZED ({rows}) ", [*given]
    rankings = []
    for kind in types:
        within, inside = _narrow_clauses(asked) if kind == "clause" else ("", ())
        rankings.append(f"({_RANKINGS[kind].replace('{within}', within)})")
        values += _list_values(kind, asked.q, inside)
    return _ask(found + " UNION ALL ".join(rankings), values)


def _list_values(kind: str, q: str, within: Sequence[Any]) -> Sequence[Any]:
    """What a ranking takes, in order."""
    if kind == "actor":
        like = connection.ops.prep_for_like_query(q)
        return (q, f"{like}%", f"%{like}%")
    return (q,) if kind == "event" else (q, *within, q)


def _narrow_clauses(asked: EventFilter) -> tuple[str, Sequence[Any]]:
    """The condition that a clause's event fits the rest of the filter, with its values; "" where there is no rest."""
    beside = replace(asked, q="")
    if not beside.narrows():
        return "", ()
    events, values = select_events(beside).order_by().values_list("id").query.sql_with_params()
    return f" AND e.id IN ({events})", values


def _fill(shown: Sequence[tuple[float, str, int]], q: str, wanted: Wanted) -> list[Row]:
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for _, kind, pk in shown:
        ids[kind].append(pk)
    found = {row[:2]: _make_row(wanted.base, *row) for row in _read(ids, q)}
    rows = [{**found[kind, pk], "score": round(score, 6)} for score, kind, pk in shown if (kind, pk) in found]
    return [{name: row[name] for name in wanted.fields} for row in rows]


def _read(ids: dict[str, list[int]], q: str) -> list[tuple[Any, ...]]:
    """Type, id, slug, title, date and marked text of the rows with those ids."""
    if not ids:
        return []
    statements, values = [], list[Any]()
    for kind, pks in ids.items():
        names, on, text, rows = _SHOWN[kind]
        statements.append(
            f"SELECT '{kind}', p.id, {names}, {on}, {_HEADLINE.format(text)} FROM {rows} AND p.id = ANY(%s)"
        )
        values += q, pks
    return _ask(" UNION ALL ".join(statements), values)


def _ask(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _make_row(base: str, kind: str, pk: int, slug: str, title: str, on: Any, marked: str) -> Row:
    return {
        "type": kind, "id": pk, "slug": slug, "title": title, "date": on, "highlight": _mark(marked),
        "url": f"{base}/{_PAGES[kind]}/{slug}/",
    }  # fmt: skip


def _mark(text: str) -> str:
    """HTML: the text, escaped, with the words that were found in <mark>."""
    return escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
