"""The read-only JSON API, version 1. What may be asked of each address stands in `tables`."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from rest_framework.request import Request

from timeline.api import shapes, tables
from timeline.api.asking import read_question
from timeline.api.base import ApiView, answer, answer_changes, answer_page
from timeline.api.errors import Withdrawn
from timeline.api.schema import build_schema, describe_list, describe_row
from timeline.errors import NotFound
from timeline.queries import articles as article_queries
from timeline.queries import events as event_queries
from timeline.queries import history
from timeline.queries.plain import actors, articles, disputes, events, search, stats, sync, words

LISTS = ("events", "actors", "disputes", "quotes", "clauses", "articles", "sources", "stats", "search", "schema")


@describe_list("list_events", shapes.EventShape, tables.EVENTS)
class EventList(ApiView):
    """Events with everything that is public about them."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.EVENTS)
        asked, wanted, place, size = question.asked, question.wanted, question.cursor, question.size
        if question.since:
            question.refuse_unknown()
            changed = sync.list_changed_events(asked, wanted, since=question.since, place=place, size=size)
            return answer_changes(request, changed)
        page = events.list_written(asked, wanted, cursor=place, size=size)
        return answer_page(request, question, page, lambda: events.count_events(asked))


@describe_row("get_event", shapes.EventShape, tables.EVENT, moves=True)
class EventDetail(ApiView):
    """One event; an old address leads to the new one, and a withdrawn one says so."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        question = read_question(request, tables.EVENT)
        rows = events.write_rows(events.find_public(slug), question.wanted)
        if rows:
            return answer(rows[0])
        return _lead_on(request, slug)


@describe_list("list_actors", shapes.ActorShape, tables.ACTORS)
class ActorList(ApiView):
    """Actors by name. With role, dispute, since or until: those who take part in such events."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.ACTORS)
        asked, wanted, place, size = question.asked, question.wanted, question.cursor, question.size
        if question.since:
            question.refuse_unknown()
            return answer_changes(
                request, sync.list_changed_actors(wanted, since=question.since, place=place, size=size)
            )
        kinds = question.own["kind"]
        page = actors.list_actors(asked, wanted, kinds=kinds, cursor=place, size=size)
        return answer_page(request, question, page, lambda: actors.count_actors(asked, kinds=kinds))


@describe_row("get_actor", shapes.ActorShape, tables.ACTOR)
class ActorDetail(ApiView):
    """One actor. Its events are listed with `/events/?actor=`."""

    def get(self, request: Request, slug: str) -> HttpResponse:
        question = read_question(request, tables.ACTOR)
        return answer(_take_one(actors.list_rows(actors.select_public(slug), question.wanted), slug))


@describe_list("list_disputes", shapes.DisputeShape, tables.DISPUTES)
class DisputeList(ApiView):
    """Disputes that have an event of the filter, the one that moved last first."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.DISPUTES)
        asked, wanted, place, size = question.asked, question.wanted, question.cursor, question.size
        if question.since:
            question.refuse_unknown()
            changed = sync.list_changed_disputes(wanted, since=question.since, place=place, size=size)
            return answer_changes(request, changed)
        page = disputes.list_disputes(asked, wanted, cursor=place, size=size)
        return answer_page(request, question, page, disputes.select_disputes(asked).count)


@describe_row("get_dispute", shapes.DisputeShape, tables.DISPUTE)
class DisputeDetail(ApiView):
    """One dispute. Its events are listed with `/events/?dispute=`."""

    def get(self, request: Request, slug: str) -> HttpResponse:
        question = read_question(request, tables.DISPUTE)
        return answer(_take_one(disputes.list_rows(disputes.select_public(slug), question.wanted), slug))


@describe_list("list_quotes", shapes.QuoteShape, tables.QUOTES)
class QuoteList(ApiView):
    """Quotes with their events. `q` means their own words, `actor` who spoke or was spoken for."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.QUOTES)
        found = words.select_quotes(question.asked)
        page = words.list_words(found, question.asked, question.wanted, cursor=question.cursor, size=question.size)
        return answer_page(request, question, page, found.count)


