"""What the OpenAPI description says of parameters, pages and errors. The shapes describe themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from timeline.filters import LONGEST, ORDERS
from timeline.queries import actors, events
from timeline.queries.paging import MOST_ROWS

SETTINGS: dict[str, Any] = {
    "TITLE": "aiwatch",
    "DESCRIPTION": "The record of the AI API war: who cut off whom, from what, when, why, and who says so.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}


@cache
def build_schema() -> dict[str, Any]:
    """The OpenAPI description of all addresses; the same for as long as the program runs."""
    generator: Any = SchemaGenerator  # it has no types
    with patched_settings(SETTINGS):
        described: dict[str, Any] = generator(urlconf="timeline.urls").get_schema(request=None, public=True)
    return described


def _name(name: str, text: str, *, many: bool = False, choices: tuple[str, ...] = ()) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=text, many=many, enum=choices or None)


FILTER = [
    _name("q", f"Words, “phrases”, -not, or, and names such as actor:openai; {LONGEST} characters at most."),
    _name("actor", "Slug of somebody who takes part; all of them.", many=True),
    _name("role", "The role that the actors have, or that somebody has.", choices=events.ROLES),
    _name("kind", "Any of them.", many=True, choices=events.KINDS),
    _name("status", "Any of them.", many=True, choices=events.STATUSES),
    _name("dispute", "Slug of a dispute."),
    _name("since", "First day: YYYY, YYYY-MM or YYYY-MM-DD."),
    _name("until", "Last day: YYYY, YYYY-MM or YYYY-MM-DD."),
    _name("order", "newest unless given; relevance needs words.", choices=ORDERS),
]
PAGING = [
    _name("cursor", "Where the page begins; taken from next and previous, never made up."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description=f"Rows of a page, 1 to {MOST_ROWS}; 50 unless given."),
]
ACTOR_FILTER = [
    _name("q", "A part of any of its names."),
    _name("kind", "One kind of actor.", choices=actors.KINDS),
]

QUOTE_FILTER = [
    _name("q", "Words of the quote, “phrases”, -not, or."),
    _name("actor", "Slug of who spoke, or was spoken for."),
    _name("dispute", "Slug of a dispute."),
]
ADDRESS = [OpenApiParameter("url", OpenApiTypes.URI, required=True, description="The article's, in any spelling.")]

Problem = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "code": serializers.CharField(),
        "detail": serializers.CharField(),
        "parameters": serializers.DictField(child=serializers.CharField(), required=False),
    },
)
_ERRORS = {400: "A parameter is unknown or malformed.", 406: "Only JSON is spoken.", 429: "Too many requests."}
_GONE = {404: "Nothing by this name is public."}
_MOVED = {301: OpenApiResponse(description="The event was merged; its new address.")}


def describe_list(shape: type[Any], parameters: list[OpenApiParameter]) -> Any:
    """The description of a list's address."""
    page = inline_serializer(
        f"{shape.__name__.removesuffix('Shape')}Page",
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": shape(many=True),
        },
    )
    return extend_schema(parameters=parameters, responses={200: page, **_problems(_ERRORS)})


def describe_row(shape: type[Any], parameters: list[OpenApiParameter] | None = None, *, moves: bool = False) -> Any:
    """The description of one row's address; `moves` where an old one may answer 301."""
    return extend_schema(
        parameters=parameters, responses={200: shape, **(_MOVED if moves else {}), **_problems(_ERRORS | _GONE)}
    )


def _problems(errors: dict[int, str]) -> dict[tuple[int, str], OpenApiResponse]:
    kind = "application/problem+json"
    return {(code, kind): OpenApiResponse(Problem, description=text) for code, text in errors.items()}
