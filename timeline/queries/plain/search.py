"""Everything that holds some words: events, actors, disputes, quotes and clauses in one list, the best first.

One question, whatever is found: what holds the words and how well, which of it stands on the page, and what is shown
of that. It is written by hand and planned once (`queries.prepared`), since the ORM takes longer to write it, and
PostgreSQL to plan it, than to answer it. Only a filter beside the words is the ORM's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from django.db import connection

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter
from timeline.marks import BETWEEN, MARK_END, MARK_START, read_marks
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.paging import Page
from timeline.queries.plain.wanted import Row, Wanted
from timeline.queries.plain.weighed import (
    ALL_REACH_IT,
    ASKED,
    BAR,
    MOST_OF_A_TYPE,
    REACHED,
    WHICH,
    WORDS,
    Weighed,
    let_go,
    rank,
    weigh_newest,
)
from timeline.queries.prepared import ask, ask_plainly
from timeline.queries.selecting import select_events
from timeline.queries.stems import read_stems
from timeline.queries.together import ask_together

TYPES = ("event", "actor", "dispute", "quote", "clause")
FIELDS = ("type", "id", "slug", "title", "date", "highlight", "url", "score")
_PAGES = {"event": "events", "actor": "actors", "dispute": "disputes", "quote": "events", "clause": "events"}

_BEST = f"ORDER BY score DESC, id DESC LIMIT {MOST_OF_A_TYPE}"
_PUBLIC = (
    f"JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' WHERE {REACHED} AND p.state = 'published'"
)


def _vector(text: str) -> str:
    """As it stands in the indexes clause_words and dispute_words."""
    return f"to_tsvector('{SEARCH_CONFIG}'::regconfig, COALESCE({text}, ''))"


def _write_ranking(kind: str, rows: str, vector: str) -> str:
    """What ranks those of the rows whose `vector`, made of each row, holds the words."""
    return (
        f"SELECT {TYPES.index(kind)} AS type, id, {rank('vector')}"
        f" FROM (SELECT p.id, {vector} AS vector FROM {rows}) AS made WHERE vector @@ {WORDS} {_BEST}"
    )


_IN_FOUND = f"{REACHED} AND p.state = 'published' AND p.event_id IN (SELECT id FROM found)"
_CLAUSE = _vector("p.text, '') || ' ' || COALESCE(p.document")
_RANKINGS = {
    "event": "SELECT 0 AS type, id, score FROM best",
    "actor": "SELECT DISTINCT 1 AS type, p.id, CASE WHEN upper(p.name) = upper(%s) THEN 1.0"
    " WHEN upper(p.name) LIKE upper(%s) THEN 0.8 ELSE 0.5 END::float8 AS score"
    " FROM timeline_actor p JOIN timeline_actorname n ON n.actor_id = p.id"
    f" WHERE p.state = 'published' AND upper(n.name) LIKE (SELECT upper(%s)) {_BEST}",
    "dispute": _write_ranking(
        "dispute", "timeline_dispute p", f"setweight({_vector('p.title')}, 'A') || {_vector('p.summary')}"
    ),
    # An event holds the words of its quotes.
    "quote": _write_ranking("quote", f"timeline_quote p WHERE {_IN_FOUND}", "p.search"),
    "clause": _write_ranking("clause", f"timeline_clause p {_PUBLIC}", _CLAUSE),
}
# By type: the columns that name a result, its date, the text that is marked, and where they stand.
_SHOWN = {
    "event": ("p.slug, p.title", 'p."on"', "p.summary", "timeline_event p ON p.id = page.id"),
    "actor": ("p.slug, p.name", "NULL::date", "p.name", "timeline_actor p ON p.id = page.id"),
    "dispute": ("p.slug, p.title", "NULL::date", "p.summary", "timeline_dispute p ON p.id = page.id"),
    "quote": ("e.slug, a.name", 'e."on"', "p.text",
              "timeline_quote p ON p.id = page.id JOIN timeline_actor a ON a.id = p.speaker_id"
              " JOIN timeline_event e ON e.id = p.event_id"),
    "clause": ("e.slug, a.name", 'e."on"', "p.text",
               "timeline_clause p ON p.id = page.id JOIN timeline_actor a ON a.id = p.vendor_id"
               " JOIN timeline_event e ON e.id = p.event_id"),
}  # fmt: skip
_PAGE = (
    "page AS MATERIALIZED (SELECT type, id, score FROM ranked ORDER BY score DESC, type, id DESC LIMIT %s OFFSET %s)"
)
# Of a text with marks, in the order in which it is written; as html.escape does it.
_HTML = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", MARK_START: "<mark>", MARK_END: "</mark>",
}  # fmt: skip
_TOLD = f"SELECT -1, {WHICH}, 0, NULL, NULL, NULL::date, words::text FROM asked"


def _show(kind: str) -> str:
    """What reads those of the page that are of a type."""
    names, on, text, rows = _SHOWN[kind]
    number = TYPES.index(kind)
    return (
        f"SELECT {number}, page.id, page.score, {names}, {on}, {text} FROM page JOIN {rows} WHERE page.type = {number}"
    )


_Found = tuple[int, int, float, str, str, date | None, str]  # place in TYPES, id, score, slug, title, day, text


def search_all(asked: EventFilter, types: Collection[str], wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of what holds the words of `q`; events, quotes and clauses also fit the rest of the filter.

    Raises:
        InvalidFilter: there are no words, or the cursor is no place in this list.
    """
    if not asked.q:
        raise InvalidFilter({"q": "is needed: the words to search for"})
    start = _read_cursor(cursor)
    words, found = _find(asked, dict.fromkeys(types or TYPES), start, size + 1)
    following = str(start + size) if len(found) > size else ""
    previous = str(max(0, start - size)) if start else ""
    return Page(_fill(found[:size], words, wanted), following, previous)


