"""What a subscription would have brought in the past weeks: the same windows and choices as what is sent.

It judges by the record as it stands: an event that was withdrawn since, or no longer fits the filter, is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from digests.choosing import Choice, Told, choose
from digests.errors import Refused
from digests.windows import Schedule, next_window
from timeline.filters import EventFilter
from timeline.queries.news import list_corrections, list_news

WEEKS: Final = 4
MOST_MAILS: Final = 60  # in WEEKS, two a day; more is a flood
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The mails of some past weeks, oldest first: each window with what it would have told."""

    mails: tuple[tuple[datetime, Choice], ...]

    @property
    def events(self) -> int:
        """How many events they tell of."""
        return sum(len(choice.event_ids) for _, choice in self.mails)

    @property
    def last(self) -> Choice:
        """The contents of the last mail, empty where there is none."""
        return self.mails[-1][1] if self.mails else Choice()


def make_forecast(asked: EventFilter, schedule: Schedule, now: datetime, *, weeks: int = WEEKS) -> Forecast:
    """What somebody who had subscribed so many weeks before `now` would have been sent until now."""
    start = now - timedelta(weeks=weeks)
    news, corrections = list_news(asked, since=start, until=now), list_corrections(since=start, until=now)
    # Only windows before which something happened can tell of anything; at-once has thousands of others.
    moments = {row.at for row in news} | {row.at for row in corrections}
    windows = {next_window(schedule, moment - _INSTANT) for moment in moments}
    told: dict[int, datetime] = {}
    changes: set[int] = set()
    mails = []
    for window in sorted(moment for moment in windows if moment <= now):
        choice = choose(news, corrections, Told(told, frozenset(changes)), since=start, until=window)
        if choice:
            mails.append((window, choice))
        told |= dict.fromkeys(choice.event_ids, window)
        changes |= set(choice.change_ids)
    return Forecast(tuple(mails))


def refuse_flood(forecast: Forecast, schedule: Schedule) -> None:
    """Refuse what nobody would want to receive.

    Raises:
        Refused: it would be more than MOST_MAILS in WEEKS; the message says what would not be.
    """
    number = len(forecast.mails)
    if number > MOST_MAILS:
        raise Refused(
            f"In the past four weeks this would have been {number} mails. Choose “daily”, which makes one mail of each "
            "day, or narrow what you want to be told of."
        )
