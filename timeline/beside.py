"""What stands beside the list on the timeline: how many events there are, their histogram, what narrows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.urls import get_script_prefix

from timeline.charts import FAMILY_NAMES, draw_histogram
from timeline.filters import EventFilter
from timeline.queries import facets
from timeline.queries.held import Held
from timeline.queries.tallies import Total
from timeline.templatetags.compiled import compiled


@dataclass(frozen=True, slots=True)
class Beside:
    """`histogram` and `facets` are HTML; `first` are the ids of the list's first events where counting found them."""

    total: Total
    histogram: str
    facets: str
    first: tuple[int, ...] | None = None


_HELD: Final = Held[Beside]()


def write_beside(asked: EventFilter, *, first: int = 0) -> Beside:
    """What stands beside the filter's events; of the whole record it is held until the record changes.

    Args:
        asked: the filter.
        first: of how many events at the top of the list the ids are wanted.
    """
    if asked.narrows():
        return _write(asked, first)
    return _HELD.get((asked, get_script_prefix()), partial(_write, asked, 0))


def _write(asked: EventFilter, first: int) -> Beside:
    summary = facets.summarize(asked, first=first)
    drawn = draw_histogram(summary.months, facets.get_years(), asked)
    return Beside(
        summary.total,
        compiled("timeline/histogram.jinja", histogram=drawn, asked=asked, families=FAMILY_NAMES, boosted=True),
        compiled("timeline/facets.jinja", facets=summary.facets, asked=asked),
        summary.first,
    )