@describe_list("list_clauses", shapes.ClauseShape, tables.CLAUSES)
class ClauseList(ApiView):
    """Clauses of terms with their events. `q` means their own words, `actor` whose terms they are of."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.CLAUSES)
        found = words.select_clauses(question.asked)
        page = words.list_words(found, question.asked, question.wanted, cursor=question.cursor, size=question.size)
        return answer_page(request, question, page, found.count)


@describe_list("list_articles", shapes.ArticleShape, tables.ARTICLES)
class ArticleList(ApiView):
    """Articles that tell of an event of the filter, the last recorded first. `q` means words of their titles."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.ARTICLES)
        asked, source = question.asked, question.one("source")
        page = articles.list_articles(asked, question.wanted, source=source, cursor=question.cursor, size=question.size)
        return answer_page(request, question, page, articles.select_articles(asked, source=source).count)


@describe_row("get_article", shapes.ArticleShape, tables.ARTICLE)
class ArticleDetail(ApiView):
    """One article: what it is and of which events it tells, never its text."""

    def get(self, request: Request, article_id: int) -> HttpResponse:
        question = read_question(request, tables.ARTICLE)
        return answer(_take_one(articles.list_rows(articles.select_article(article_id), question.wanted), article_id))


@describe_row("find_article", shapes.ArticleShape, tables.LOOKUP)
class ArticleLookup(ApiView):
    """The article at an address, however it is spelt, and the events of which it tells."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.LOOKUP)
        found = article_queries.find_article_id(question.one("url"))
        return answer(_take_one(articles.list_rows(articles.select_article(found), question.wanted), found))


@describe_list("list_sources", shapes.SourceShape, tables.SOURCES)
class SourceList(ApiView):
    """Publishers whose articles tell of an event of the filter. `q` is a part of their name."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.SOURCES)
        asked = question.asked
        page = articles.list_sources(asked, question.wanted, cursor=question.cursor, size=question.size)
        return answer_page(request, question, page, articles.select_sources(asked).count)


@describe_row("count_events", shapes.StatsShape, tables.STATS, found=False)
class Stats(ApiView):
    """Counts of the events of the filter: in all, by month and kind, by kind, by status, by actor."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.STATS)
        question.refuse_unknown()
        return answer(stats.read_stats(question.asked, question.wanted))


@describe_list("search", shapes.FoundShape, tables.SEARCH)
class Search(ApiView):
    """Events, actors, disputes, quotes and clauses that hold the words of `q`, the best first."""

    def get(self, request: Request) -> HttpResponse:
        question = read_question(request, tables.SEARCH)
        question.refuse_unknown()  # actors and disputes are found whatever the filter
        page = search.search_all(
            question.asked, question.own["type"], question.wanted, cursor=question.cursor, size=question.size
        )
        return answer_page(request, question, page, lambda: 0)


class Schema(ApiView):
    """The OpenAPI description of all this."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        read_question(request, tables.NOTHING)
        return answer(build_schema())


class Index(ApiView):
    """What there is, for whom begins at the root: name → address."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        names = {name: f"api-{name}" for name in LISTS} | {"documentation": "about-api"}
        return answer({name: request.build_absolute_uri(reverse(address)) for name, address in names.items()})


class Nowhere(ApiView):
    """Addresses below /api/ that lead to nothing."""

    schema = None

    def get(self, request: Request, **kwargs: str) -> HttpResponse:
        raise Http404(request.path)


def _take_one(rows: list[Any], name: object) -> Any:
    if not rows:
        raise NotFound(str(name))
    return rows[0]


def _lead_on(request: Request, slug: str) -> HttpResponseBase:
    """From an address where no event is public any more. Raises NotFound where none ever was."""
    try:
        moved = redirect("api-event", event_queries.find_new_slug(slug), permanent=True)
    except NotFound:
        raise Withdrawn(history.get_withdrawal(slug)) from None
    if request.META.get("QUERY_STRING"):
        moved["Location"] += f"?{request.META['QUERY_STRING']}"
    return moved
