"""Date phrases and the days they mean, counted from the day of publication.

A phrase has a precision: "on Tuesday" is a day, "last month" a month, "in 2013" a year. General date parsers give no
precision, take a phrase out of its sentence and cost more than all of the rest of reading, so these few rules stand here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from ingest.reading.words import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "several": 3, "few": 3, "a few": 3, "fortnight": 2}
_COUNT = r"(?P<n>\d{1,2}|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"

# Feasts that fall on the same day each year: (month, day).
_FEASTS = {
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

# (name, pattern): the first that matches at a place wins.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d\d)[-/](?P<d>\d\d)"),
    ("iso", r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)"),
    ("feast", rf"(?P<feast>{'|'.join(_FEASTS)})\b(?:\s+{_YEAR})?"),
    (
        "month_day",
        rf"(?:(?:{_WEEKDAY})\.?,?\s+)?(?P<month>{_MONTH})\.?\s+{_DAY}(?![\d:.]*\d)(?:,?\s+{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this)\s+year)?",
    ),
    (
        "month_day",
        rf"(?:(?:{_WEEKDAY})\.?,?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this)\s+year)?",
    ),
    ("month_year", rf"(?:early|late|mid|mid-)?\s?(?P<month>{_MONTH})\.?,?\s+(?:of\s+)?{_YEAR}"),
    ("month_of", rf"(?P<month>{_MONTH})\s+(?:of\s+)?(?P<which>last|this|the previous)\s+year"),
    ("month_last", rf"(?P<which>last|this|this past|next)\s+(?P<month>{_MONTH})\b(?!\s+\d)"),
    (
        "month",
        rf"(?:in|since|during|of|by|until|recently as|back in|from|throughout|(?:in\s+)?(?:early|late|mid)[ -])\s*(?:early |late |mid-?\s?)?(?P<month>{_MONTH})\b\.?(?!\s+\d)",
    ),
    (
        "weekdays_ago",
        rf"(?P<n>two|three|four)\s+(?P<weekday>{_WEEKDAY})s\s+ago|(?P<one>{_WEEKDAY})\s+last\b(?!\s+week)|last\s+(?P<but>{_WEEKDAY})\s+but\s+one",
    ),
    (
        "weeks_on",
        rf"{_COUNT}\s+weeks?\s+ago\s+(?:on\s+|last\s+|this\s+)?(?P<weekday>{_WEEKDAY}|today|yesterday)|{_COUNT.replace('<n>', '<n2>')}\s+weeks?\s+ago\s+to\s+the\s+day",
    ),
    (
        "ordinal",
        r"(?:on|since|until|from|by|before|after)\s+the\s+(?:night\s+of\s+the\s+|morning\s+of\s+the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)(?!\s+(?:of\s+(?!this|the|last)|[^\W\d_]*(?:Circuit|century|floor|District|anniversary|place|edition|draft|time|day|version|article|amendment|item|page|hour)))",
    ),
    ("weekend", r"(?:over|at|during|on|this|this past|the past)\s+(?:the\s+|past\s+)?weekend\b"),
    (
        "weekday",
        rf"(?:(?P<which>last|next|this|this past|the following|the previous|the)\s+)?(?P<weekday>{_WEEKDAY})\b(?P<week>\s+(?:of\s+)?last\s+week|\s+a\s+week\s+ago)?"
        r"(?P<before>\s+(?:of\s+the\s+week\s+before\s+last|of\s+two\s+weeks\s+ago|before\s+(?:last|this\s+one)|two\s+weeks\s+ago))?",
    ),
    ("relative", r"(?P<which>the day before yesterday)"),
    (
        "today",
        r"today|tonight|this\s+(?:morning|afternoon|evening)|overnight|earlier\s+today|hours\s+ago|minutes\s+ago",
    ),
    ("close", r"the\s+(?:last\s+day|end)\s+of\s+(?P<which>this|the|next)\s+(?P<unit>week|month|quarter|year)"),
    ("yesterday", r"yesterday|last\s+night|(?:a|one)\s+day\s+ago"),
    (
        "unit",
        r"(?:earlier\s+|late(?:r)?\s+|early\s+)?(?P<which>last|this|next|the previous)\s+(?P<unit>week|weekend|month|quarter|year|spring|summer|autumn|fall|winter)\b",
    ),
    ("half", r"half\s+a\s+year\s+ago"),
    (
        "ago",
        rf"(?:about\s+|some\s+|more\s+than\s+|nearly\s+|almost\s+|just\s+over\s+)?{_COUNT}\s+(?P<unit>day|week|fortnight|month|year)s?\s+ago",
    ),
    (
        "shift",
        rf"{_COUNT}\s+(?P<unit>day|week)s?\s+(?P<way>earlier|later|before|after|afterwards)\b|(?P<next>the\s+(?:next|following)\s+(?:day|morning|afternoon|evening|night)|the\s+day\s+after(?!\s+tomorrow)\b)|(?P<eve>the\s+(?:previous|preceding)\s+(?:day|evening|afternoon|night|morning)|the\s+(?:day|evening|night)\s+before(?!\s+yesterday)\b)|(?P<same>(?:on\s+)?(?:that|the\s+same)\s+(?:day|date|evening|afternoon|morning|night)|(?:before|by)\s+the\s+(?:day|end\s+of\s+the\s+day))",
    ),
    (
        "spoken",
        rf"(?:later\s+|earlier\s+|in\s+)?(?P<same>(?:the\s+same|that|that\s+same)\s+(?P<u1>month|year))|(?P<after>the\s+(?:following|next)\s+(?P<u2>month|year))|"
        rf"(?P<before>the\s+(?:previous|preceding)\s+(?P<u3>month|year)|the\s+(?P<u4>month|year)\s+before)|{_COUNT}\s+(?P<u5>month|year)s?\s+(?P<way>earlier|later|before|afterwards)\b",
    ),
    (
        "year",
        r"(?:in|during|of|since|by|until|back in|from|before|after|early|late|mid-?|summer|spring|autumn|winter|fall)\s+(?:early |late |mid-?)?(?P<y>(?:19|20)\d\d)\b(?!\s*(?:%|dollars|euros|users|people|-))",
    ),
)
# The words without which a pattern cannot match: most sentences hold none of them.
_MONTH_WORDS = frozenset(MONTHS)
_WEEKDAY_WORDS = frozenset(WEEKDAYS) | {f"{d}s" for d in WEEKDAYS}
_NEEDS: dict[str, frozenset[str]] = {
    "feast": frozenset("new christmas boxing valentine independence halloween bastille midsummer".split()),
    **dict.fromkeys(("month_day", "month_year", "month_of", "month_last", "month"), _MONTH_WORDS),
    **dict.fromkeys(("weekday", "weekdays_ago"), _WEEKDAY_WORDS),
    "ordinal": frozenset("st nd rd th".split()),
    "weekend": frozenset({"weekend"}),
    "relative": frozenset({"yesterday"}),
    "yesterday": frozenset("yesterday night ago".split()),
    "today": frozenset("today tonight morning afternoon evening overnight ago".split()),
    "close": frozenset("end day".split()),
    "unit": frozenset("week weekend month quarter year spring summer autumn fall winter".split()),
    "half": frozenset({"half"}),
    **dict.fromkeys(("ago", "weeks_on"), frozenset({"ago"})),
    "shift": frozenset("day days week weeks date evening afternoon morning night".split()),
    "spoken": frozenset("month months year years".split()),
}
_TIMELY = frozenset(w for words in _NEEDS.values() for w in words)
_DIGIT = re.compile(r"\d")
_LOWER_WORD = re.compile(r"[a-z]+")
_ANY = tuple((name, _NEEDS.get(name), re.compile(rf"\b(?:{source})", re.IGNORECASE)) for name, source in _PATTERNS)
_FUTURE = regex.compile(
    r"\b(?:from|starting|beginning|effective|until|till|by|due|next|expected|scheduled|before|deadline|will|would|to be|as of|no later than|plans?|going)\s+(?:\S+\s+){0,3}?$",
    regex.IGNORECASE,
)
_BEGAN = regex.compile(
    r"\b(?:founded|opened|launched|created|began|started|established|born|since|until|owned|set up|introduced)\b",
    regex.IGNORECASE,
)
_DASH = regex.compile(r"\s*(?:\([^)]{2,40}\))?\s*[-–—]")
_DATELINE = regex.compile(r"^[\p{Lu}\s,./'’-]*,?\s*$")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a sentence: from `start` to `end` in it, the day meant (the first of a month or year), its precision.

    `future` where the phrase points ahead ("from 1 May"), `dateline` where it opens a wire story,
    `since` where it tells how long something has lasted, or only "this week".
    """

    start: int
    end: int
    on: date
    precision: str
    future: bool = False
    dateline: bool = False
    since: bool = False


