"""Date phrases and the days they mean."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from ingest.reading.dates import find_dates

PUBLISHED = date(2026, 3, 13)
CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading" / "dates.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_a_phrase_means_a_day_with_a_precision(case):
    found = find_dates(case["text"], PUBLISHED)
    assert [(p.on, p.precision) for p in found] == ([(case["day"], case["precision"])] if case["day"] else [])


def test_what_lies_ahead_is_said_so():
    (phrase,) = find_dates("From 1 May it will cost two dollars.", PUBLISHED)
    assert (phrase.on, phrase.future) == (date(2026, 5, 1), True)


def test_a_dateline_is_told_from_a_date():
    (phrase,) = find_dates("ROTTERDAM, March 13 (Wire) - Northlight said nothing.", PUBLISHED)
    assert phrase.dateline


def test_a_day_later_counts_from_the_day_last_spoken_of():
    (phrase,) = find_dates("A day later it was over.", PUBLISHED, anchor=date(2026, 2, 3))
    assert phrase.on == date(2026, 2, 4)


def test_impossible_days_are_no_dates():
    assert find_dates("On February 31 nothing happened.", PUBLISHED) == []


def test_a_year_after_a_leap_day_is_the_day_before():
    (phrase,) = find_dates("It closed a year ago today.", date(2028, 2, 29))
    assert (phrase.on, phrase.precision) == (date(2027, 2, 28), "day")


@pytest.mark.parametrize(
    ("text", "remembered"),
    [
        ("It closed a year ago today.", True),
        ("Ten years ago this month it closed.", True),
        ("It closed two months ago today.", False),
    ],
)
def test_an_anniversary_is_of_whole_years(text, remembered):
    """Not of months, though a new year lies between."""
    (phrase,) = find_dates(text, date(2026, 1, 20))
    assert phrase.anniversary is remembered
