"""The histogram's links."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.charts import draw_histogram
from timeline.filters import EventFilter
from timeline.queries.facets import Month, Months

MONTHS = Months(tuple(Month(date(2024, month, 1), {"ruling": month}) for month in range(1, 13)))


@pytest.mark.parametrize(
    "asked",
    [
        EventFilter(),
        EventFilter(q="since=1000-02-02 & more", kinds=("deal",), order="updated"),
        EventFilter(since=date(2024, 1, 1), until=date(2024, 12, 31)),
        EventFilter(since=date(2024, 3, 1), until=date(2024, 3, 31)),
    ],
)
def test_a_bar_leads_where_its_month_is_chosen_or_no_longer_chosen(asked: EventFilter) -> None:
    bars = draw_histogram(MONTHS, (2024, 2024), asked).bars
    wanted = [asked.toggle("span", f"{month.first:%Y-%m}").to_query_string() for month in MONTHS.rows]
    assert [bar.query for bar in bars] == wanted


@pytest.mark.parametrize(
    ("years", "labels", "first"),
    [
        ((2012, 2026), 15, "2012"),
        ((1997, 2026), 30, "1997"),
        ((1850, 2026), 18, "1850s"),
        ((1, 2026), 21, "0000s"),
    ],
)
def test_a_long_time_is_labelled_by_decades_or_centuries(years: tuple[int, int], labels: int, first: str) -> None:
    histogram = draw_histogram(MONTHS, years, EventFilter())
    assert (len(histogram.years), histogram.years[0].century + histogram.years[0].short) == (labels, first)
    assert histogram.width % len(histogram.years) == 0
    assert sum(year.number for year in histogram.years) == 78


def test_a_decade_that_is_chosen_is_no_longer_chosen_by_its_label() -> None:
    asked = EventFilter(since=date(2020, 1, 1), until=date(2029, 12, 31))
    last = draw_histogram(MONTHS, (1850, 2026), asked).years[-1]
    assert (last.chosen, last.query) == (True, "")
    assert draw_histogram(MONTHS, (1850, 2026), EventFilter()).years[-1].query == "since=2020&until=2029"
