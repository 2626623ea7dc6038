"""Events as entries of a list: HTML that is written once and shown until the event changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from timeline.filters import EventFilter
from timeline.queries import events
from timeline.queries.entries import Line, read_entries
from timeline.queries.paging import BY_DATE, Page, cut_rows
from timeline.queries.stamps import make_each
from timeline.shelf import Shelf
from timeline.templatetags.compiled import get_macro
from timeline.templatetags.links import find_ends

ENTRIES = 30  # of a page
_WRITTEN = Shelf[str](share=0.25)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as HTML, and the day under which it stands."""

    on: date
    precision: str
    html: str


@dataclass(frozen=True, slots=True)
class Style:
    """How entries are written.

    `dates` is the style of their dates: short, or month where the month's name stands above. `q` are the words that are
    marked, `in_dispute` says that the page names their dispute.
    """

    dates: str
    q: str = ""
    in_dispute: bool = False


def list_entries(
    asked: EventFilter, *, dates: str, cursor: str = "", size: int = ENTRIES, first: Collection[int] | None = None
) -> Page[Any]:
    """One page of the filter's entries; words found are marked.

    Args:
        dates: as in `Style`.
        first: as of `events.list_heads`.

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    style = Style(dates, asked.q)
    page: Page[Any]
    if asked.q and asked.order == "newest" and first is not None and not cursor:
        page = _read_first(asked.q, first, size)
        found = dict(_write_lines(style, page.rows))
    else:
        page = events.list_heads(asked, cursor=cursor, size=size, first=first)
        found = write_entries([row.pk for row in page.rows], style)
    rows = [Entry(row.on, row.precision, found[row.pk]) for row in page.rows if row.pk in found]
    return Page(rows, page.next, page.previous)


def _read_first(q: str, first: Collection[int], size: int) -> Page[Any]:
    """The first page of a search whose events are known. None of its entries are held, so each is read whole."""
    lines = sorted(read_entries(first, q), key=lambda line: (line.on, line.pk), reverse=True)
    return cut_rows(lines, BY_DATE, size)


def write_entries(ids: Collection[int], style: Style) -> dict[int, str]:
    """The entries of the events with those ids that are public, as HTML. None are held that mark a search's words."""
    return make_each(ids, _WRITTEN, None if style.q else (style, get_script_prefix()), partial(_write, style))


def _write(style: Style, ids: list[int]) -> Iterator[tuple[int, str]]:
    return _write_lines(style, read_entries(ids, style.q))


def _write_lines(style: Style, lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    write, ends = get_macro("timeline/entry.jinja", "entry"), find_ends()
    for line in lines:
        yield line.pk, SafeString(write(line, style.dates, bool(style.q), style.in_dispute, ends))
