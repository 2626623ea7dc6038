"""Events as entries of a list: HTML that is written once and shown until the event changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.template.loader import render_to_string

from timeline.filters import EventFilter
from timeline.queries import events
from timeline.queries.paging import Page
from timeline.queries.stamps import make_each
from timeline.shelf import Shelf

_WRITTEN = Shelf[str](share=0.25)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as HTML, and the day under which it stands."""

    on: date
    precision: str
    html: str


def list_entries(asked: EventFilter, *, dates: str, cursor: str = "", size: int = 30) -> Page[Any]:
    """One page of the filter's entries; words found are marked.

    Args:
        dates: the style of their dates: short, or month where the month's name stands above.

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    if asked.q:  # each search marks other words
        page: Page[Any] = events.list_events(asked, cursor=cursor, size=size)
        found = dict(_write(dates, page.rows))
    else:
        page = events.list_heads(asked, cursor=cursor, size=size)
        found = make_each([row.pk for row in page.rows], _WRITTEN, dates, partial(_read_and_write, dates))
    rows = [Entry(row.on, row.precision, found[row.pk]) for row in page.rows if row.pk in found]
    return Page(rows, page.next, page.previous)


def _read_and_write(dates: str, ids: list[int]) -> Iterator[tuple[int, str]]:
    return _write(dates, events.read_lines(ids))


def _write(dates: str, rows: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for event in rows:
        yield event.pk, render_to_string("timeline/_entry.html", {"event": event, "dates": dates})
