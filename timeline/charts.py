"""Pictures as numbers: where each bar stands, before a template draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from timeline.filters import EventFilter
from timeline.queries.facets import Month, Months

HEIGHT = 100  # units of the picture; a month is 10 wide
STEP = 10
_SOME = date(1000, 2, 2)  # a day that no filter means
LOWEST_TOP = 4  # events; fewer do not fill the height
MOST_LABELS = 30  # below the picture; of a longer time decades are named, or centuries

# Kinds that read as one in a small picture, from the bottom of a bar to its top.
FAMILIES = {
    "cut": ("revocation", "restriction"),
    "terms": ("terms-change", "price-change"),
    "law": ("lawsuit", "ruling", "regulation"),
    "words": ("accusation", "response"),
    "open": ("restoration", "deal"),
}
_PLACE = {kind: place for place, kinds in enumerate(FAMILIES.values()) for kind in kinds}
FAMILY_NAMES = {
    "cut": "access cut or narrowed",
    "terms": "terms and prices",
    "law": "courts and governments",
    "words": "accusations and answers",
    "open": "access given",
}


class Piece(NamedTuple):
    """A part of a bar, in hundredths of a unit of the picture, from its top."""

    family: str
    y: int
    height: int


class Bar(NamedTuple):
    """One month: where it stands, what it holds, and the query string that narrows to it."""

    x: int
    first: date
    number: int
    pieces: tuple[Piece, ...]
    query: str
    chosen: bool


class Year(NamedTuple):
    """A label below twelve months, or below ten or a hundred years."""

    century: str
    short: str
    number: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """Months stacked by family of kinds. `width` spans whole years, so that labels below it fall into place.

    `first` is the year in which it begins, `about` where the numbers are only about right.
    """

    width: int
    bars: list[Bar]
    years: list[Year]
    first: int = 0
    about: bool = False


def draw_histogram(counted: Months, years: tuple[int, int], asked: EventFilter) -> Histogram:
    """The histogram of a filter's months; its links keep the rest of the filter.

    Args:
        years: the first and the last year of the axis: of the whole record, so that views can be compared.
    """
    months = counted.rows
    if not months:
        return Histogram(0, [], [])
    start, end, step = _choose_axis(*years)
    tallest = max(LOWEST_TOP, max(sum(month.kinds.values()) for month in months))
    by_year = Counter[int]()
    for month in months:
        by_year[month.first.year // step * step] += sum(month.kinds.values())
    links, stacks = _Links(asked), _Stacks(tallest)
    return Histogram(
        width=(end - start + 1) * 12 * STEP,
        bars=[_draw_bar(month, start, stacks, asked, links) for month in months],
        years=[_label_years(year, step, by_year[year], asked, links) for year in range(start, end + 1, step)],
        first=start,
        about=counted.about,
    )


def _choose_axis(start: int, end: int) -> tuple[int, int, int]:
    """The first and the last year of the axis, and how many years a label stands for."""
    step = next(step for step in (1, 10, 100, 1000) if (end - start) // step < MOST_LABELS)
    return start // step * step, end // step * step + step - 1, step


def _draw_bar(month: Month, start: int, stacks: _Stacks, asked: EventFilter, links: _Links) -> Bar:
    first, chosen = month.first, _is_within(month.first, asked)
    number, pieces = stacks.take(month.kinds)
    query = asked.toggle("span", first.isoformat()[:7]).to_query_string() if chosen else links.of(first)
    return Bar(((first.year - start) * 12 + first.month - 1) * STEP, first, number, pieces, query, chosen)


class _Stacks:
    """Bars by what they hold. Most months of a long time hold one or two events, so few bars are different."""

    def __init__(self, tallest: int) -> None:
        self._tallest = tallest
        self._made: dict[tuple[int, ...], tuple[int, tuple[Piece, ...]]] = {}

    def take(self, kinds: Mapping[str, int]) -> tuple[int, tuple[Piece, ...]]:
        """The number of events, and the pieces of the bar."""
        numbers = [0] * len(FAMILIES)
        for kind, number in kinds.items():
            numbers[_PLACE[kind]] += number
        held = tuple(numbers)
        if held not in self._made:
            self._made[held] = sum(held), tuple(self._stack(held))
        return self._made[held]

    def _stack(self, numbers: tuple[int, ...]) -> Iterator[Piece]:
        top = float(HEIGHT)
        for family, number in zip(FAMILIES, numbers, strict=True):
            if number:
                height = number * HEIGHT / self._tallest
                top -= height
                yield Piece(family, round(top * 100), round(height * 100))


class _Links:
    """Query strings of a filter narrowed to other days, which differ in these only: all are made of one."""

    def __init__(self, asked: EventFilter) -> None:
        day = _SOME.isoformat()
        self._before, rest = asked.toggle("span", day).to_query_string().split(f"since={day}")
        self._between, self._behind = rest.split(f"until={day}")

    def write(self, since: str, until: str) -> str:
        """Narrowed to days as they are typed, the shortest text for each."""
        return f"{self._before}since={since}{self._between}until={until}{self._behind}"

    def of(self, first: date) -> str:
        """Narrowed to a month."""
        year, text = f"{first.year:04}", first.isoformat()[:7]
        return self.write(year if first.month == 1 else text, year if first.month == 12 else text)


def _label_years(year: int, step: int, number: int, asked: EventFilter, links: _Links) -> Year:
    first, last = date(max(year, 1), 1, 1), date(min(year + step - 1, 9999), 12, 31)
    if (asked.since, asked.until) == (first, last):
        query = replace(asked, since=None, until=None).to_query_string()
    else:
        query = links.write(f"{first.year:04}", f"{last.year:04}")
    chosen = _is_within(first, asked) or _is_within(last, asked)
    return Year(f"{year:04}"[:2], f"{year:04}"[2:] + "s" * (step > 1), number, query, chosen)


def _is_within(day: date, asked: EventFilter) -> bool:
    """Whether the filter's own dates take in the day; a filter without dates marks nothing."""
    if asked.since is None and asked.until is None:
        return False
    return (asked.since or day) <= day <= (asked.until or day)
