"""What all addresses of the API have in common, and how they answer."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.openapi import AutoSchema
from rest_framework.exceptions import Throttled
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from timeline.api.asking import Question
from timeline.api.errors import InvalidKey, handle_exception
from timeline.asked import keep
from timeline.queries.paging import Page
from timeline.queries.plain.sync import Changes
from visitors import limits
from visitors.errors import UnknownKey

_OPTIONS = orjson.OPT_UTC_Z


class JsonOnly(DefaultContentNegotiation):
    """By Accept alone: a `format` in the query string is a parameter like any other, and unknown."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)  # type: ignore[assignment]  # all it reads

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The first where anything is accepted, without reading what most clients send or leave out."""
        if request.META.get("HTTP_ACCEPT", "*/*") == "*/*":
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)


class ApiView(APIView):
    """An address that is only read. Answers are bytes at once; refusals are problem details."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = JsonOnly
    http_method_names = ["get", "head", "options"]
    schema: AutoSchema | None = AutoSchema()  # None: not described
    limit_headers: dict[str, str] = {}

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, whose answers are kept while the record stays as it is; such answers count for no limit."""
        return csrf_exempt(keep(super().as_view(**initkwargs), vary=("Accept",)))

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What may be done here; the schema says the rest."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Refusals are for who asked, now; what `kept` adds to other answers lets anybody keep them."""
        final = super().finalize_response(request, response, *args, **kwargs)
        if final.status_code >= 400:
            patch_cache_control(final, no_store=True)
        for name, value in self.limit_headers.items():
            final[name] = value
        return final

    def check_throttles(self, request: Request) -> None:
        """Count the request; raises Throttled where its visitor has asked too often, InvalidKey for a wrong key."""
        try:
            allowances = limits.count_request(request)
        except UnknownKey:
            raise InvalidKey from None
        self.limit_headers = limits.write_headers(allowances)
        wait = limits.find_wait(allowances)
        if wait:
            raise Throttled(wait)

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Problem details, whatever the settings say of other APIs."""
        return handle_exception


def answer(body: Any) -> HttpResponse:
    """Plain values as JSON."""
    return HttpResponse(orjson.dumps(body, option=_OPTIONS), content_type="application/json")


def answer_page(request: Request, question: Question, page: Page[Any], count: Callable[[], int]) -> HttpResponse:
    """A page of rows with the addresses of those around it, and how many there are in all where that was asked.

    Raises:
        InvalidFilter: there are none, since the filter has a name that the record never had.
    """
    if not page.rows:
        question.refuse_unknown()
    body = {"next": _link(request, page.next), "previous": _link(request, page.previous)}
    counted = {"count": count()} if question.count else {}
    return answer({**body, **counted, "results": page.rows})


def answer_changes(request: Request, changes: Changes) -> HttpResponse:
    """Rows that changed and what is left of those that are gone; `next` while there are more, `later` to come back."""
    later = _link(request, changes.place)
    links = {"next": later if changes.more else None, "later": later}
    response = answer({**links, "results": changes.rows, "removed": changes.removed})
    patch_cache_control(response, no_store=True)  # it also depends on which transactions still run
    return response


def _link(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    query = [(name, value) for name, values in request.query_params.lists() for value in values if name != "cursor"]
    place = f"{iri_to_uri(request.path)}?{urlencode([*query, ('cursor', cursor)], safe='~:,')}"
    return f"{request.scheme}://{request.get_host()}{place}"
