"""Which fields of a row are wanted, and reading the parts that hang on rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from timeline.queries.prepared import write_array
from timeline.queries.together import ask_together

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields to read, in order; which of them in full (`expand`); and the scheme and host of addresses."""

    fields: tuple[str, ...]
    expand: frozenset[str] = frozenset()
    base: str = ""

    def narrow(self, fields: Iterable[str]) -> Wanted:
        """The same of another shape, all of its fields, nothing expanded."""
        return Wanted(tuple(fields), frozenset(), self.base)

    def list_columns(self, columns: Mapping[str, Sequence[str]]) -> list[str]:
        """The columns that the wanted fields need, each once."""
        return list(dict.fromkeys(column for field in self.fields for column in columns.get(field, ())))


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that hang on other rows: a statement that takes their ids and gives their id first, in order."""

    statement: str
    make: Callable[..., Any]

    def read(self, ids: Sequence[int]) -> defaultdict[int, list[Any]]:
        """What `make` makes of the other columns, by the id of the row on which it hangs."""
        return read_parts([self], ids)[0]


def read_parts(parts: Sequence[Part], ids: Sequence[int]) -> list[defaultdict[int, list[Any]]]:
    """The same of several parts, in one question to the database."""
    found: list[defaultdict[int, list[Any]]] = []
    for part, rows in zip(parts, fetch([part.statement for part in parts], ids), strict=True):
        by_owner: defaultdict[int, list[Any]] = defaultdict(list)
        make = part.make
        for owner, *values in rows:
            by_owner[owner].append(make(*values))
        found.append(by_owner)
    return found


def fetch(statements: Sequence[str], ids: Collection[int]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement, all of which are sent at once.

    Args:
        statements: each takes a list of ids. There have to be few: PostgreSQL keeps their plans.
        ids: that list.
    """
    if not statements:
        return []
    listed = write_array(ids)
    found = ask_together([(statement, [listed]) for statement in statements])
    return _fetch_plainly(statements, listed) if found is None else found


def _fetch_plainly(statements: Sequence[str], listed: str) -> list[list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), [listed] * len(statements))
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found


def make_actor(slug: str, name: str, kind: str) -> Row:
    """An actor, in short."""
    return {"slug": slug, "name": name, "kind": kind}


def make_event(pk: int, slug: str, title: str, on: Any, precision: str) -> Row:
    """An event, in short."""
    return {"id": pk, "slug": slug, "title": title, "date": on, "date_precision": precision}
