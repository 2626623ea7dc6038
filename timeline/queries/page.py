"""An event as its page shows it: with its neighbours, its history and what each side says, read by one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.errors import NotFound
from timeline.models import Event
from timeline.queries.history import CHANGES, HistoryEntry, read_changes
from timeline.queries.plain.wanted import fetch
from timeline.queries.prepared import ask
from timeline.queries.quotes import Voice, list_voices_of_event
from timeline.queries.whole import list_statements, put_together

_FIND = "SELECT id FROM timeline_event WHERE slug = %s AND state = 'published'"
_POSITIONS = """
    SELECT s.actor_id, s.position FROM timeline_event e JOIN timeline_side s ON s.dispute_id = e.dispute_id
    WHERE e.id = ANY(%s)
"""
_NEIGHBOUR = """
    SELECT o.slug, o.title, o."on", o.precision FROM timeline_event e CROSS JOIN LATERAL (
        SELECT slug, title, "on", precision FROM timeline_event
        WHERE dispute_id = e.dispute_id AND state = 'published' AND ROW("on", id) {0} ROW(e."on", e.id)
        ORDER BY "on" {1}, id {1} LIMIT 1
    ) o WHERE e.id = ANY(%s)
"""
_BEFORE, _AFTER = _NEIGHBOUR.format("<", "DESC"), _NEIGHBOUR.format(">", "ASC")


class Neighbour(NamedTuple):
    """The event just before or after another one in its dispute."""

    slug: str
    title: str
    on: date
    precision: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """`before` and `after` are None at the ends of the dispute, and where there is none."""

    event: Event
    before: Neighbour | None
    after: Neighbour | None
    voices: list[Voice]
    changes: list[HistoryEntry]


def read_page(slug: str) -> EventPage:
    """The published event with everything that is public about it, and what stands around it.

    Raises:
        NotFound: there is none.
    """
    ids = [pk for (pk,) in ask(_FIND, [slug])]
    if not ids:
        raise NotFound(slug)
    *rows, positions, before, after, changes = fetch([*list_statements(), _POSITIONS, _BEFORE, _AFTER, CHANGES], ids)
    found = put_together(rows)
    if not found:  # withdrawn between the two questions
        raise NotFound(slug)
    (event,) = found
    return EventPage(
        event,
        Neighbour(*before[0]) if before else None,
        Neighbour(*after[0]) if after else None,
        list_voices_of_event(event, dict(positions)),
        read_changes(changes),
    )
