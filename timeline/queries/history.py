"""What changed in an event, as far as it is anybody's business."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from timeline.models import Change, Event

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
    "quotes": "quotes",
    "clauses": "clauses",
    "sources": "sources",
    "article": "source",
}


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


def list_changes(event: Event) -> list[HistoryEntry]:
    """What changed in the event, newest first; corrections of nothing public are left out."""
    rows = Change.objects.filter(noun=Change.Noun.EVENT, row_id=event.pk)
    entries = [_read_change(row) for row in rows]
    return [entry for entry in entries if entry.differences or entry.action != Change.Action.CORRECT]


def list_changes_of(event_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The same of many events, as plain values, by the event's id."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in Change.objects.filter(noun=Change.Noun.EVENT, row_id__in=list(event_ids)):
        entry = _read_change(row)
        if entry.differences or entry.action != Change.Action.CORRECT:
            found.setdefault(row.row_id, []).append(asdict(entry))
    return found


def _read_change(row: Change) -> HistoryEntry:
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
    return [" ".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in parts if part]


def _leave_out(texts: list[str], others: Iterable[str]) -> list[str]:
    left_out = set(others)
    return [text for text in texts if text not in left_out]
