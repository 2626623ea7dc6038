"""Everything that holds some words: events, actors, disputes, quotes and clauses in one list, the best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVector
from django.db.models import Case, CharField, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.html import escape

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter
from timeline.models import Actor, Clause, Dispute, Event, Quote
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.events import order_events
from timeline.queries.paging import Page
from timeline.queries.plain.wanted import Row, Wanted
from timeline.queries.selecting import select_events
from timeline.search import MARK_END, MARK_START, make_headline, make_query

TYPES = ("event", "actor", "dispute", "quote", "clause")
MOST_OF_A_TYPE = 200  # rows that are ranked; who wants all events asks for them by relevance
FIELDS = ("type", "id", "slug", "title", "date", "highlight", "url", "score")
_WAITING = 1000  # events whose quotes are looked at


@dataclass(frozen=True, slots=True)
class Kind:
    """Where the words of a type stand: the column that is marked, and the columns that name a result."""

    rows: QuerySet[Any]
    text: str
    slug: str
    title: str
    page: str
    date: str = ""


def search_all(asked: EventFilter, types: Collection[str], wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of what holds the words of `q`; events, quotes and clauses also fit the rest of the filter.

    Raises:
        InvalidFilter: there are no words, or the cursor is no place in this list.
    """
    if not asked.q:
        raise InvalidFilter({"q": "is needed: the words to search for"})
    start = _read_cursor(cursor)
    ranked = sorted(
        ((score, kind, pk) for kind in types or TYPES for pk, score in _RANKERS[kind](asked)),
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


def _rank(rows: Any, vector: Any, q: str) -> list[tuple[int, float]]:
    query = make_query(q)
    score = Cast(SearchRank(vector, query, normalization=1), FloatField())
    found = rows.annotate(words=vector).filter(words=query).annotate(score=score).order_by("-score", "-pk")
    return list(found.values_list("pk", "score")[:MOST_OF_A_TYPE])


def _rank_events(asked: EventFilter) -> list[tuple[int, float]]:
    found = order_events(select_events(asked), replace(asked, order="relevance")).order_by("-rank", "-pk")
    return list(found.values_list("pk", "rank")[:MOST_OF_A_TYPE])


def _rank_actors(asked: EventFilter) -> list[tuple[int, float]]:
    named = Actor.objects.published().filter(names__name__icontains=asked.q)
    score = Case(
        When(name__iexact=asked.q, then=Value(1.0)),
        When(name__istartswith=asked.q, then=Value(0.8)),
        default=Value(0.5),
    )
    rows = named.annotate(score=score).distinct().order_by("-score", "-pk")
    return list(rows.values_list("pk", "score")[:MOST_OF_A_TYPE])


def _rank_disputes(asked: EventFilter) -> list[tuple[int, float]]:
    vector = SearchVector("title", weight="A", config=SEARCH_CONFIG) + SearchVector("summary", config=SEARCH_CONFIG)
    return _rank(Dispute.objects.order_by(), vector, asked.q)


def _rank_quotes(asked: EventFilter) -> list[tuple[int, float]]:
    """An event holds the words of its quotes, so that only quotes of events that were found are looked at."""
    events = select_events(asked).order_by("-on", "-pk").values("pk")[:_WAITING]
    return _rank(Quote.objects.public().filter(event__in=events), SearchVector("text", config=SEARCH_CONFIG), asked.q)


def _rank_clauses(asked: EventFilter) -> list[tuple[int, float]]:
    clauses: Any = Clause.objects.public()
    beside = replace(asked, q="")
    if beside.narrows():
        clauses = clauses.filter(event__in=select_events(beside))
    return _rank(clauses, SearchVector("text", "document", config=SEARCH_CONFIG), asked.q)


_RANKERS = {
    "event": _rank_events,
    "actor": _rank_actors,
    "dispute": _rank_disputes,
    "quote": _rank_quotes,
    "clause": _rank_clauses,
}


def _list_kinds() -> dict[str, Kind]:
    return {
        "event": Kind(Event.objects.published(), "summary", "slug", "title", "events", "on"),
        "actor": Kind(Actor.objects.published(), "name", "slug", "name", "actors"),
        "dispute": Kind(Dispute.objects.all(), "summary", "slug", "title", "disputes"),
        "quote": Kind(Quote.objects.public(), "text", "event__slug", "speaker__name", "events", "event__on"),
        "clause": Kind(Clause.objects.public(), "text", "event__slug", "vendor__name", "events", "event__on"),
    }


def _fill(shown: Sequence[tuple[float, str, int]], q: str, wanted: Wanted) -> list[Row]:
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for _, kind, pk in shown:
        ids[kind].append(pk)
    kinds = _list_kinds()
    found = {
        (kind, pk): row
        for kind, pks in ids.items()
        for pk, row in _read(kind, kinds[kind], pks, q, wanted.base).items()
    }
    rows = [{**found[kind, pk], "score": round(score, 6)} for score, kind, pk in shown if (kind, pk) in found]
    return [{name: row[name] for name in wanted.fields} for row in rows]


def _read(name: str, kind: Kind, ids: list[int], q: str, base: str) -> dict[int, Row]:
    date = F(kind.date) if kind.date else Value(None, output_field=CharField())
    marked = kind.rows.filter(pk__in=ids).annotate(marked=make_headline(kind.text, q), found_on=date)
    rows = marked.values_list("pk", kind.slug, kind.title, "found_on", "marked")
    return {
        pk: {
            "type": name, "id": pk, "slug": slug, "title": title, "date": on, "highlight": _mark(text),
            "url": f"{base}/{kind.page}/{slug}/",
        }
        for pk, slug, title, on, text in rows
    }  # fmt: skip


def _mark(text: str) -> str:
    """HTML: the text, escaped, with the words that were found in <mark>."""
    return escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