def find_dates(text: str, published: date, anchor: date | None = None, spoken: date | None = None) -> list[DatePhrase]:
    """The date phrases of a sentence, in order. `anchor` is the day last spoken of, for "a day later", `spoken` the
    month or year, for "later that year"."""
    words = set(_LOWER_WORD.findall(text.lower()))
    digits = _DIGIT.search(text) is not None
    if not digits and words.isdisjoint(_TIMELY):
        return []
    found: list[DatePhrase] = []
    taken = [False] * (len(text) + 1)
    for name, needs, pattern in _ANY:
        if not digits if needs is None else needs.isdisjoint(words):
            continue
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or not _is_written(match, name):
                continue
            phrase = _resolve(name, match, text, published, spoken if name == "spoken" else anchor)
            if phrase:
                found.append(phrase)
                for i in range(match.start(), match.end()):
                    taken[i] = True
    return sorted(found, key=lambda p: p.start)


def _is_written(match: re.Match[str], name: str) -> bool:
    """Whether a month or weekday is written as one: "may" and "sun" are words."""
    if name in ("month", "month_day", "month_year"):
        return match.group("month")[0].isupper()
    return name != "weekday" or match.group("weekday")[0].isupper()


def _resolve(name: str, match: re.Match[str], text: str, published: date, anchor: date | None) -> DatePhrase | None:
    begins = match.start("month") if name == "month" else match.start()
    future = bool(_FUTURE.search(text[max(0, begins - 40) : begins]))
    dated = _DATED[name](match, published, anchor, future)
    if dated is None:
        return None
    on, precision = dated
    # Datelines stand before a dash, close to the beginning.
    line = name == "month_day" and match.start() < 40 and bool(_DATELINE.match(text[: match.start()]))
    line = line and bool(_DASH.match(text, match.end()))
    if name in ("year", "month_year") and _BEGAN.search(text[max(0, match.start() - 30) : match.start() + 3]):
        return DatePhrase(match.start(), match.end(), on, precision, on > published, line, True)
    weak = name in ("unit", "month_last") and match["which"].lower() == "this"
    since = (
        weak
        or text[match.start() : begins].lower().startswith("since")
        or text[:begins].rstrip().lower().endswith("since")
    )
    return DatePhrase(match.start(), match.end(), on, precision, on > published, line, since)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    on = _safe(int(match["y"]), int(match["m"]), int(match["d"]))
    return (on, "day") if on else None


def _month_day(match: re.Match[str], published: date, anchor: date | None, future: bool) -> tuple[date, str] | None:
    month, day = MONTHS[match["month"].lower()], int(match["d"])
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
    month, day = _FEASTS[match["feast"].lower()]
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


_DATED = {
    "feast": _feast,
    "month_of": _month_of,
    "weekdays_ago": _weekdays_ago,
    "weeks_on": _weeks_on,
    "ordinal": _ordinal,
    "weekend": _weekend,
    "spoken": _spoken,
    "half": lambda m, p, a, f: (_shift_month(p, -6), "month"),
    "iso": _iso,
    "month_day": _month_day,
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
