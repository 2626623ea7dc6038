"""What the OpenAPI description says of parameters, pages and errors. Shapes stand in `shapes`, names in `tables`."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from timeline.api.asking import COMMA_LISTS, LISTS, Table
from timeline.api.examples import add_examples
from timeline.api.shapes import Problem, Removed
from timeline.filters import LONGEST, MOST
from timeline.queries import actors, events
from timeline.queries.articles import LONGEST_ADDRESS

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
    "ENUM_NAME_OVERRIDES": {
        "ActorKindEnum": list(actors.KINDS),
        "EventKindEnum": list(events.KINDS),
        "DateKindEnum": ["effective", "hearing", "deadline"],
    },
    "EXTERNAL_DOCS": {"url": "/about/api/", "description": "Getting started"},
    "TAGS": [{"name": "record", "description": "The record, by noun."}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer", "description": "For higher limits; nothing needs one."}
        }
    },
    "SECURITY": [{"key": []}],
    "SORT_OPERATION_PARAMETERS": False,
}
_TEXTS = {
    "q": f"Words, “phrases”, -not, or, and names such as actor:openai; {LONGEST} characters at most.",
    "actor": "Slug of somebody who takes part; all of them. One that the record never had is refused.",
    "role": "The role that the actors have, or that somebody has.",
    "kind": "Any of them.",
    "status": "Any of them.",
    "dispute": "Slug of a dispute. One that the record never had is refused.",
    "since": "First day: YYYY, YYYY-MM or YYYY-MM-DD.",
    "until": "Last day: YYYY, YYYY-MM or YYYY-MM-DD.",
    "order": "newest unless given; relevance needs words.",
    "source": "Slug of a publisher. One that the record never had is refused.",
    "type": "What to look for; everything unless given.",
    "url": "The article's address, in any spelling.",
    "fields": "Only these fields, separated by commas.",
    "omit": "All fields but these, separated by commas.",
    "expand": "What to give in full, separated by commas.",
    "cursor": "Where the page begins; taken from next, previous or later, never made up.",
    "count": "Whether to count all rows.",
    "page_size": "How many rows a page has.",
    "updated_since": "Rows that changed since this day or moment, and what is left of those that are gone.",
}
_SLUG = {"type": "string", "maxLength": LONGEST}  # or a name; those of the record
_DAY = {"type": "string", "format": "date"}
_NOT_GIVEN = {"type": "string", "maxLength": 0}  # an empty value counts as none
_SPAN = {"anyOf": [_DAY, {"type": "string", "pattern": "^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$"}, _NOT_GIVEN]}
_SHAPES: dict[str, dict[str, Any]] = {
    "q": {"type": "string", "maxLength": LONGEST},
    "actor": {"anyOf": [{**_SLUG, "format": "actor"}, _NOT_GIVEN]},
    "dispute": {"anyOf": [{**_SLUG, "format": "dispute"}, _NOT_GIVEN]},
    "source": {"anyOf": [{"type": "string", "maxLength": LONGEST_ADDRESS, "format": "source"}, _NOT_GIVEN]},
    "since": _SPAN,
    "until": _SPAN,
    "updated_since": {"anyOf": [_DAY, {"type": "string", "format": "date-time"}, _NOT_GIVEN]},
    "url": {"type": "string", "format": "uri", "maxLength": LONGEST_ADDRESS},
    "cursor": {"type": "string", "format": "cursor"},
    "count": {"type": "boolean", "default": False},
}
_CHOICES: dict[str, tuple[str, ...]] = {"role": events.ROLES, "kind": events.KINDS, "status": events.STATUSES}


def describe_list(name: str, shape: type[Any], table: Table) -> Any:
    """The description of a list's address; `name` is that of the operation, for programs that write programs."""
    page = inline_serializer(f"{shape.__name__.removesuffix('Shape')}Page", _list_page_fields(shape, table))
    return _describe(name, table, {200: page, **_problems(_ERRORS)})


def describe_row(name: str, shape: type[Any], table: Table, *, moves: bool = False, found: bool = True) -> Any:
    """The description of one row's address; `moves` where some answer 301 or 410, `found` where some are not."""
    errors = _ERRORS | (_UNKNOWN if found else {}) | (_GONE if moves else {})
    return _describe(name, table, {200: shape, **(_MOVED if moves else {}), **_problems(errors)})


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
_TOO_LONG = {(414, "text/html"): OpenApiResponse(str, description="The address is longer than web servers take.")}
_UNKNOWN = {404: "Nothing by this name is public."}
_GONE = {410: "The event was public and is withdrawn."}
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


def _describe(name: str, table: Table, responses: dict[Any, Any]) -> Any:
    parameters = [_describe_parameter(parameter, table) for parameter in table.names]
    summary = name.replace("_", " ").capitalize()
    described = extend_schema(name, parameters=parameters, responses=responses, summary=summary, tags=_TAGS)
    return extend_schema_view(get=described)


def _describe_parameter(name: str, table: Table) -> OpenApiParameter:
    listed = name in LISTS
    shape = _describe_value(name, table)
    required = name == "url" or (name == "q" and table.needs_words)
    return OpenApiParameter(
        name,
        {"type": "array", "items": shape, "maxItems": MOST} if listed else shape,
        description=_TEXTS[name],
        required=required,
        explode=name not in COMMA_LISTS if listed else None,
        style="form" if listed else None,
    )


def _describe_value(name: str, table: Table) -> dict[str, Any]:
    """The JSON schema of one value. An empty one counts as not given."""
    if name in COMMA_LISTS:
        return {"type": "string", "enum": [*(table.expand if name == "expand" else table.fields), ""]}
    choices = table.orders if name == "order" else table.own.get(name) or _CHOICES.get(name)
    if choices:
        return {"type": "string", "enum": [*choices, ""]}
    if name == "page_size":
        return {"type": "integer", "minimum": 1, "maximum": table.most_rows, "default": table.usual_rows}
    if name == "q" and table.needs_words:
        return {**_SHAPES["q"], "minLength": 1}
    return _SHAPES[name]


def _problems(errors: dict[int, str]) -> dict[tuple[int, str], OpenApiResponse]:
    kind = "application/problem+json"
    return {(code, kind): OpenApiResponse(Problem, description=text) for code, text in errors.items()} | _TOO_LONG
