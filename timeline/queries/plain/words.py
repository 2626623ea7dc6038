"""Quotes and clauses, each with its event, as the API gives them. `q` of their filter means their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Q

from timeline.addresses import known_address
from timeline.filters import EventFilter
from timeline.models import Clause, Event, Quote
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.paging import BY_DATE, BY_DATE_OLDEST, Page, cut_page
from timeline.queries.plain import events
from timeline.queries.plain.wanted import Row, Wanted, make_actor, make_event
from timeline.queries.selecting import select_events
from timeline.search import make_query

ORDERS = ("newest", "oldest")
EXPAND = ("event",)
QUOTE_FIELDS = ("id", "text", "speaker", "on_behalf_of", "url", "event")
CLAUSE_FIELDS = ("id", "vendor", "document", "text", "url", "event")
_EVENT = tuple(f"event__{name}" for name in ("id", "slug", "title", "on", "precision"))


def _list_actor_columns(relation: str) -> tuple[str, ...]:
    return tuple(f"{relation}__{name}" for name in ("slug", "name", "kind"))


_COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text",), "document": ("document",), "url": ("article__url",), "event": _EVENT,
    "speaker": _list_actor_columns("speaker"), "on_behalf_of": _list_actor_columns("on_behalf_of"),
    "vendor": _list_actor_columns("vendor"),
}  # fmt: skip


def select_quotes(asked: EventFilter) -> Any:
    """Public quotes that hold the words of `q`, by or for all of the actors, in events of the rest of the filter."""
    quotes = _in_events(Quote.objects.public(), asked)
    for slug in asked.actors:
        quotes = quotes.filter(Q(speaker__slug=slug) | Q(on_behalf_of__slug=slug))
    return quotes.filter(search=make_query(asked.q)) if asked.q else quotes


def select_clauses(asked: EventFilter) -> Any:
    """Public clauses that hold the words of `q`, of the actor's terms, in events of the rest of the filter."""
    clauses = _in_events(Clause.objects.public(), asked)
    for slug in asked.actors:
        clauses = clauses.filter(vendor__slug=slug)
    vector = SearchVector("text", "document", config=SEARCH_CONFIG)
    return clauses.alias(words=vector).filter(words=make_query(asked.q)) if asked.q else clauses


def list_words(words: Any, asked: EventFilter, wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of quotes or clauses by the date of their events.

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    sort = BY_DATE_OLDEST if asked.order == "oldest" else BY_DATE
    columns = dict.fromkeys(("pk", "on", "event_id", *wanted.list_columns(_COLUMNS)))
    page = cut_page(words.annotate(on=F("event__on")).values_list(*columns, named=True), sort, cursor, size)
    return Page(_fill(page.rows, wanted), page.next, page.previous)


def _in_events(words: Any, asked: EventFilter) -> Any:
    beside = replace(asked, q="", actors=())
    return words.filter(event__in=select_events(beside)) if beside.narrows() else words


def _fill(heads: Sequence[Any], wanted: Wanted) -> list[Row]:
    full: dict[int, Row] = {}
    if "event" in wanted.expand and "event" in wanted.fields:
        chosen = Event.objects.published().filter(pk__in={head.event_id for head in heads})
        full = {row["id"]: row for row in events.read_events(chosen, wanted.narrow(events.FIELDS))}
    return [{name: _pick(head, name, full) for name in wanted.fields} for head in heads]


def _pick(head: Any, name: str, full: dict[int, Row]) -> Any:
    if name in ("speaker", "on_behalf_of", "vendor"):
        slug, actor, kind = (getattr(head, column) for column in _COLUMNS[name])
        return make_actor(slug, actor, kind) if slug is not None else None
    if name == "event":
        return full.get(head.event_id) or make_event(*(getattr(head, column) for column in _EVENT))
    return head.pk if name == "id" else known_address(head.article__url) if name == "url" else getattr(head, name)
