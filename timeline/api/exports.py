"""All events of a filter as CSV and NDJSON, without a limit on rows: streamed, a page of rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from timeline.api.asking import FILTER, Table, read_question
from timeline.filters import ORDERS
from timeline.lines import CSV_FIELDS, write_csv, write_ndjson
from timeline.public import public_page
from timeline.queries.plain import events
from timeline.queries.plain.wanted import Wanted

CSV = Table((), filters=FILTER, orders=ORDERS, paged=False, counted=False)
NDJSON = Table(events.FIELDS, events.EXPAND, FILTER, ORDERS, paged=False, counted=False)


@public_page
def show_csv(request: HttpRequest) -> HttpResponse:
    """One line an event; slugs of actors and addresses of sources are separated by blanks."""
    question = read_question(request, CSV)
    question.refuse_unknown()
    rows = events.iterate_events(question.asked, Wanted(CSV_FIELDS, base=question.wanted.base))
    return _stream(write_csv(rows), "text/csv; charset=utf-8", "events.csv")


@public_page
def show_ndjson(request: HttpRequest) -> HttpResponse:
    """One JSON object a line, in the shape of the API; `fields`, `omit` and `expand` as there."""
    question = read_question(request, NDJSON)
    question.refuse_unknown()
    rows = events.iterate_events(question.asked, question.wanted)
    return _stream(write_ndjson(rows), "application/x-ndjson", "events.ndjson")


def _stream(lines: Iterator[bytes], content_type: str, name: str) -> HttpResponse:
    answer: Any = StreamingHttpResponse(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Accel-Buffering"] = "no"  # a proxy in front passes lines on as they come
    return answer  # type: ignore[no-any-return]
