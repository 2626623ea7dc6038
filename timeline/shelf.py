"""What was made of single events, held in this process for the pages that show them next.

A thing on the shelf is named by the event, by the event's stamp (`queries.stamps`) and by what it is: where the event
changes, its stamp does, and nobody asks for the old thing again. So after a change most of a new page is there already.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

from django.conf import settings

_Thing = TypeVar("_Thing", bytes, str)


class Shelf(Generic[_Thing]):
    """Things by name, the least used of which go when there are too many bytes of them.

    Two halves: what is asked for moves to the young one, and when that is full the old one goes. Threads may share it.
    """

    def __init__(self, share: float) -> None:
        """`share` is the part of ROWS_MEGABYTES that this shelf may take."""
        self._share: Final = share
        self._young: dict[Hashable, _Thing] = {}
        self._old: dict[Hashable, _Thing] = {}
        self._bytes = 0

    def get(self, name: Hashable) -> _Thing | None:
        """The thing of that name, if it is there."""
        found = self._young.get(name)
        if found is None:
            found = self._old.get(name)
            if found is not None:
                self.put(name, found)
        return found

    def put(self, name: Hashable, thing: _Thing) -> None:
        """Hold a thing; without ROWS_MEGABYTES nothing is held."""
        most = settings.ROWS_MEGABYTES * 1_000_000 * self._share / 2
        if self._bytes + len(thing) > most:
            self._old, self._young, self._bytes = self._young, {}, 0
        if len(thing) <= most:
            self._young[name] = thing
            self._bytes += len(thing)
