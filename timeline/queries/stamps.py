"""Stamps of events: another one whenever something that is shown of the event was changed."""

from __future__ import annotations

import time
from collections.abc import Collection

from django.conf import settings
from django.db import connection

# The database notes each change of what is shown of an event (migrations 0008, 0010). Notes become visible when their
# transaction commits, in whatever order: their number and the last of them are another pair after each commit.
_STAMPS = (
    "SELECT row_id, count(*), max(position) FROM timeline_revision WHERE noun = 'event' AND row_id = ANY(%s) GROUP BY 1"
)
# Old notes are forgotten after a day (services/revisions.py), and a pair may come back. No stamp lasts so long.
_SECONDS = 3600

Stamp = tuple[int, int, int]


def read_stamps(ids: Collection[int]) -> dict[int, Stamp]:
    """The stamps of the events with those ids, read before what they stand for.

    None inside a transaction, where an event may change more than once between two stamps; none where nothing is held.
    """
    if not ids or connection.in_atomic_block or not settings.ROWS_MEGABYTES:
        return {}
    hour = int(time.time() // _SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, [list(ids)])
        return {pk: (number, last, hour) for pk, number, last in cursor.fetchall()}
