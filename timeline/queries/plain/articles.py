"""Articles and those who published them, as the API gives them: what they are, never their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Lower

from timeline.addresses import known_address
from timeline.filters import EventFilter
from timeline.models import Article, Citation, Event, Publisher
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.paging import BY_NAME, Page, Sort, cut_page
from timeline.queries.plain import events
from timeline.queries.plain.wanted import Part, Row, Wanted, make_event
from timeline.queries.selecting import select_events
from timeline.search import make_query

FIELDS = (
    "id", "url", "title", "author", "publisher", "published_on", "published_at", "original", "versions", "events",
)  # fmt: skip
EXPAND = ("events",)
SOURCE_FIELDS = ("slug", "name", "host", "article_count", "event_count", "first_date", "latest_date")
_COLUMNS = {
    "url": ("url",), "title": ("title",), "author": ("author",), "published_on": ("published_on",),
    "published_at": ("published_at",), "original": ("original__url",), "versions": ("created_at",),
    "publisher": ("publisher__slug", "publisher__name", "publisher__host"),
}  # fmt: skip
_BY_ID = Sort("pk", BigIntegerField(), int)
_EVENTS = Part(
    "SELECT p.article_id, e.id, e.slug, e.title, e.on, e.precision, p.main FROM timeline_citation p "
    "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' "
    "WHERE p.article_id = ANY(%s) ORDER BY p.article_id, p.id",
    lambda *values: {"event": make_event(*values[:5]), "main": values[5]},
)
_EDITS = Part(
    "SELECT c.row_id, c.at FROM timeline_change c WHERE c.noun = 'article' AND c.action = 'correct' "
    "AND c.reason = 'The publisher changed the article.' AND c.row_id = ANY(%s) ORDER BY c.row_id, c.id",
    lambda at: at,
)
_TOLD = ("article_count", "event_count", "first_date", "latest_date")
_TALLIES = Part(
    "SELECT r.publisher_id, count(DISTINCT r.id), count(DISTINCT e.id), min(r.published_on), max(r.published_on) "
    "FROM timeline_article r JOIN timeline_citation p ON p.article_id = r.id "
    "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' "
    "WHERE r.publisher_id = ANY(%s) GROUP BY r.publisher_id",
    lambda *values: dict(zip(_TOLD, values, strict=True)),
)


def select_articles(asked: EventFilter, *, source: str = "") -> Any:
    """Articles with the words of `q` in their title, by a publisher, that tell of an event of the rest."""
    told = select_events(replace(asked, q=""))
    articles: Any = Article.objects.filter(Exists(Citation.objects.filter(article=OuterRef("pk"), event__in=told)))
    if source:
        articles = articles.filter(publisher__slug=source)
    vector = SearchVector("title", config=SEARCH_CONFIG)
    return articles.alias(words=vector).filter(words=make_query(asked.q)) if asked.q else articles


def select_article(article_id: int) -> Any:
    """The article with that id, if a published event cites it."""
    return Article.objects.citing_published().filter(pk=article_id)


def list_articles(asked: EventFilter, wanted: Wanted, *, source: str = "", cursor: str = "", size: int) -> Page[Any]:
    """One page of articles, the last that was recorded first. Raises InvalidFilter for a cursor of another list."""
    page = cut_page(_choose(select_articles(asked, source=source), wanted), _BY_ID, cursor, size)
    return Page(_fill(page.rows, wanted), page.next, page.previous)


def list_rows(articles: Any, wanted: Wanted) -> list[Row]:
    """All of `articles`."""
    return _fill(list(_choose(articles, wanted)), wanted)


def select_sources(asked: EventFilter) -> Any:
    """Publishers with an article that tells of an event of the filter; `q` is a part of their name."""
    told = select_events(replace(asked, q=""))
    citations = Citation.objects.filter(article__publisher=OuterRef("pk"), event__in=told)
    sources: Any = Publisher.objects.filter(Exists(citations))
    return sources.filter(name__icontains=asked.q) if asked.q else sources


def list_sources(asked: EventFilter, wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of publishers by name. Raises InvalidFilter for a cursor of another list."""
    rows = select_sources(asked).annotate(sort_name=Lower("name"))
    page = cut_page(rows.values_list("pk", "sort_name", "slug", "name", "host", named=True), BY_NAME, cursor, size)
    tallied = not set(_TOLD).isdisjoint(wanted.fields)
    tallies = _TALLIES.read([head.pk for head in page.rows]) if tallied else {}
    shown = [
        {name: tallies[head.pk][0][name] if name in _TOLD else getattr(head, name) for name in wanted.fields}
        for head in page.rows
    ]
    return Page(shown, page.next, page.previous)


def _choose(articles: Any, wanted: Wanted) -> Any:
    return articles.values_list(*dict.fromkeys(("pk", *wanted.list_columns(_COLUMNS))), named=True)


def _fill(heads: Sequence[Any], wanted: Wanted) -> list[Row]:
    ids = [head.pk for head in heads]
    told = _EVENTS.read(ids) if "events" in wanted.fields else {}
    edits = _EDITS.read(ids) if "versions" in wanted.fields else {}
    if "events" in wanted.expand and told:
        _expand(told, wanted)
    return [{name: _pick(head, name, told, edits) for name in wanted.fields} for head in heads]


def _expand(told: dict[int, list[Row]], wanted: Wanted) -> None:
    rows = [row for found in told.values() for row in found]
    chosen = Event.objects.published().filter(pk__in={row["event"]["id"] for row in rows})
    full = {row["id"]: row for row in events.read_events(chosen, wanted.narrow(events.FIELDS))}
    for row in rows:
        row["event"] = full.get(row["event"]["id"], row["event"])


def _pick(head: Any, name: str, told: dict[int, list[Row]], edits: dict[int, list[Any]]) -> Any:
    if name == "publisher":
        return {"slug": head.publisher__slug, "name": head.publisher__name, "host": head.publisher__host}
    if name == "versions":
        return [head.created_at, *edits.get(head.pk, ())]
    if name == "events":
        return told.get(head.pk, [])
    if name in ("url", "original"):
        return known_address(head.url if name == "url" else head.original__url)
    return head.pk if name == "id" else getattr(head, name)
