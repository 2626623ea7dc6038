"""When digests are due: at an hour of the reader's own clock, through every change of it.

A window is the moment at which a digest is due; it tells of what became public since the window before. Where the clock
jumps over the hour (spring), the window is later by the jump; where the hour comes twice (autumn), it is the first of
the two (both as RFC 5545, 3.3.5, reads such times). A month too short for the day has its window on its last day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BATCH: Final = timedelta(minutes=5)  # alerts "at once" are gathered for so long
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_REACH: Final = {"daily": 2, "weekly": 2, "monthly": 2}  # periods looked at on either side of the day


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and when.

    Attributes:
        rhythm: at-once, daily, weekly or monthly.
        zone: IANA name of the reader's time zone.
        hour: 0-23 of the local clock; at-once has no use for it, nor for what follows.
        weekday: 0 for Monday to 6; weekly only.
        day: of the month, 1-31; monthly only.
    """

    rhythm: str
    zone: str = "UTC"
    hour: int = 8
    weekday: int = 0
    day: int = 1


def find_window(schedule: Schedule, now: datetime) -> datetime:
    """The latest window that is not after `now`, in UTC. However many were missed, only this one is due."""
    if schedule.rhythm == "at-once":
        return now.astimezone(UTC) - (now - _EPOCH) % BATCH
    return max(moment for moment in _list_moments(schedule, now) if moment <= now)


def next_window(schedule: Schedule, now: datetime) -> datetime:
    """The first window after `now`, in UTC."""
    if schedule.rhythm == "at-once":
        return find_window(schedule, now) + BATCH
    return min(moment for moment in _list_moments(schedule, now) if moment > now)


def _list_moments(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """The windows around `now`; at least one on either side."""
    zone = ZoneInfo(schedule.zone)
    today = now.astimezone(zone).date()
    for step in range(-_REACH[schedule.rhythm], _REACH[schedule.rhythm] + 1):
        day = _find_day(schedule, today, step)
        # fold=0 reads a time in a gap by the offset before the jump, and of a time that comes twice the first.
        yield datetime(day.year, day.month, day.day, schedule.hour, tzinfo=zone).astimezone(UTC)


def _find_day(schedule: Schedule, today: date, step: int) -> date:
    """The day of the window that is `step` periods from the period of `today`."""
    if schedule.rhythm == "daily":
        return today + timedelta(days=step)
    if schedule.rhythm == "weekly":
        return today + timedelta(days=schedule.weekday - today.weekday(), weeks=step)
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return date(year, month + 1, min(schedule.day, monthrange(year, month + 1)[1]))
