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
