"""Pictures as numbers: where each bar stands, before a template draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
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
    if not counted.rows:
        return Histogram(0, [], [])
    start, end, step = _choose_axis(*years)
    links = _Links(asked)
    bars = _draw_bars(counted.rows, start, asked, links)
    by_year = Counter[int]()
    for bar in bars:
        by_year[bar.first.year // step * step] += bar.number
    return Histogram(
        width=(end - start + 1) * 12 * STEP,
        bars=bars,
        years=[_label_years(year, step, by_year[year], asked, links) for year in range(start, end + 1, step)],
        first=start,
        about=counted.about,
    )


def _choose_axis(start: int, end: int) -> tuple[int, int, int]:
    """The first and the last year of the axis, and how many years a label stands for."""
    step = next(step for step in (1, 10, 100, 1000) if (end - start) // step < MOST_LABELS)
    return start // step * step, end // step * step + step - 1, step


def _draw_bars(months: Sequence[Month], start: int, asked: EventFilter, links: _Links) -> list[Bar]:
    held = [_count_families(month.kinds) for month in months]
    numbers = [sum(of_month) for of_month in held]
    tallest = max(LOWEST_TOP, *numbers)
    bars = []
    for month, of_month, number in zip(months, held, numbers, strict=True):
        first = month.first
        chosen = _is_within(first, asked)
        query = asked.toggle("span", first.isoformat()[:7]).to_query_string() if chosen else links.of(first)
        x = ((first.year - start) * 12 + first.month - 1) * STEP
        bars.append(Bar(x, first, number, _stack(of_month, tallest), query, chosen))
    return bars


def _count_families(kinds: Mapping[str, int]) -> tuple[int, ...]:
    numbers = [0] * len(FAMILIES)
    for kind, number in kinds.items():
        numbers[_PLACE[kind]] += number
    return tuple(numbers)


@lru_cache(maxsize=4096)
def _stack(numbers: tuple[int, ...], tallest: int) -> tuple[Piece, ...]:
    """The pieces of a bar. Most months hold a few events, so that few bars are different."""
    top, pieces = float(HEIGHT), []
    for family, number in zip(FAMILIES, numbers, strict=True):
        if number:
            height = number * HEIGHT / tallest
            top -= height
            pieces.append(Piece(family, round(top * 100), round(height * 100)))
    return tuple(pieces)


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
        return self.write(*_type_month(first))


@lru_cache(maxsize=4096)
def _type_month(first: date) -> tuple[str, str]:
    """The first and the last day of a month, as they are typed."""
    year, text = f"{first.year:04}", first.isoformat()[:7]
    return year if first.month == 1 else text, year if first.month == 12 else text


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
