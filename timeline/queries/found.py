"""The newest of what words find, without looking at all that they find.

Words may stand in a hundred thousand events, and each has to be looked at to be put in order, or passed by where the
list is walked by date. So the newest months are asked first: where they hold enough, these are the newest of all.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from timeline.queries.prepared import ask
from timeline.querysets import EventQuerySet

FIRST_DAYS, MORE_DAYS = 30, 1500  # before the newest event; of more days the index would go through too many months
_SMALL = 20_000  # events that can all be looked at in the time that asking month by month takes
_SIZE_SECONDS = 600
_LAST_DAY = 'SELECT "on" FROM timeline_event WHERE state = \'published\' ORDER BY "on" DESC, id DESC LIMIT 1'
_SPARE = 2  # how many times as many days as should hold enough


def find_newest(events: EventQuerySet, number: int, until: date | None = None) -> list[int]:
    """The ids of the newest `number` of events that words or actors find, none after `until`, the newest first."""
    newest: Any = events.order_by("-on", "-id").values_list("pk", flat=True)
    last, days = min(_find_last_day(), until or date.max), FIRST_DAYS
    for _ in range(3):
        ids = list(_take_newest(newest, last, days)[:number])
        if len(ids) == number:
            return ids
        days = int(days * _SPARE * number / max(len(ids), 1))  # as thick as they lie there they may lie before
        if days > MORE_DAYS:
            break
    return list(newest[:number])


def is_small() -> bool:
    """Whether all that words find may be looked at: the record has few events. Told by PostgreSQL's own estimate."""
    return _guess_size(connection.alias, int(time.monotonic() // _SIZE_SECONDS)) < _SMALL


@lru_cache(maxsize=4)
def _guess_size(alias: str, span: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'timeline_event'::regclass")
        return int(cursor.fetchone()[0])


def _find_last_day() -> date:
    """The day of the newest event."""
    return next((day for (day,) in ask(_LAST_DAY)), date.min)


def _take_newest(events: Any, last: date, days: int) -> Any:
    """Those of the events that lie in the months of the days before `last`."""
    return events.among_months(last - min(timedelta(days), last - date.min), last)
