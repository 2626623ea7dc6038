"""Rows as lines: NDJSON, and CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

import orjson

from timeline.queries.plain.wanted import Row

COLUMNS = (
    "slug", "date", "date_precision", "kind", "status", "title", "summary", "scope", "dispute",
    "initiators", "targets", "affected", "subjects", "commentators", "courts", "sources", "url",
)  # fmt: skip
CSV_FIELDS = (*COLUMNS[:9], "participants", "sources", "url")  # what a line of CSV is made of
_ROLES = ("initiator", "target", "affected", "subject", "commentator", "court")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


class _Line:
    """A file that hands back what is written to it: csv writes rows, the caller streams them."""

    def write(self, text: str) -> str:
        return text


def _list_cells(row: Row) -> list[str]:
    roles: dict[str, list[str]] = {}
    for part in row["participants"]:
        roles.setdefault(part["role"], []).append(part["actor"]["slug"])
    names = [" ".join(roles.get(role, ())) for role in _ROLES]
    sources = " ".join(source["url"] for source in row["sources"] if source["url"])
    own = [row["slug"], row["date"].isoformat(), *(row[name] for name in COLUMNS[2:8])]
    return [*own, row["dispute"]["slug"] if row["dispute"] else "", *names, sources, row["url"]]


def _disarm(cell: str) -> str:
    """The cell, kept from being run as a formula by a spreadsheet (OWASP, CSV Injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
