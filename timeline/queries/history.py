"""What changed in an event, as far as it is anybody's business."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from timeline.addresses import NO_ADDRESS, is_stand_in
from timeline.errors import NotFound
from timeline.models import Change, Event
from timeline.models.common import RECORD
from timeline.queries.paging import BY_ID, Page, cut_page

# Other fields name rows that may not be public, or count what waits for an editor.
_PUBLIC_FIELDS = {
    "title": "headline",
    "on": "date",
    "precision": "exactness of the date",
    "kind": "kind",
    "status": "status",
    "summary": "summary",
    "scope": "scope",
    "dispute": "dispute",
    "slug": "address",
    "participants": "who takes part",
    "dates": "dates ahead",
    "quotes": "quotes",
    "clauses": "clauses",
    "sources": "sources",
    "article": "source",
}


_GONE = Q(action=Change.Action.WITHDRAW, before__state=Event.State.PUBLISHED)

# What changed in events, by their ids.
CHANGES = """
    SELECT at, action, by, reason, before, after FROM timeline_change
    WHERE noun = 'event' AND row_id = ANY(%s) ORDER BY id DESC
"""


class _Change(NamedTuple):
    at: datetime
    action: str
    by: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after: each the parts that the other lacks, one text for fields that hold one value."""

    field: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change. `by` says what kind of hand it was (record, pipeline, editor), not whose."""

    at: datetime
    action: str
    by: str
    reason: str
    differences: list[Difference]


def read_changes(rows: Iterable[Sequence[Any]]) -> list[HistoryEntry]:
    """What changed in an event, newest first, of rows of CHANGES; corrections of nothing public are left out."""
    entries = [_read_change(_load(*row)) for row in rows]
    return [entry for entry in entries if entry.differences or entry.action != Change.Action.CORRECT]


def list_changes_of(event_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The same of many events, as plain values, by the event's id."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in Change.objects.filter(noun=Change.Noun.EVENT, row_id__in=list(event_ids)):
        entry = _read_change(row)
        if entry.differences or entry.action != Change.Action.CORRECT:
            found.setdefault(row.row_id, []).append(asdict(entry))
    return found


def get_withdrawal(slug: str) -> HistoryEntry:
    """The change that withdrew the event that was public at this address.

    Raises:
        NotFound: there is none.
    """
    event = Event.objects.withdrawn().filter(slug=slug).values("pk")
    changes = Change.objects.filter(noun=Change.Noun.EVENT, row_id__in=event, action=Change.Action.WITHDRAW)
    row = changes.filter(before__state=Event.State.PUBLISHED).order_by("-pk").first()
    if row is None:
        raise NotFound(slug)
    return _read_change(row)


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """A change of an entry that had been public. `title` is its address, and `path` "", where it is public no more."""

    pk: int
    at: datetime
    title: str
    path: str
    entry: HistoryEntry


def list_corrections(*, cursor: str = "", size: int = 40) -> Page[Any]:
    """One page of what was changed in public entries, the latest first.

    Raises:
        InvalidFilter: the cursor is none of this list's.
    """
    page = cut_page(_select_corrections(), BY_ID, cursor, size)
    events = Event.objects.published().in_bulk([row.row_id for row in page.rows])
    rows = [_read_correction(row, events.get(row.row_id)) for row in page.rows]
    return Page(rows, page.next, page.previous)


def select_public_changes(*, returns: bool = False) -> QuerySet[Change]:
    """Changes of events that were public at that time, which is what the next change of their state says of before.

    With `returns` also those by which an event that was taken off the record became public again.
    """
    changes = Change.objects.filter(noun=Change.Noun.EVENT)
    turns = changes.filter(row_id=OuterRef("row_id"), pk__gte=OuterRef("pk"), before__has_key="state").order_by("pk")
    then = Subquery(turns.values_list(KeyTextTransform("state", "before"))[:1], output_field=CharField())
    now = Subquery(Event.objects.filter(pk=OuterRef("row_id")).values("state"), output_field=CharField())
    public: Any = Q(state_then=Event.State.PUBLISHED)
    if returns:
        gone = changes.filter(_GONE, row_id=OuterRef("row_id"), pk__lt=OuterRef("pk"))
        public |= Q(action=Change.Action.PUBLISH) & Exists(gone)
    return changes.alias(state_then=Coalesce(then, now)).filter(public)


def _select_corrections() -> QuerySet[Change]:
    """Changes of public events, of what the public sees; what the pipeline proposes is none."""
    public = Event.objects.published().filter(pk=OuterRef("row_id"))
    told = list(_PUBLIC_FIELDS)
    seen = Q(before__has_any_keys=told) | Q(after__has_any_keys=told)
    whole = (Change.Action.MERGE, Change.Action.SPLIT, Change.Action.PUBLISH)
    told_again = Q(action=Change.Action.CORRECT) & seen | Q(action__in=whole)
    changes = select_public_changes(returns=True).exclude(by=RECORD)
    return changes.filter(_GONE | (told_again & Exists(public)))


def _read_correction(row: Change, event: Event | None) -> PublicCorrection:
    title, path = (event.title, event.get_absolute_url()) if event else (row.slug, "")
    return PublicCorrection(row.pk, row.at, title, path, _read_change(row))


def _load(at: datetime, action: str, by: str, reason: str, before: str, after: str) -> _Change:
    return _Change(at, action, by, reason, json.loads(before), json.loads(after))


def _read_change(row: Change | _Change) -> HistoryEntry:
    names = () if row.action == Change.Action.CREATE else _PUBLIC_FIELDS  # an entry begins with all that it says
    differences = [_compare(name, row.before.get(name), row.after.get(name)) for name in names]
    changed = [difference for difference in differences if difference.before or difference.after]
    return HistoryEntry(row.at, row.action, re.split("[ :]", row.by)[0], row.reason, changed)


def _compare(name: str, before: Any, after: Any) -> Difference:
    old, new = _list_texts(before), _list_texts(after)
    return Difference(_PUBLIC_FIELDS[name], _leave_out(old, new), _leave_out(new, old))


def _list_texts(value: Any) -> list[str]:
    """The texts of a field's value: of each part where it has parts."""
    parts = value if isinstance(value, list) else [value]
    texts = [" ".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in parts if part]
    return [NO_ADDRESS if is_stand_in(text) else text for text in texts]


def _leave_out(texts: list[str], others: Iterable[str]) -> list[str]:
    left_out = set(others)
    return [text for text in texts if text not in left_out]
