"""A record of any size in little time: some thousand synthetic events, and copies of them made by the database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from timeline.services.bulk import load_synthetic
from timeline.synthetic import Maker

_FOLDED = 20_000  # events that are made one by one, at the most
# Columns that are another in each copy: ids by `n`, the number of the copy, times the most rows of a table.
_NUMBERED = {
    "timeline_event": ("id",),
    "timeline_participation": ("id", "event_id"),
    "timeline_article": ("id",),
    "timeline_citation": ("id", "event_id", "article_id"),
    "timeline_quote": ("id", "event_id", "article_id"),
}
_UNIQUE = {
    "slug": "t.slug || '-' || n",
    "url": "t.url || '?' || n",
    "key": "encode(sha256((t.key || n)::bytea), 'hex')",
}
_STEP = 100_000
# Indexes that cost more than the rows, and that no list by date uses.
_LEFT_OUT = ("event_found", "quote_words")


@contextmanager
def large_record(events: int) -> Iterator[None]:
    """A record of so many events inside the block, a multiple of twice _FOLDED or fewer; there is none after it.

    Words are not indexed meanwhile: it is for exports and lists.
    """
    base = min(events // 2, _FOLDED)
    list(load_synthetic(maker=Maker(1, base), events=base))
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(_LEFT_OUT)])
        found = dict(cursor.fetchall())
        cursor.execute(f"DROP INDEX {', '.join(found)}")
        try:
            _copy(events // base)
            cursor.execute("ANALYZE")
            yield
        finally:
            cursor.execute(f"TRUNCATE {', '.join(_NUMBERED)} CASCADE")
            for index in found.values():
                cursor.execute(index)


def _copy(times: int) -> None:
    """Have `times` of each row, by two connections side by side."""
    halves = [(1, times // 2), (times // 2 + 1, times - 1)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda half: _copy_some(*half), halves))


def _copy_some(first: int, last: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no triggers: nobody follows this record
            for table in _NUMBERED:
                cursor.execute(_write_copy(table, cursor), [first, last])
    finally:
        connection.close()


def _write_copy(table: str, cursor: object) -> str:
    columns = [
        column.name
        for column in connection.introspection.get_table_description(cursor, table)
        if column.name != "search"  # made by the database
    ]
    values = ", ".join(_write_value(table, name) for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, generate_series(%s, %s) n WHERE t.id <= {_STEP}"  # noqa: S608
    )


def _write_value(table: str, column: str) -> str:
    if column in _NUMBERED[table]:
        return f't."{column}" + n * {_STEP}'
    return _UNIQUE.get(column, f't."{column}"')
