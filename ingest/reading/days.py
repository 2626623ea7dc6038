"""The day that a date phrase means, counted from the day of publication, with its precision.

Each function takes the match, the day of publication, the day last spoken of, and whether the words before it speak of
what is to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ingest.reading.words import MONTHS, WEEKDAYS

_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "several": 3, "few": 3, "a few": 3, "fortnight": 2}

# Days of a month in words.
_TENTH = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENTH = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
ORDINALS = {
    word: day
    for day, word in enumerate(
        [*_TENTH, *_TEENTH, "twentieth", *(f"twenty-{w}" for w in _TENTH), "thirtieth", "thirty-first"], start=1
    )
}
# Feasts that fall on the same day each year: (month, day).
FEASTS = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "bastille day": (7, 14),
    "midsummer's day": (6, 24),
}


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    on = _safe(int(match["y"]), int(match["m"]), int(match["d"]))
    return (on, "day") if on else None


def _month_day(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    month, told = MONTHS[match["month"].lower()], match["d"].lower()
    day = int(told) if told.isdigit() else ORDINALS[told]
    year = (
        int(match["y"]) if match["y"] else published.year - (match["which"].lower() == "last") if match["which"] else 0
    )
    if year:
        on = _safe(year, month, day)
        return (on, "day") if on else None
    on = _safe(published.year, month, day)
    if on is None:
        return None
    # Without a year the nearest such day is meant, and rather one that has been.
    ahead = (on - published).days
    if ahead > (183 if future else 60):
        on = _safe(published.year - 1, month, day)
    elif ahead < -300 and future:
        on = _safe(published.year + 1, month, day)
    return (on, "day") if on else None


def _month_year(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    return date(int(match["y"]), MONTHS[match["month"].lower()], 1), "month"


def _month(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    month = MONTHS[match["month"].lower()]
    year = published.year - (month > published.month and not (future and month - published.month <= 6))
    return date(year, month, 1), "month"


def _month_last(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    month, which = MONTHS[match["month"].lower()], match["which"].lower()
    if which == "next":
        return date(published.year + (month <= published.month), month, 1), "month"
    return date(
        published.year - (month > published.month or (which == "last" and month == published.month)), month, 1
    ), "month"


def _weekday(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    which = (match["which"] or "").lower()
    back = (published.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    if which in ("next", "the following"):
        return published + timedelta(days=(7 - back) or 7), "day"
    if match["before"] and "week" in match["before"]:
        monday = published - timedelta(days=published.weekday() + 14)
        return monday + timedelta(days=WEEKDAYS[match["weekday"].lower()]), "day"
    if match["before"]:
        return published - timedelta(days=(back or 7) + 7), "day"
    if match["week"]:
        monday = published - timedelta(days=published.weekday() + 7)
        return monday + timedelta(days=WEEKDAYS[match["weekday"].lower()]), "day"
    if back == 0 and which in ("last", "the previous", "this past", "the"):
        back = 7
    return published - timedelta(days=back), "day"


def _unit(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    which, unit = match["which"].lower(), match["unit"].lower()
    ahead = {"last": -1, "the previous": -1, "this": 0, "next": 1}[which]
    if unit in ("week", "weekend"):
        if unit == "weekend" and ahead <= 0:
            return published - timedelta(days=(published.weekday() + 2) % 7 or 7), "day"
        return (published + timedelta(days=7 * ahead)).replace(day=1), "month"
    if unit == "month":
        return _shift_month(published, ahead), "month"
    if unit == "quarter":
        return _shift_month(published, 3 * ahead), "month"
    if unit == "year":
        return date(published.year + ahead, 1, 1), "year"
    season = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[unit]
    return date(published.year - (ahead < 0 and season >= published.month - 2), 1, 1), "year"


def _close(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    """The end of the running week, month, quarter or year: always ahead."""
    days = {"week": 7, "month": 31, "quarter": 92, "year": 366}[match["unit"].lower()]
    return published + timedelta(days=days), "day"


def _shift_month(day: date, by: int) -> date:
    months = day.year * 12 + day.month - 1 + by
    return date(max(1, months // 12), months % 12 + 1, 1)


def _count(match: re.Match[str]) -> int:
    text = match["n"].lower()
    return int(text) if text.isdigit() else _NUMBERS[text]


def _ago(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    count, unit = _count(match), match["unit"].lower()
    if unit == "day":
        return published - timedelta(days=count), "day"
    if unit in ("week", "fortnight"):
        return (published - timedelta(days=count * (7 if unit == "week" else 14))).replace(day=1), "month"
    if unit == "month":
        return _shift_month(published, -count), "month"
    return date(max(1, published.year - count), 1, 1), "year"


def _shift(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    if anchor is None:
        return None
    if match["same"]:
        return anchor, "day"
    if match["next"] or match["eve"]:
        return anchor + timedelta(days=1 if match["next"] else -1), "day"
    days = _count(match) * (7 if match["unit"].lower() == "week" else 1)
    return anchor + timedelta(days=-days if match["way"].lower() in ("earlier", "before") else days), "day"


def _year(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    return date(int(match["y"]), 1, 1), "year"


def _feast(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    month, day = FEASTS[match["feast"].lower()]
    year = int(match["y"]) if match["y"] else published.year
    on = date(year, month, day)
    return (on if on <= published or match["y"] or future else date(year - 1, month, day)), "day"


def _month_of(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    back = match["which"].lower() != "this"
    return date(published.year - back, MONTHS[match["month"].lower()], 1), "month"


def _weekdays_ago(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    name = match["weekday"] or match["one"] or match["but"]
    back = (published.weekday() - WEEKDAYS[name.lower()]) % 7 or 7
    weeks = _NUMBERS[match["n"].lower()] - 1 if match["n"] else 1 if match["but"] else 0
    return published - timedelta(days=back + 7 * weeks), "day"


def _weeks_on(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    """ "Two weeks ago on Tuesday", "a week ago today"."""
    text = (match["n"] or match["n2"]).lower()
    day = (match["weekday"] or "today").lower()
    back = {"today": 0, "yesterday": 1}.get(day, (published.weekday() - WEEKDAYS.get(day, 0)) % 7)
    return published - timedelta(days=back + 7 * (int(text) if text.isdigit() else _NUMBERS[text])), "day"


def _anniversary(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    """ "Ten years ago yesterday", "a year to the day", "on this day in 2015"; where it names a week, only the month."""
    if match["y"] or match["last"]:
        on = _safe(int(match["y"]) if match["y"] else published.year - 1, published.month, published.day)
        return (on, "day") if on else None
    text, unit, told = (
        next((match[f"{name}{form}"] for form in ("", "2", "3") if match[f"{name}{form}"]), "today").lower()
        for name in ("n", "unit", "when")
    )
    when, last = told.split()[-1], told.startswith("last")
    if when == "month":
        day = _shift_month(published, -last)
    elif when in WEEKDAYS:
        day = published - timedelta(days=(published.weekday() - WEEKDAYS[when]) % 7 or 7 * last)
    else:
        day = published - timedelta(days={"yesterday": 1, "night": 1, "week": 7 * last}.get(when, 0))
    months = (int(text) if text.isdigit() else _NUMBERS[text]) * (12 if unit == "year" else 1)
    month = _shift_month(day, -months)
    if when in ("week", "month"):
        return month, "month"
    return _safe(month.year, month.month, day.day) or _shift_month(month, 1) - timedelta(days=1), "day"


def _ordinal(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    """ "On the 9th": of this month, or of the last one where that day has not yet come."""
    day = int(match["d"])
    back = _shift_month(published, -1)
    on = _safe(published.year, published.month, day)
    return (
        (on, "day")
        if on and (on <= published or future)
        else ((d, "day") if (d := _safe(back.year, back.month, day)) else None)
    )


def _weekend(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    return published - timedelta(days=(published.weekday() + 2) % 7), "day"


def _spoken(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    """ "Later that year", "the following month", counted from the month or year last spoken of."""
    if anchor is None:
        return None
    unit = next(match[u] for u in ("u1", "u2", "u3", "u4", "u5") if match[u]).lower()
    by = 0 if match["same"] else 1 if match["after"] else -1
    if match["u5"]:
        by = _count(match) * (1 if match["way"].lower() in ("later", "afterwards") else -1)
    if unit == "month":
        return _shift_month(anchor, by), "month"
    return date(max(1, min(9999, anchor.year + by)), 1, 1), "year"


# By the name of its pattern in `dates`: the day that a match means, and its precision; None where it means none.
DAYS: dict[str, Callable[[re.Match[str], date, date | None, bool], tuple[date, str] | None]] = {
    "feast": _feast,
    "month_of": _month_of,
    "weekdays_ago": _weekdays_ago,
    "weeks_on": _weeks_on,
    "anniversary": _anniversary,
    "ordinal": _ordinal,
    "weekend": _weekend,
    "spoken": _spoken,
    "half": lambda m, p, a, f: (_shift_month(p, -6), "month"),
    "iso": _iso,
    "month_day": _month_day,
    "spelled": _month_day,
    "month_year": _month_year,
    "month": _month,
    "month_last": _month_last,
    "weekday": _weekday,
    "today": lambda m, p, a, f: (p, "day"),
    "yesterday": lambda m, p, a, f: (p - timedelta(days=1), "day"),
    "relative": lambda m, p, a, f: (p - timedelta(days=2), "day"),
    "close": _close,
    "unit": _unit,
    "ago": _ago,
    "shift": _shift,
    "year": _year,
}
