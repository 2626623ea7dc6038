"""Events as the API, the exports and the dumps give them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import orjson
from django.db.models import QuerySet

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.events import SORTS, select_listed
from timeline.queries.history import list_changes_of
from timeline.queries.paging import MOST_ROWS, Page, cut_first, cut_page
from timeline.queries.plain import actors, disputes
from timeline.queries.plain.parts import PARTS, read_event_parts
from timeline.queries.plain.wanted import Row, Wanted, fetch
from timeline.queries.prepared import ask, ask_plainly
from timeline.queries.selecting import select_events
from timeline.queries.stamps import make_each
from timeline.queries.written import write_list
from timeline.shelf import Shelf

FIELDS = (
    "id", "slug", "title", "date", "date_precision", "url", "kind", "status", "summary", "scope", "dispute",
    "participants", "dates", "quotes", "clauses", "sources", "links", "linked_from", "created_at", "updated_at",
)  # fmt: skip
EXPAND = ("participants", "dispute", "history")  # what may be had in full; the last is a field of its own
_COLUMNS = {
    "slug": ("slug",), "url": ("slug",), "title": ("title",), "date": ("on",), "date_precision": ("precision",),
    "kind": ("kind",), "status": ("status",), "summary": ("summary",), "scope": ("scope",),
    "dispute": ("dispute__slug", "dispute__title"), "created_at": ("created_at",), "updated_at": ("updated_at",),
}  # fmt: skip
_PUBLIC = "SELECT id FROM timeline_event WHERE slug = %s AND state = 'published'"
_WRITTEN = Shelf[bytes](share=0.5)
_PARTICIPANT_IDS = (
    "SELECT p.event_id, p.actor_id, p.role FROM timeline_participation p "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id"
)


def list_events(asked: EventFilter, wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of the filter's events.

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    sort = SORTS[asked.order]
    rows: Any = select_listed(asked, cursor, size)
    page = cut_page(_choose(rows, wanted, sort.field), sort, cursor, size)
    return Page(fill_rows(page.rows, wanted), page.next, page.previous)


def list_written(asked: EventFilter, wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """As `list_events`, each row as JSON already where something hangs on it; what an event has itself is read anew."""
    if not PARTS.intersection(wanted.fields):
        return list_events(asked, wanted, cursor=cursor, size=size)
    page = _list_ids(asked, cursor, size)
    return Page(write_rows(page.rows, wanted), page.next, page.previous)


def _list_ids(asked: EventFilter, cursor: str, size: int) -> Page[Any]:
    """The page as ids; by a statement that was written already, where there is one for this filter."""
    written = None if cursor else write_list(asked, size + 1)
    if written is not None:
        rows: Any = ask_plainly(*written) if asked.narrows() else ask(*written)
        return cut_first(rows, size)
    sort, rows = SORTS[asked.order], select_listed(asked, cursor, size)
    page = cut_page(rows.values_list("pk", sort.field, named=True), sort, cursor, size)
    return Page([row.pk for row in page.rows], page.next, page.previous)


def write_rows(ids: Sequence[int], wanted: Wanted) -> list[orjson.Fragment]:
    """The published ones of the events with those ids, as JSON; what was written before is taken as it is."""
    shape = None if wanted.expand else (wanted.fields, wanted.base)
    found = make_each(ids, _WRITTEN, shape, partial(_write, wanted))
    return [orjson.Fragment(found[pk]) for pk in ids if pk in found]


def _write(wanted: Wanted, ids: list[int]) -> Iterator[tuple[int, bytes]]:
    heads = list(_choose(Event.objects.published().filter(pk__in=ids), wanted))
    for head, row in zip(heads, fill_rows(heads, wanted), strict=True):
        yield head.pk, orjson.dumps(row, option=orjson.OPT_UTC_Z)


def read_events(events: QuerySet[Event], wanted: Wanted) -> list[Row]:
    """All of `events`, in their order."""
    return fill_rows(list(_choose(events, wanted)), wanted)


def find_public(slug: str) -> list[int]:
    """The id of the published event with that slug, if there is one."""
    return [pk for (pk,) in ask(_PUBLIC, [slug])]


def count_events(asked: EventFilter) -> int:
    """How many there are, all of them counted."""
    return int(select_events(asked).order_by().count())


def iterate_events(asked: EventFilter, wanted: Wanted) -> Iterator[Row]:
    """All events of a filter, a page of them in memory at a time."""
    page = list_events(asked, wanted, size=MOST_ROWS)
    yield from page.rows
    while page.next:
        page = list_events(asked, wanted, cursor=page.next, size=MOST_ROWS)
        yield from page.rows


def _choose(events: Any, wanted: Wanted, *more: str) -> Any:
    columns = dict.fromkeys(("pk", *more, *wanted.list_columns(_COLUMNS)))
    return events.values_list(*columns, named=True)


def fill_rows(heads: Sequence[Any], wanted: Wanted) -> list[Row]:
    """The wanted fields of events, whose own columns are read already."""
    ids = [head.pk for head in heads]
    parts: dict[str, Any] = read_event_parts(wanted.fields, ids) if ids else {}
    if "participants" in wanted.expand and "participants" in parts:
        parts["participants"] = _read_full_participants(ids, wanted)
    if "history" in wanted.expand:
        parts["history"] = list_changes_of(ids)
    full = _read_full_disputes(heads, wanted) if "dispute" in wanted.expand and "dispute" in wanted.fields else {}
    names = (*wanted.fields, *(("history",) if "history" in wanted.expand else ()))
    makers = [(name, _make_reader(name, parts, full, wanted.base)) for name in names]
    return [{name: read(head) for name, read in makers} for head in heads]


def _make_reader(name: str, parts: dict[str, Any], full: dict[str, Row], base: str) -> Callable[[Any], Any]:
    """What takes a field's value from an event's own columns and parts."""
    if name in parts:
        return lambda head: parts[name].get(head.pk, _NOTHING)
    if name == "url":
        return lambda head: f"{base}/events/{head.slug}/"
    if name == "dispute":
        return lambda head: _read_dispute(head, full)
    return attrgetter(_NAMES.get(name, name))


def _read_dispute(head: Any, full: dict[str, Row]) -> Row | None:
    slug = head.dispute__slug
    return full.get(slug) or {"slug": slug, "title": head.dispute__title} if slug else None


_NAMES = {"id": "pk", "date": "on", "date_precision": "precision"}
_NOTHING: list[Row] = []


def _read_full_participants(ids: Sequence[int], wanted: Wanted) -> dict[int, list[Row]]:
    (rows,) = fetch([_PARTICIPANT_IDS], ids)
    known = actors.read_actors({actor for _, actor, _ in rows}, wanted.narrow(actors.FIELDS))
    found: dict[int, list[Row]] = {}
    for event, actor, role in rows:
        found.setdefault(event, []).append({"actor": known[actor], "role": role})
    return found


def _read_full_disputes(heads: Sequence[Any], wanted: Wanted) -> dict[str, Row]:
    slugs = {head.dispute__slug for head in heads if head.dispute__slug}
    return disputes.read_disputes(slugs, wanted.narrow(disputes.FIELDS)) if slugs else {}
