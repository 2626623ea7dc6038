"""All events of a filter as CSV and NDJSON, without a limit on rows: streamed, a page of rows in memory at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from rest_framework.renderers import JSONRenderer

from timeline.api.serializers import EventShape
from timeline.filters import parse_filter
from timeline.public import public_page
from timeline.queries import events

COLUMNS = (
    "slug", "date", "date_precision", "kind", "status", "title", "summary", "scope", "dispute",
    "initiators", "targets", "affected", "subjects", "commentators", "courts", "sources", "url",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@public_page
def show_csv(request: HttpRequest) -> HttpResponse:
    """One line an event; slugs of actors and addresses of sources are separated by blanks."""
    return _stream(_write_csv(request), "text/csv; charset=utf-8", "events.csv")


@public_page
def show_ndjson(request: HttpRequest) -> HttpResponse:
    """One JSON object a line, in the shape of the API."""
    return _stream(_write_ndjson(request), "application/x-ndjson", "events.ndjson")


def _stream(lines: Iterator[bytes], content_type: str, name: str) -> HttpResponse:
    answer: Any = StreamingHttpResponse(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Accel-Buffering"] = "no"  # a proxy in front passes lines on as they come
    return answer  # type: ignore[no-any-return]


class _Line:
    """A file that hands back what is written to it: csv writes rows, the answer streams them."""

    def write(self, text: str) -> str:
        return text


def _write_csv(request: HttpRequest) -> Iterator[bytes]:
    asked = parse_filter(request.GET)
    return _write_rows(events.iterate_events(asked), request.build_absolute_uri("/").rstrip("/"))


def _write_rows(rows: Iterator[Any], base: str) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS).encode()
    for event in rows:
        yield writer.writerow([_disarm(cell) for cell in _list_cells(event, base)]).encode()


def _list_cells(event: Any, base: str) -> list[str]:
    roles: dict[str, list[str]] = {}
    for part in event.participations.all():
        roles.setdefault(part.role, []).append(part.actor.slug)
    names = [
        " ".join(roles.get(role, ())) for role in ("initiator", "target", "affected", "subject", "commentator", "court")
    ]
    sources = " ".join(citation.article.url for citation in event.citations.all())
    own = [event.slug, event.on.isoformat(), event.precision, event.kind, event.status, event.title, event.summary]
    dispute = event.dispute.slug if event.dispute else ""
    return [*own, event.scope, dispute, *names, sources, base + event.get_absolute_url()]


def _disarm(cell: str) -> str:
    """The cell, kept from being run as a formula by a spreadsheet (OWASP, CSV Injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _write_ndjson(request: HttpRequest) -> Iterator[bytes]:
    asked, renderer = parse_filter(request.GET), JSONRenderer()
    rows = events.iterate_events(asked)
    return (renderer.render(EventShape(event, context={"request": request}).data) + b"\n" for event in rows)
