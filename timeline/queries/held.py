"""What was made of the whole record, held in this process until the record changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

from timeline.queries.version import get_version

_Thing = TypeVar("_Thing")


class Held(Generic[_Thing]):
    """Things by name, all of one version of the record; the first that is asked for at another version drops them.

    The version is read before a thing is made, so a thing is as new as its version, or newer; and once a change is
    committed, nobody is given what was made before. Threads may share it. Without ROWS_MEGABYTES nothing is held.
    """

    def __init__(self) -> None:
        self._held: tuple[int | None, dict[Hashable, _Thing]] = (None, {})

    def get(self, name: Hashable, make: Callable[[], _Thing]) -> _Thing:
        """The thing of that name; `make` makes it where it is not held. There have to be few names."""
        if not settings.ROWS_MEGABYTES:
            return make()
        version = get_version()
        of, things = self._held
        if of != version:
            things = {}
            self._held = (version, things)
        if name not in things:
            things[name] = make()
        return things[name]
