"""What the OpenAPI description says of parameters, pages and errors. Shapes stand in `shapes`, names in `tables`."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from timeline.api.asking import Table
from timeline.api.examples import add_examples
from timeline.api.shapes import Problem, Removed
from timeline.filters import LONGEST
from timeline.queries import events

DESCRIPTION = """The record of the AI API war: who cut off whom, from what, when, why, and who says so.

Read only, for everybody, no key needed. [Getting started](/about/api/) has examples in five languages, the limits, and
what is promised about changes of this API."""
SETTINGS: dict[str, Any] = {
    "TITLE": "aiwatch",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {},
    "EXTERNAL_DOCS": {"url": "/about/api/", "description": "Getting started"},
    "TAGS": [{"name": "record", "description": "The record, by noun."}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer", "description": "For higher limits; nothing needs one."}
        }
    },
    "SECURITY": [{}, {"key": []}],
}
_TEXTS = {
    "q": f"Words, “phrases”, -not, or, and names such as actor:openai; {LONGEST} characters at most.",
    "actor": "Slug of somebody who takes part; all of them.",
    "role": "The role that the actors have, or that somebody has.",
    "kind": "Any of them.",
    "status": "Any of them.",
    "dispute": "Slug of a dispute.",
    "since": "First day: YYYY, YYYY-MM or YYYY-MM-DD.",
    "until": "Last day: YYYY, YYYY-MM or YYYY-MM-DD.",
    "order": "newest unless given; relevance needs words.",
    "source": "Slug of a publisher.",
    "type": "What to look for; everything unless given.",
    "url": "The article's address, in any spelling.",
    "fields": "Only these fields, separated by commas.",
    "omit": "All fields but these, separated by commas.",
    "expand": "What to give in full, separated by commas.",
    "cursor": "Where the page begins; taken from next, previous or later, never made up.",
    "count": "Whether to count all rows.",
    "updated_since": "Rows that changed since this day or moment, and what is left of those that are gone.",
}
_CHOICES: dict[str, tuple[str, ...]] = {"role": events.ROLES, "kind": events.KINDS, "status": events.STATUSES}
_MANY = ("actor", "kind", "status", "type")
_LISTS = ("fields", "omit", "expand")  # one value of comma-separated names


def describe_list(shape: type[Any], table: Table) -> Any:
    """The description of a list's address."""
    page = inline_serializer(f"{shape.__name__.removesuffix('Shape')}Page", _list_page_fields(shape, table))
    return extend_schema(
        parameters=_describe_parameters(table), responses={200: page, **_problems(_ERRORS)}, tags=_TAGS
    )


def describe_row(shape: type[Any], table: Table, *, moves: bool = False, found: bool = True) -> Any:
    """The description of one row's address; `moves` where an old one may answer 301, `found` where some are not."""
    errors = _ERRORS | (_GONE if found else {})
    responses: dict[Any, Any] = {200: shape, **(_MOVED if moves else {}), **_problems(errors)}
    return extend_schema(parameters=_describe_parameters(table), responses=responses, tags=_TAGS)


@cache
def build_schema() -> dict[str, Any]:
    """The OpenAPI description of all addresses; the same for as long as the program runs."""
    generator: Any = SchemaGenerator  # it has no types
    with patched_settings(SETTINGS):
        described: dict[str, Any] = generator(urlconf="timeline.urls").get_schema(request=None, public=True)
    return add_examples(described)


_TAGS = ["record"]
_ERRORS = {
    400: "A parameter is unknown or malformed.",
    401: "The key is not known, or was revoked.",
    406: "Only JSON is spoken.",
    429: "Too many requests.",
}
_GONE = {404: "Nothing by this name is public."}
_MOVED = {301: OpenApiResponse(description="The event was merged; its new address.")}


def _list_page_fields(shape: type[Any], table: Table) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True, required=False, help_text="Not with updated_since."),
    }
    if table.counted:
        fields["count"] = serializers.IntegerField(required=False, help_text="With count=true.")
    if table.synced:
        fields["later"] = serializers.URLField(required=False, help_text="With updated_since: where to come back.")
        fields["removed"] = Removed(many=True, required=False, help_text="With updated_since.")
    return {**fields, "results": shape(many=True)}


def _describe_parameters(table: Table) -> list[OpenApiParameter]:
    return [_describe(name, table) for name in table.names]


def _describe(name: str, table: Table) -> OpenApiParameter:
    if name == "page_size":
        text = f"Rows of a page, 1 to {table.most_rows}."
        bounds: Any = {"type": "integer", "minimum": 1, "maximum": table.most_rows}
        return OpenApiParameter(name, bounds, description=text)
    if name == "count":
        return OpenApiParameter(name, OpenApiTypes.BOOL, description=_TEXTS[name])
    if name in _LISTS:
        allowed = table.expand if name == "expand" else table.fields
        items: Any = {"type": "array", "items": {"type": "string", "enum": list(allowed)}}
        return OpenApiParameter(name, items, description=_TEXTS[name], explode=False, style="form")
    choices = table.orders if name == "order" else table.own.get(name) or _CHOICES.get(name)
    required = name == "url" or (name == "q" and "score" in table.fields)
    return OpenApiParameter(
        name, OpenApiTypes.STR, description=_TEXTS[name], many=name in _MANY, enum=choices or None, required=required
    )


def _problems(errors: dict[int, str]) -> dict[tuple[int, str], OpenApiResponse]:
    kind = "application/problem+json"
    return {(code, kind): OpenApiResponse(Problem, description=text) for code, text in errors.items()}
