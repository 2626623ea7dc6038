"""Events as entries of a list: HTML that is written once and shown until the event changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from markupsafe import escape

from timeline.filters import EventFilter
from timeline.marks import BETWEEN
from timeline.queries import events
from timeline.queries.entries import read_entries
from timeline.queries.paging import BY_DATE, Page, cut_rows
from timeline.queries.stamps import make_each
from timeline.queries.stems import read_stems, read_wanted
from timeline.shelf import Shelf
from timeline.templatetags.compiled import get_macro
from timeline.templatetags.links import find_ends
from timeline.templatetags.record import marked

ENTRIES = 30  # of a page
_WRITTEN = Shelf[str](share=0.25)
_BEFORE_HTML = 4  # pieces of what is held


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


class _Written(NamedTuple):
    """An entry that is held: its day, title and summary, and its HTML in pieces, so that words can be marked in it."""

    pk: int
    on: date
    precision: str
    texts: tuple[str, str]  # title and summary, as they are in the record
    html: list[str]  # before the title, the title, between, the summary, behind it; escaped, with no words marked


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
        rows = [_read(pk, text) for pk, text in _find(first, style).items()]
        page = cut_rows(sorted(rows, key=lambda row: (row.on, row.pk), reverse=True), BY_DATE, size)
        found = _mark(page.rows, asked.q)
    else:
        page = events.list_heads(asked, cursor=cursor, size=size, first=first)
        found = write_entries([row.pk for row in page.rows], style)
    entries = [Entry(row.on, row.precision, found[row.pk]) for row in page.rows if row.pk in found]
    return Page(entries, page.next, page.previous)


def write_entries(ids: Collection[int], style: Style) -> dict[int, str]:
    """The entries of the events with those ids that are public, as HTML."""
    found = _find(ids, style)
    if style.q:
        return _mark([_read(pk, text) for pk, text in found.items()], style.q)
    return {pk: SafeString("".join(text.split(BETWEEN)[_BEFORE_HTML:])) for pk, text in found.items()}


def _find(ids: Collection[int], style: Style) -> dict[int, str]:
    """The entries of the events with those ids that are public, as they are held: without marks, for all searches."""
    plain = replace(style, q="")
    return make_each(ids, _WRITTEN, (plain, get_script_prefix()), partial(_write, plain))


def _write(style: Style, ids: list[int]) -> Iterator[tuple[int, str]]:
    write, ends = get_macro("timeline/entry.jinja", "entry"), find_ends()
    for line in read_entries(ids):
        blank = line._replace(title=BETWEEN, summary=line.summary and BETWEEN)
        before, *pieces = write(blank, style.dates, style.in_dispute, ends).split(BETWEEN)
        between, behind = pieces if line.summary else (*pieces, "")
        html = (before, str(escape(line.title)), between, str(escape(line.summary)), behind)
        yield line.pk, BETWEEN.join((line.on.isoformat(), line.precision, line.title, line.summary, *html))


def _read(pk: int, text: str) -> _Written:
    on, precision, title, summary, *html = text.split(BETWEEN)
    return _Written(pk, date.fromisoformat(on), precision, (title, summary), html)


def _mark(found: Collection[_Written], q: str) -> dict[int, str]:
    """The entries as HTML by the ids of their events, with the words of `q` marked."""
    told = iter(read_wanted(q).mark([text for row in found for text in row.texts], read_stems))
    for row in found:
        row.html[1], row.html[3] = marked(next(told)), marked(next(told))
    return {row.pk: SafeString("".join(row.html)) for row in found}
