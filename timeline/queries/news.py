"""What became public, and what changed in it since, between two moments: what digests tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from timeline.filters import EventFilter
from timeline.models import Change, Event, Revision
from timeline.queries.history import select_public_changes
from timeline.queries.selecting import select_events

# What a reader was told and would want put right; words of ours that were polished are not among it.
TOLD_FIELDS = ("title", "kind", "on", "status", "scope", "state")
_TELLING = (Change.Action.CORRECT, Change.Action.MERGE, Change.Action.WITHDRAW)
_LOOKED_AT = 20  # changes for each correction wanted: most change what readers were never told


@dataclass(frozen=True, slots=True)
class News:
    """An event and the moment from which it was public."""

    event_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of an event that had been public. `fields` are (name, before, after)."""

    change_id: int
    event_id: int
    at: datetime
    action: str
    reason: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


def list_news(asked: EventFilter, *, since: datetime, until: datetime) -> list[News]:
    """Events of the filter that became public after `since` and not after `until`, in that order.

    An event becomes public when it is published, or when it is entered where it never was a proposal.
    """
    published = Change.objects.filter(noun=Change.Noun.EVENT, action=Change.Action.PUBLISH)
    moments = dict(published.filter(at__gt=since, at__lte=until).order_by("id").values_list("row_id", "at"))
    entered = Event.objects.published().filter(created_at__gt=since, created_at__lte=until)
    entered = entered.exclude(pk__in=published.values("row_id"))
    moments |= dict(entered.values_list("pk", "created_at"))
    if not moments:
        return []
    wanted = select_events(asked).filter(pk__in=list(moments)).values_list("pk", flat=True)
    return sorted((News(pk, moments[pk]) for pk in wanted), key=lambda news: (news.at, news.event_id))


def list_corrections(*, since: datetime, until: datetime) -> list[Correction]:
    """Changes after `since` and not after `until` of what readers were told of events; oldest first."""
    return _read(select_public_changes().filter(at__gt=since, at__lte=until))


def list_latest_corrections(asked: EventFilter, *, size: int) -> list[Correction]:
    """The latest changes of what readers were told of the filter's events; the latest first.

    Where the filter leaves nothing out, also those of events that were withdrawn or merged since.
    """
    public: Any = Revision.objects.filter(noun=Revision.Noun.EVENT).values("row_id")
    told: Any = select_events(asked).values("pk") if asked.narrows() else public
    telling = (*_TELLING, Change.Action.PUBLISH)
    changes = select_public_changes(returns=True).filter(row_id__in=told, action__in=telling).order_by("-id")
    found: list[Correction] = []
    for row in changes[: size * _LOOKED_AT].iterator(chunk_size=size):
        found += _read_change(row)
        if len(found) == size:
            break
    return found


def get_corrections(change_ids: Iterable[int]) -> list[Correction]:
    """Those changes, oldest first."""
    return _read(Change.objects.filter(pk__in=list(change_ids)))


def list_events_of(event_ids: Iterable[int]) -> list[Event]:
    """Those of the events that are public now, with what an entry shows; the latest first."""
    chosen = Event.objects.published().filter(pk__in=list(event_ids))
    return list(chosen.with_entries().order_by("-on", "-id"))


def name_events(event_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Title and address of events that were public once; the address is "" where one no longer is."""
    rows = Event.objects.filter(pk__in=list(event_ids))
    return {row.pk: (row.title, row.get_absolute_url() if row.state == "published" else "") for row in rows}


def _read(changes: Any) -> list[Correction]:
    rows = changes.filter(noun=Change.Noun.EVENT, action__in=_TELLING).order_by("id")
    return [found for row in rows for found in _read_change(row)]


def _read_change(row: Change) -> list[Correction]:
    """The change as a correction; nothing where it corrects nothing that readers were told."""
    fields = tuple(_list_fields(row.before, row.after))
    tells = fields or row.action != Change.Action.CORRECT
    return [Correction(row.pk, row.row_id, row.at, row.action, row.reason, fields)] if tells else []


def _list_fields(before: dict[str, Any], after: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for name in TOLD_FIELDS:
        if name in after and before.get(name) != after[name]:
            yield name, str(before.get(name, "")), str(after[name])
