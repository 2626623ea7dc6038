"""Lists by key: a page begins after the sort key and id of a row, so that no page costs more than the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    FloatField,
    Func,
    Model,
    QuerySet,
    Value,
)
from django.db.models.lookups import GreaterThan, LessThan

from timeline.errors import InvalidFilter

MOST_ROWS = 200  # of one page
_LARGEST_ID = 2**63 - 1

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows: by a field or annotation, then by id, both in one direction."""

    field: str
    output: Field[Any, Any]
    parse: Callable[[str], Any]
    descending: bool = True


BY_DATE = Sort("on", DateField(), date.fromisoformat)
BY_DATE_OLDEST = replace(BY_DATE, descending=False)
BY_UPDATE = Sort("updated_at", DateTimeField(), datetime.fromisoformat)
BY_RANK = Sort("rank", FloatField(), float)
BY_MOVE = Sort("moved", DateField(), date.fromisoformat)
BY_CONFIDENCE = Sort("confidence", FloatField(), float)
BY_ID = Sort("pk", BigIntegerField(), int)
BY_NAME = Sort("sort_name", CharField(), str, descending=False)


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some rows of a list. `next` and `previous` are the cursors of the pages around it, "" at the list's ends."""

    rows: list[_Row]
    next: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a page begins: after a key, or before it (`back`)."""

    key: Any
    pk: int
    back: bool


def cut_page(rows: QuerySet[_Row], sort: Sort, cursor: str, size: int) -> Page[_Row]:
    """The page of `rows` that `cursor` asks for, in the order of `sort`; the first where it is "".

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    if not cursor:
        return _cut_forward(rows, sort, size)
    place = _parse_cursor(cursor, sort)
    found = _cut(rows, sort, place, size)
    more = len(found) > size
    found = found[:size]
    if not place.back:
        return _make_page(found, sort, has_next=more, has_previous=True)
    if not more:  # the start of the list: the first page, whole
        return _cut_forward(rows, sort, size)
    return _make_page(found[::-1], sort, has_next=True, has_previous=True)


def cut_first(found: Sequence[tuple[int, Any]], size: int) -> Page[Any]:
    """The first page of a list, as ids, of the ids and keys of the first rows: `size` and one more, if there are."""
    following = _write_cursor(*found[size - 1], back=False) if len(found) > size else ""
    return Page([pk for pk, _ in found[:size]], next=following)


def cut_rows(found: Sequence[Any], sort: Sort, size: int) -> Page[Any]:
    """The same of rows, each with its `pk` and the field that it is sorted by."""
    return _make_page(list(found[:size]), sort, has_next=len(found) > size, has_previous=False)


def _cut_forward(rows: QuerySet[_Row], sort: Sort, size: int) -> Page[_Row]:
    found = _cut(rows, sort, None, size)
    return _make_page(found[:size], sort, has_next=len(found) > size, has_previous=False)


def _cut(rows: QuerySet[_Row], sort: Sort, place: _Cursor | None, size: int) -> list[_Row]:
    """Up to `size` rows from `place` on and one more, which tells that there are more."""
    descending = sort.descending != (place is not None and place.back)
    sign = "-" if descending else ""
    rows = rows.order_by(f"{sign}{sort.field}", f"{sign}id")
    if place is not None:
        compare = LessThan if descending else GreaterThan
        rows = rows.filter(compare(_row(F(sort.field), F("id")), _row(Value(place.key, sort.output), Value(place.pk))))
    return list(rows[: size + 1])


def _row(*parts: Any) -> Func:
    """A row value, compared as a whole, so that one index serves the comparison."""
    return Func(*parts, function="ROW", output_field=BooleanField())


def _make_page(rows: list[_Row], sort: Sort, *, has_next: bool, has_previous: bool) -> Page[_Row]:
    if not rows:
        return Page(rows)
    return Page(
        rows,
        next=_write_cursor(rows[-1].pk, getattr(rows[-1], sort.field), back=False) if has_next else "",
        previous=_write_cursor(rows[0].pk, getattr(rows[0], sort.field), back=True) if has_previous else "",
    )


def _write_cursor(pk: int, key: Any, *, back: bool) -> str:
    text = key.isoformat() if isinstance(key, date) else str(key)
    return f"{'-' if back else ''}{text}~{pk}"


def _parse_cursor(text: str, sort: Sort) -> _Cursor:
    key, _, pk = text.removeprefix("-").rpartition("~")
    try:
        place = _Cursor(sort.parse(key), int(pk), back=text.startswith("-"))
    except ValueError:
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and previous"}) from None
    if not 0 <= place.pk <= _LARGEST_ID or "\x00" in key:
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and previous"})
    return place
