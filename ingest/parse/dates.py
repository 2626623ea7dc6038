"""Dates as feeds and pages write them."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

import dateparser

LONGEST_DATE = 100
# With all its two hundred languages dateparser takes 40 MB and reads dates into what is none.
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "ru", "ja", "zh")
_SETTINGS = {
    "TIMEZONE": "UTC",
    "TO_TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": True,
    "PARSERS": ["custom-formats", "absolute-time"],  # "yesterday" means nothing without a clock
    "REQUIRE_PARTS": ["day", "month", "year"],
}


def parse_date(text: str) -> datetime | None:
    """A date in any usual notation as an aware UTC time; None where it is none.

    A date without a zone is taken for UTC, a day without an hour for its midnight. Relative dates are not read.
    """
    text = " ".join(text.split())
    if not any(char.isdigit() for char in text) or len(text) > LONGEST_DATE:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _parse_loosely(text)
    return _as_utc(at)


@functools.lru_cache(maxsize=1024)
def _parse_loosely(text: str) -> datetime | None:
    try:
        at = dateparser.parse(text, languages=_LANGUAGES, settings=_SETTINGS)
    except (ValueError, OverflowError, RecursionError):
        return None
    return _as_utc(at) if at else None


def _as_utc(at: datetime) -> datetime | None:
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:
        return None
