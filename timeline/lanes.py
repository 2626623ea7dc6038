"""The sequence of a dispute as a picture: a lane for each side, a step for each event, from who acts to who is met.

Across, places are parts of the whole width, so that the picture can be as wide as its marks need on a screen, where it
scrolls, and as narrow as a sheet of paper in print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from timeline.charts import FAMILIES

STEPS = (36, 84)  # dots from one event to the next, at least and at most
WIDTH = 900  # dots that the picture fills where it can
ROW = 40  # dots from one lane to the next
MOST_LANES = 7
_FAMILY = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Lane:
    """Who it is, None for all others; and where its line lies."""

    actor: Any
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: where its step begins, in percent; its lane; where its arrow ends (None: it reaches nobody of the
    lanes), a year that begins.
    """

    event: Any
    family: str
    left: str
    y: int
    tip: int | None
    wing: int
    year: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Lanes and marks; `step` from one mark to the next, in percent; `width` and `height`, in dots."""

    lanes: list[Lane]
    marks: list[Mark]
    step: str
    width: int
    height: int


def draw_lanes(events: Iterable[Any], sides: Iterable[Any]) -> Picture | None:
    """The picture of a dispute's events, oldest first; None where there are not two sides or events to tell apart.

    People and products stand in the lane of whom they belong to; who is on no side, in a last lane of all others.
    """
    actors = [side.actor for side in sides][:MOST_LANES]
    rows = list(events)
    if len(actors) < 2 or len(rows) < 2:
        return None
    places = {actor.pk: number for number, actor in enumerate(actors)}
    steps = [(row, _find_place(row, places, "initiator", "court"), _find_place(row, places, "target")) for row in rows]
    others = len(actors) if any(place is None for _, place, _ in steps) else None
    lanes = [Lane(actor, _middle(number)) for number, actor in enumerate(actors)]
    if others is not None:
        lanes.append(Lane(None, _middle(others)))
    step = min(max(WIDTH // len(rows), STEPS[0]), STEPS[1])
    marks = [_draw_mark(number, steps, others or 0) for number in range(len(steps))]
    return Picture(lanes, marks, _part(1, len(rows)), width=len(rows) * step, height=len(lanes) * ROW)


def _find_place(event: Any, places: dict[int, int], *roles: str) -> int | None:
    """The lane of the first who has one of the roles and is on a side, or belongs to one who is."""
    for part in event.participations.all():
        if part.role in roles:
            for pk in (part.actor_id, part.actor.parent_id):
                if pk in places:
                    return places[pk]
    return None


def _draw_mark(number: int, steps: list[tuple[Any, int | None, int | None]], others: int) -> Mark:
    event, place, target = steps[number]
    y = _middle(others if place is None else place)
    tip, wing = None, 0
    if target is not None and _middle(target) != y:
        down = 1 if _middle(target) > y else -1
        tip, wing = _middle(target), _middle(target) - 5 * down
    year = str(event.on.year) if number == 0 or steps[number - 1][0].on.year != event.on.year else ""
    return Mark(event, _FAMILY[event.kind], _part(number, len(steps)), y, tip, wing, year)


def _part(number: int, whole: int) -> str:
    return f"{100 * number / whole:.3f}%"


def _middle(place: int) -> int:
    return place * ROW + ROW // 2
