"""Which events a digest tells of: the same rules for what is sent and for the forecast before one subscribes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from timeline.queries.news import Correction, News

# A row can appear later than the time it bears, when what wrote it took long. So each window looks back beyond the one
# before it, and leaves out what the reader was told already.
LOOK_BACK: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader was told: event id → the window that told of it, and the changes told of since."""

    events: Mapping[int, datetime] = field(default_factory=dict)
    changes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """The contents of one digest, fixed. Empty ones are not sent."""

    event_ids: tuple[int, ...] = ()
    change_ids: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.event_ids or self.change_ids)


def choose(
    news: Iterable[News], corrections: Iterable[Correction], told: Told, *, since: datetime, until: datetime
) -> Choice:
    """The news of a window that the reader was not told, and the changes of what the reader was told before.

    Args:
        news: events of the reader's filter.
        corrections: changes of any events.
        told: what the reader was told, at least by all windows after `since` and of all events with corrections.
        since: nothing that became public at that moment or before is told.
        until: the window; what becomes public later goes to the next.
    """
    fresh = [row.event_id for row in news if since < row.at <= until and row.event_id not in told.events]
    changes = [
        row.change_id
        for row in corrections
        if row.event_id in told.events
        and told.events[row.event_id] < row.at <= until
        and row.change_id not in told.changes
    ]
    return Choice(tuple(fresh), tuple(changes))
