"""Stamps of events: another one whenever something that is shown of the event was changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import TypeVar

from django.conf import settings
from django.db import connection

from timeline.queries.prepared import ask, write_array
from timeline.shelf import Shelf

# The database notes each change of what is shown of an event (migrations 0008, 0010). Notes become visible when their
# transaction commits, in whatever order: their number and the last of them are another pair after each commit.
_STAMPS = (
    "SELECT row_id, count(*), max(position) FROM timeline_revision WHERE noun = 'event' AND row_id = ANY(%s) GROUP BY 1"
)
# Old notes are forgotten after a day (services/revisions.py), and a pair may come back. No stamp lasts so long.
_SECONDS = 3600

Stamp = tuple[int, int, int]
_Thing = TypeVar("_Thing", bytes, str)


def make_each(
    ids: Collection[int],
    shelf: Shelf[_Thing],
    what: Hashable,
    make: Callable[[list[int]], Iterable[tuple[int, _Thing]]],
) -> dict[int, _Thing]:
    """What `make` makes of events, by their ids; what the shelf holds of it already is taken from there.

    Args:
        ids: of the events.
        shelf: where it is held until the event changes.
        what: names what is made: all on which it depends besides the event; None: hold nothing.
        make: makes it of the events with those ids that are public.
    """
    stamps = {} if what is None else read_stamps(ids)
    found = {pk: thing for pk, stamp in stamps.items() if (thing := shelf.get((pk, stamp, what)))}
    missing = [pk for pk in ids if pk not in found]
    for pk, thing in make(missing) if missing else ():
        found[pk] = thing
        if pk in stamps:
            shelf.put((pk, stamps[pk], what), thing)
    return found


def read_stamps(ids: Collection[int]) -> dict[int, Stamp]:
    """The stamps of the events with those ids, read before what they stand for.

    None inside a transaction, where an event may change more than once between two stamps; none where nothing is held.
    """
    if not ids or connection.in_atomic_block or not settings.ROWS_MEGABYTES:
        return {}
    hour = int(time.time() // _SECONDS)
    return {pk: (number, last, hour) for pk, number, last in ask(_STAMPS, [write_array(ids)])}
