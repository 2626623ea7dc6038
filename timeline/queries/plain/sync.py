"""What changed since a place in the record's own order of changes: nothing missed, nothing twice.

The database notes each change with the number of its transaction (migration 0006). A reader takes the notes in that
order, and only those below the horizon: numbers of which no transaction runs any more, so that none can appear later
before the place that the reader has reached. A row that changed several times is told of once, at its last place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter
from timeline.models import Actor, Dispute, Event, Redirect, Revision
from timeline.queries.plain import actors, disputes, events
from timeline.queries.plain.wanted import Row, Wanted, make_event
from timeline.queries.selecting import select_events

# A note is written before others can see it: how long the longest transaction may take.
_MARGIN = timedelta(hours=1)
_PLACE = re.compile(r"s([0-9]{1,18})-([0-9]{1,18})")
_CHANGED = """
    SELECT r.position, r.row_id FROM timeline_revision r
    WHERE r.noun = %(noun)s AND (r.position, r.row_id) > (%(position)s, %(row)s) AND r.position < timeline_horizon()
    AND NOT EXISTS (
        SELECT 1 FROM timeline_revision n WHERE n.noun = r.noun AND n.row_id = r.row_id
        AND n.position > r.position AND n.position < timeline_horizon()
    )
    ORDER BY r.position, r.row_id LIMIT %(size)s
"""


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows as they are now, what is left of those that are gone, the place after them, and whether there are more."""

    rows: list[Row]
    removed: list[Row]
    place: str
    more: bool


def list_changed_events(asked: EventFilter, wanted: Wanted, *, since: datetime, place: str, size: int) -> Changes:
    """Events that changed after `place`, or since about `since` where it is "".

    Those that the filter leaves out count as gone: they may have been in it before.

    Raises:
        InvalidFilter: `place` is none of this list's.
    """
    found, last, more = _list_changed(Revision.Noun.EVENT, since, place, size)
    chosen: Any = select_events(replace(asked, order="newest")).filter(pk__in=found)
    rows = _read_in_order(found, chosen, wanted, events.read_events)
    return Changes(list(rows.values()), _tell_removed([pk for pk in found if pk not in rows]), last, more)


def list_changed_actors(wanted: Wanted, *, since: datetime, place: str, size: int) -> Changes:
    """The same of actors."""
    found, last, more = _list_changed(Revision.Noun.ACTOR, since, place, size)
    rows = _read_in_order(found, Actor.objects.published().filter(pk__in=found), wanted, actors.list_rows)
    slugs = dict(Actor.objects.filter(pk__in=found).values_list("pk", "slug"))
    return Changes(list(rows.values()), _tell_named([pk for pk in found if pk not in rows], slugs), last, more)


def list_changed_disputes(wanted: Wanted, *, since: datetime, place: str, size: int) -> Changes:
    """The same of disputes."""
    found, last, more = _list_changed(Revision.Noun.DISPUTE, since, place, size)
    rows = _read_in_order(found, Dispute.objects.filter(pk__in=found), wanted, disputes.list_rows)
    return Changes(list(rows.values()), _tell_named([pk for pk in found if pk not in rows], {}), last, more)


def find_place(noun: str) -> str:
    """The place after all that has changed so far: from there on, whoever has the record now misses nothing."""
    statement = "SELECT max(position) FROM timeline_revision WHERE noun = %s AND position < timeline_horizon()"
    with connection.cursor() as cursor:
        cursor.execute(statement, [noun])
        (last,) = cursor.fetchone()
    return f"s{last or 0}-{10**18 - 1}"


def _list_changed(noun: str, since: datetime, place: str, size: int) -> tuple[list[int], str, bool]:
    position, row = _read_place(place) if place else (_find_start(noun, since), 0)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"noun": noun, "position": position, "row": row, "size": size + 1})
        found = cursor.fetchall()
    shown = found[:size]
    if shown:
        position, row = shown[-1]
    return [pk for _, pk in shown], f"s{position}-{row}", len(found) > size


def _find_start(noun: str, since: datetime) -> int:
    """A position before all changes since that moment."""
    try:
        earliest = since - _MARGIN
    except OverflowError:
        return 0
    changed = Revision.objects.filter(noun=noun, at__gte=earliest).order_by("position")
    first = changed.values_list("position", flat=True).first()
    if first is None:
        return _read_place(find_place(noun))[0] - 1
    return first - 1


def _read_place(text: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(text)
    if not found:
        raise InvalidFilter({"cursor": "is not a place in this list; follow the links next and later"})
    return int(found[1]), int(found[2])


def _read_in_order(found: Sequence[int], chosen: Any, wanted: Wanted, read: Any) -> dict[int, Row]:
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    rows = dict(zip(ids, read(chosen.model.objects.filter(pk__in=ids).order_by("pk"), wanted), strict=True))
    return {pk: rows[pk] for pk in found if pk in rows}


def _tell_named(ids: Sequence[int], slugs: dict[int, str]) -> list[Row]:
    return [{"id": pk, "slug": slugs.get(pk), "reason": "withdrawn", "into": None} for pk in ids]


def _tell_removed(ids: Sequence[int]) -> list[Row]:
    """Why events are not in the list any more, and into which of today's events they were merged."""
    known = {
        pk: (slug, state) for pk, slug, state in Event.objects.filter(pk__in=ids).values_list("pk", "slug", "state")
    }
    moved = Redirect.objects.filter(slug__in=[slug for slug, _ in known.values()], to__state="published")
    columns = ("slug", "to__id", "to__slug", "to__title", "to__on", "to__precision")
    merged = {slug: make_event(*event) for slug, *event in moved.values_list(*columns)}
    return [_tell_one(pk, *known.get(pk, (None, "")), merged) for pk in ids]


def _tell_one(pk: int, slug: str | None, state: str, merged: dict[str, Row]) -> Row:
    into = merged.get(slug or "")
    reason = "outside-the-filter" if state == "published" else "merged" if into else "withdrawn"
    return {"id": pk, "slug": slug, "reason": reason, "into": into if reason == "merged" else None}
