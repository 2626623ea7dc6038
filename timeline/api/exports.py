"""All events of a filter as CSV and NDJSON, without a limit on rows: streamed, a page of rows in memory at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from timeline.api.asking import FILTER, Table, read_question
from timeline.filters import ORDERS
from timeline.public import public_page
from timeline.queries.plain import events
from timeline.queries.plain.wanted import Row, Wanted

COLUMNS = (
    "slug", "date", "date_precision", "kind", "status", "title", "summary", "scope", "dispute",
    "initiators", "targets", "affected", "subjects", "commentators", "courts", "sources", "url",
)  # fmt: skip
CSV = Table((), filters=FILTER, orders=ORDERS, paged=False, counted=False)
NDJSON = Table(events.FIELDS, events.EXPAND, FILTER, ORDERS, paged=False, counted=False)
CSV_FIELDS = (*COLUMNS[:9], "participants", "sources", "url")
_ROLES = ("initiator", "target", "affected", "subject", "commentator", "court")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@public_page
def show_csv(request: HttpRequest) -> HttpResponse:
    """One line an event; slugs of actors and addresses of sources are separated by blanks."""
    question = read_question(request, CSV)
    rows = events.iterate_events(question.asked, Wanted(CSV_FIELDS, base=question.wanted.base))
    return _stream(write_csv(rows), "text/csv; charset=utf-8", "events.csv")


@public_page
def show_ndjson(request: HttpRequest) -> HttpResponse:
    """One JSON object a line, in the shape of the API; `fields`, `omit` and `expand` as there."""
    question = read_question(request, NDJSON)
    rows = events.iterate_events(question.asked, question.wanted)
    return _stream(write_ndjson(rows), "application/x-ndjson", "events.ndjson")


def write_ndjson(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as lines of JSON."""
    options = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
    return (orjson.dumps(row, option=options) for row in rows)


def write_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """Events as lines of CSV, COLUMNS first. The rows need CSV_FIELDS."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS).encode()
    for row in rows:
        yield writer.writerow([_disarm(cell) for cell in _list_cells(row)]).encode()


def _stream(lines: Iterator[bytes], content_type: str, name: str) -> HttpResponse:
    answer: Any = StreamingHttpResponse(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Accel-Buffering"] = "no"  # a proxy in front passes lines on as they come
    return answer  # type: ignore[no-any-return]


class _Line:
    """A file that hands back what is written to it: csv writes rows, the answer streams them."""

    def write(self, text: str) -> str:
        return text


def _list_cells(row: Row) -> list[str]:
    roles: dict[str, list[str]] = {}
    for part in row["participants"]:
        roles.setdefault(part["role"], []).append(part["actor"]["slug"])
    names = [" ".join(roles.get(role, ())) for role in _ROLES]
    sources = " ".join(source["url"] for source in row["sources"])
    own = [row["slug"], row["date"].isoformat(), *(row[name] for name in COLUMNS[2:8])]
    return [*own, row["dispute"]["slug"] if row["dispute"] else "", *names, sources, row["url"]]


def _disarm(cell: str) -> str:
    """The cell, kept from being run as a formula by a spreadsheet (OWASP, CSV Injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