def _read_cursor(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 5):
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and previous"})
    return int(cursor or 0)


def _find(asked: EventFilter, types: Collection[str], start: int, number: int) -> tuple[str, list[_Found]]:
    """The words as PostgreSQL reads them, and the best of all types, from the one at `start` on."""
    narrowed = replace(asked, q="").narrows()
    most, weighs = min(MOST_OF_A_TYPE, start + number), "event" in types or "quote" in types
    for hold in (True, True, False):
        weighed = weigh_newest(asked, most, narrowed=narrowed, hold=hold) if weighs else Weighed("", ())
        read, *found = _read(asked, types, weighed, start, number, narrowed=narrowed)
        if weighed.version in (None, read[1]):
            break
        let_go(read[1])
    found.sort(key=itemgetter(1), reverse=True)  # by score, type and id, the last first
    found.sort(key=itemgetter(0))
    found.sort(key=itemgetter(2), reverse=True)
    return read[-1], found


def _read(
    asked: EventFilter, types: Collection[str], weighed: Weighed, start: int, number: int, *, narrowed: bool
) -> list[tuple[Any, ...]]:
    """The rows of the whole statement, of what weighs events and of what ranks each type."""
    own = {"clause": _narrow_clauses(replace(asked, q=""))} if narrowed and "clause" in types else {}
    statement = _write(weighed.text, tuple((kind, own[kind][0] if kind in own else _RANKINGS[kind]) for kind in types))
    given = {"actor": _list_names(asked.q)} | {kind: of_kind for kind, (_, of_kind) in own.items()}
    ranked = [value for kind in types for value in given.get(kind, ())]
    bar = [start + number] if "event" in types else []
    return _ask(statement, [asked.q, *weighed.values, *bar, *ranked, number, start], narrowed=narrowed)


@lru_cache(maxsize=64)
def _write(rows: str, rankings: tuple[tuple[str, str], ...]) -> str:
    """The whole statement, of what weighs events and of what ranks each type."""
    ranked = " UNION ALL ".join(f"({ranking})" for _, ranking in rankings)
    bar = BAR if any(kind == "event" for kind, _ in rankings) else ALL_REACH_IT
    parts = [ASKED, *([rows] if rows else []), bar, f"ranked AS ({ranked})", _PAGE]
    shown = " UNION ALL ".join([_TOLD, *(_show(kind) for kind, _ in rankings)])
    return f"WITH {', '.join(parts)} {shown}"


def _ask(statement: str, values: Sequence[Any], *, narrowed: bool) -> list[tuple[Any, ...]]:
    """The rows of the statement; the planner has to know the values of a filter."""
    if narrowed:
        return ask_plainly(statement, values)
    told = ask_together([(statement, [str(value) for value in values])])
    return ask(statement, values) if told is None else told[0]


def _list_names(q: str) -> Sequence[str]:
    """What the ranking of actors takes, in order."""
    like = connection.ops.prep_for_like_query(q)
    return (q, f"{like}%", f"%{like}%")


def _narrow_clauses(beside: EventFilter) -> tuple[str, Sequence[Any]]:
    """What ranks the clauses of events that fit what is asked beside words, with its values."""
    events, values = select_events(beside).order_by().values_list("id").query.sql_with_params()
    return _write_ranking("clause", f"timeline_clause p {_PUBLIC} AND e.id IN ({events})", _CLAUSE), values


def _fill(found: Sequence[_Found], words: str, wanted: Wanted) -> list[Row]:
    marked = read_marks(words).cut([one[-1] for one in found], read_stems)
    rows = list(map(_make_row, repeat(wanted.base), found, _write_marks(marked)))
    if wanted.fields == FIELDS:
        return rows
    return [{name: row[name] for name in wanted.fields} for row in rows]


def _make_row(base: str, found: _Found, highlight: str) -> Row:
    number, pk, score, slug, title, on, _ = found
    kind = TYPES[number]
    return {
        "type": kind, "id": pk, "slug": slug, "title": title, "date": on, "highlight": highlight,
        "url": f"{base}/{_PAGES[kind]}/{slug}/", "score": round(score, 6),
    }  # fmt: skip


def _write_marks(texts: Sequence[str]) -> Sequence[str]:
    """HTML: the texts, escaped, with the words that were found in <mark>; written as one, which is sooner done."""
    whole = BETWEEN.join(texts)
    for character, written in _HTML.items():
        if character in whole:  # is told at once, where to replace what is not there is to count it first
            whole = whole.replace(character, written)
    return whole.split(BETWEEN) if texts else ()
