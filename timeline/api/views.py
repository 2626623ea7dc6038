"""The read-only JSON API, version 1."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.openapi import AutoSchema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from timeline.api.errors import handle_exception
from timeline.api.schema import (
    ACTOR_FILTER,
    ADDRESS,
    FILTER,
    PAGING,
    QUOTE_FILTER,
    build_schema,
    describe_list,
    describe_row,
)
from timeline.api.serializers import ActorShape, ArticleShape, DisputeShape, EventShape, QuoteShape
from timeline.errors import InvalidFilter, NotFound
from timeline.filters import EventFilter, parse_filter
from timeline.kept import keep
from timeline.queries import actors, articles, disputes, events, quotes
from timeline.queries.paging import MOST_ROWS, Page

PAGING_NAMES = tuple(parameter.name for parameter in PAGING)
DEFAULT_ROWS = 50


class ApiThrottle(AnonRateThrottle):
    """So many requests from one address (API_PER_MINUTE)."""

    def get_rate(self) -> str | None:
        """The rate in the words of DRF; None for no limit."""
        return f"{settings.API_PER_MINUTE}/min" if settings.API_PER_MINUTE else None


class JsonOnly(DefaultContentNegotiation):
    """By Accept alone: a `format` in the query string is a parameter like any other, and unknown."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)  # type: ignore[assignment]  # all it reads


class ApiView(APIView):
    """What all addresses of the API have in common."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = JsonOnly
    throttle_classes = (ApiThrottle,)
    http_method_names = ["get", "head", "options"]
    schema: AutoSchema | None = AutoSchema()  # None: not described

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, whose answers are kept while the record stays as it is; such answers count for no limit."""
        return csrf_exempt(keep(super().as_view(**initkwargs), vary=("Accept",)))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Any page of any site may read this: nothing here is private."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Access-Control-Allow-Origin"] = "*"
        final["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return final

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Problem details, whatever the settings say of other APIs."""
        return handle_exception


@describe_list(EventShape, [*FILTER, *PAGING])
class EventList(ApiView):
    """Events with everything that is public about them."""

    def get(self, request: Request) -> Response:
        asked, cursor, size = read_filter_and_paging(request.query_params)
        page = events.list_full_events(asked, cursor=cursor, size=size)
        return answer_page(request, page, EventShape)


@describe_row(EventShape, moves=True)
class EventDetail(ApiView):
    """One event; an old address leads to the new one."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        refuse_unknown(request.query_params, ())
        try:
            event = events.get_event(slug)
        except NotFound:
            return redirect("api-event", events.find_new_slug(slug), permanent=True)
        return Response(EventShape(event, context={"request": request}).data)


@describe_list(ActorShape, [*ACTOR_FILTER, *PAGING])
class ActorList(ApiView):
    """Actors by name; `q` is a part of any of their names."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("q", "kind", *PAGING_NAMES))
        cursor, size = read_paging(request.query_params)
        q, kind = request.query_params.get("q", ""), request.query_params.get("kind", "")
        return answer_page(request, actors.list_actors(q=q, kind=kind, cursor=cursor, size=size), ActorShape)


@describe_row(ActorShape)
class ActorDetail(ApiView):
    """One actor. Its events are listed with `/events/?actor=`."""

    def get(self, request: Request, slug: str) -> Response:
        refuse_unknown(request.query_params, ())
        return Response(ActorShape(actors.get_actor(slug), context={"request": request}).data)


@describe_list(DisputeShape, [])
class DisputeList(ApiView):
    """All disputes, the one that moved last first, on one page."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ())
        return answer_page(request, Page(disputes.list_disputes()), DisputeShape)


@describe_row(DisputeShape)
class DisputeDetail(ApiView):
    """One dispute. Its events are listed with `/events/?dispute=`."""

    def get(self, request: Request, slug: str) -> Response:
        refuse_unknown(request.query_params, ())
        return Response(DisputeShape(disputes.get_dispute(slug), context={"request": request}).data)


@describe_list(QuoteShape, [*QUOTE_FILTER, *PAGING])
class QuoteList(ApiView):
    """Quotes with their events, the newest event first."""

    def get(self, request: Request) -> Response:
        names = ("q", "actor", "dispute")
        refuse_unknown(request.query_params, (*names, *PAGING_NAMES))
        cursor, size = read_paging(request.query_params)
        asked = {name: request.query_params.get(name, "") for name in names}
        return answer_page(request, quotes.list_quotes(**asked, cursor=cursor, size=size), QuoteShape)


@describe_row(ArticleShape, ADDRESS)
class ArticleLookup(ApiView):
    """The article at an address, however it is spelt, and the events of which it tells."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ("url",))
        return Response(ArticleShape(articles.find_article(request.query_params.get("url", ""))).data)


class Schema(ApiView):
    """The OpenAPI description of all this."""

    schema = None

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ())
        return Response(build_schema())


class Nowhere(ApiView):
    """Addresses below /api/ that lead to nothing."""

    schema = None

    def get(self, request: Request, **kwargs: str) -> Response:
        raise Http404(request.path)


def read_filter_and_paging(query: QueryDict) -> tuple[EventFilter, str, int]:
    """The filter, the cursor and the page size; raises InvalidFilter with all that is wrong with them."""
    problems: dict[str, str] = {}
    try:
        cursor, size = read_paging(query)
    except InvalidFilter as error:
        problems, cursor, size = error.problems, "", 0
    try:
        asked = parse_filter(query, beside=PAGING_NAMES)
    except InvalidFilter as error:
        raise InvalidFilter(error.problems | problems) from error
    if problems:
        raise InvalidFilter(problems)
    return asked, cursor, size


def read_paging(query: QueryDict) -> tuple[str, int]:
    """The cursor, and how many rows a page has.

    Raises:
        InvalidFilter: the page size is no number from 1 to MOST_ROWS.
    """
    text = query.get("page_size") or str(DEFAULT_ROWS)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_ROWS):
        raise InvalidFilter({"page_size": f"“{text[:50]}” is not a number from 1 to {MOST_ROWS}"})
    return query.get("cursor", ""), int(text)


def refuse_unknown(query: QueryDict, known: Collection[str]) -> None:
    """Raises InvalidFilter where a name is given that is not known here, or a value that no text can be."""
    names = ", ".join(known) or "none"
    problems = {name: f"is not a parameter here; there are: {names}" for name in query if name not in known}
    problems |= {name: "holds characters that no text has" for name in known if "\x00" in query.get(name, "")}
    if problems:
        raise InvalidFilter(problems)


def answer_page(request: Request, page: Page[Any], shape: type[Serializer[Any]]) -> Response:
    """A page of rows with the addresses of those around it."""
    rows = shape(page.rows, many=True, context={"request": request}).data
    body = {"next": _link(request, page.next), "previous": _link(request, page.previous), "results": rows}
    return Response(body)


def _link(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode(safe='~:')}")
