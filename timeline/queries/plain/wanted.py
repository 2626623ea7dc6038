"""Which fields of a row are wanted, and reading the parts that hang on rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

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
        found: defaultdict[int, list[Any]] = defaultdict(list)
        make = self.make
        for owner, *values in fetch(self.statement, ids):
            found[owner].append(make(*values))
        return found


def fetch(statement: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose one parameter is a list of ids."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def make_actor(slug: str, name: str, kind: str) -> Row:
    """An actor, in short."""
    return {"slug": slug, "name": name, "kind": kind}


def make_event(pk: int, slug: str, title: str, on: Any, precision: str) -> Row:
    """An event, in short."""
    return {"id": pk, "slug": slug, "title": title, "date": on, "date_precision": precision}
