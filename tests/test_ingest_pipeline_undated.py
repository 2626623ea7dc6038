"""Articles without a date: which of their days are known all the same."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.pipeline.undated import REASON, UNSURE, leave_days_open
from ingest.types import EventRead, Evidence, Reading

FOUND = date(2026, 11, 25)


def read(on: date, sentence: str | None) -> Reading:
    told = Evidence(sentence, 0, len(sentence)) if sentence else None
    event = EventRead("revocation", on, "month", True, "reported", (), Evidence("It did.", 0, 7), 0.9, told)
    return Reading(True, 1.0, ("tells of a revocation",), events=(event,))


@pytest.mark.parametrize("sentence", ["Just last month, it cut them off.", "It did so on 3 October.", None])
def test_a_day_told_without_its_year_is_left_open(sentence: str | None) -> None:
    reading = leave_days_open(read(date(2026, 10, 1), sentence), FOUND)
    (event,) = reading.events
    assert (event.on, event.precision, event.confidence, event.date_evidence) == (FOUND, "day", UNSURE, None)
    assert REASON in reading.reasons


def test_a_day_told_with_its_year_is_known() -> None:
    reading = read(date(2025, 8, 1), "It did so on 1 August 2025.")
    assert leave_days_open(reading, FOUND) is reading
