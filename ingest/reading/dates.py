"""Date phrases and the days they mean, counted from the day of publication.

A phrase has a precision: "on Tuesday" is a day, "last month" a month, "in 2013" a year. General date parsers give no
precision, take a phrase out of its sentence and cost more than all of the rest of reading, so these few rules stand here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from ingest.reading.days import DAYS, FEASTS, ORDINALS
from ingest.reading.sentences import words_of
from ingest.reading.words import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_COUNT = r"(?P<n>\d{1,2}|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ON_A = rf"(?:,?\s+(?:which\s+was\s+)?a\s+(?:{_WEEKDAY})\b)?"
_SPELLED = "|".join(sorted(ORDINALS, key=len, reverse=True))

# (name, pattern): the first that matches at a place wins.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d\d)[-/](?P<d>\d\d)"),
    ("iso", r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)"),
    ("feast", rf"(?P<feast>{'|'.join(FEASTS)})\b(?:\s+{_YEAR})?"),
    (
        "month_day",
        rf"(?:(?:{_WEEKDAY})\.?,?\s+)?(?P<month>{_MONTH})\.?\s+{_DAY}(?![\d:.]*\d)(?:,?\s+{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this)\s+year)?{_ON_A}",
    ),
    (
        "month_day",
        rf"(?:(?:{_WEEKDAY})\.?,?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this)\s+year)?{_ON_A}",
    ),
    (
        "spelled",
        rf"the\s+(?P<d>{_SPELLED})\s+of\s+(?P<month>{_MONTH})\b\.?(?:,?\s+{_YEAR}|,?\s+(?:of\s+)?(?P<which>last|this)\s+year)?{_ON_A}",
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
        "anniversary",
        rf"{_COUNT}\s+(?P<unit>year|month)s?\s+(?:ago|old|back)\s+(?:(?:on|just|only)\s+)?"
        rf"(?P<when>today|tonight|yesterday|(?:this|last)\s+(?:morning|night|week|month|{_WEEKDAY})|{_WEEKDAY})\b"
        rf"|{_COUNT.replace('<n>', '<n2>')}\s+(?P<unit2>year|month)s?\s+(?:(?:ago\s+)?to\s+the\s+day\b|(?:have\s+passed\s+)?(?P<when2>today|yesterday|this\s+(?:week|month))\s+since\b)"
        rf"|(?P<when3>today|yesterday|this\s+(?:week|month))\s+(?:(?:it\s+)?(?:is|was|marks|makes)\s+|it's\s+)?(?:(?:exactly|just|precisely)\s+)?{_COUNT.replace('<n>', '<n3>')}\s+(?P<unit3>year|month)s?\s+(?:ago|since)\b"
        rf"|(?:on|at)\s+this\s+(?:day|date)\s+(?:in\s+{_YEAR}|(?P<last>last\s+year))",
    ),
    (
        "ordinal",
        r"(?:on|since|until|from|by|before|after)\s+the\s+(?:night\s+of\s+the\s+|morning\s+of\s+the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)(?!\s+(?:of\s+(?!this|the|last)|[^\W\d_]*(?:Circuit|century|floor|District|anniversary|place|edition|draft|time|day|version|article|amendment|item|page|hour)))",
    ),
    ("weekend", r"(?:over|at|during|on|this|this past|the past)\s+(?:the\s+|past\s+)?weekend\b"),
    (
        "weekday",
        rf"(?<!happy )(?:(?P<which>last|next|this|this past|the following|the previous|the)\s+)?(?P<weekday>{_WEEKDAY})\b(?P<week>\s+(?:of\s+)?last\s+week|\s+a\s+week\s+ago)?"
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
    **dict.fromkeys(("month_day", "spelled", "month_year", "month_of", "month_last", "month"), _MONTH_WORDS),
    **dict.fromkeys(("weekday", "weekdays_ago"), _WEEKDAY_WORDS),
    "ordinal": frozenset("st nd rd th".split()),
    "weekend": frozenset({"weekend"}),
    "relative": frozenset({"yesterday"}),
    "yesterday": frozenset("yesterday night ago".split()),
    "today": frozenset("today tonight morning afternoon evening overnight ago".split()),
    "close": frozenset("end day".split()),
    "unit": frozenset("week weekend month quarter year spring summer autumn fall winter".split()),
    "half": frozenset({"half"}),
    "anniversary": frozenset("ago old back day date today since".split()),
    **dict.fromkeys(("ago", "weeks_on"), frozenset({"ago"})),
    "shift": frozenset("day days week weeks date evening afternoon morning night".split()),
    "spoken": frozenset("month months year years".split()),
}
_TIMELY = frozenset(w for words in _NEEDS.values() for w in words)
_NUMBER_OF_YEAR = re.compile("(?:19|20)\\d\\d")  # all the others cannot match without
_ANY = tuple((name, _NEEDS.get(name), re.compile(rf"\b(?:{source})", re.IGNORECASE)) for name, source in _PATTERNS)
_YEAR_PASSED = timedelta(days=365)
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
    `since` where it tells how long something has lasted, or only "this week"; `anniversary` where whole years have
    passed ("ten years ago today").
    """

    start: int
    end: int
    on: date
    precision: str
    future: bool = False
    dateline: bool = False
    since: bool = False
    anniversary: bool = False


def find_dates(text: str, published: date, anchor: date | None = None, spoken: date | None = None) -> list[DatePhrase]:
    """The date phrases of a sentence, in order. `anchor` is the day last spoken of, for "a day later", `spoken` the
    month or year, for "later that year"."""
    words = words_of(text)
    years = _NUMBER_OF_YEAR.search(text) is not None
    if not years and words.isdisjoint(_TIMELY):
        return []
    found: list[DatePhrase] = []
    for name, needs, pattern in _ANY:
        if not years if needs is None else needs.isdisjoint(words):
            continue
        for match in pattern.finditer(text):
            taken = any(p.start < match.end() and match.start() < p.end for p in found)
            if taken or not _is_written(match, name):
                continue
            phrase = _resolve(name, match, text, published, spoken if name == "spoken" else anchor)
            if phrase:
                found.append(phrase)
    return sorted(found, key=lambda p: p.start)


def _is_written(match: re.Match[str], name: str) -> bool:
    """Whether a month or weekday is written as one: "may" and "sun" are words."""
    if name in ("month", "month_day", "spelled", "month_year"):
        return match.group("month")[0].isupper()
    return name != "weekday" or match.group("weekday")[0].isupper()


def _resolve(name: str, match: re.Match[str], text: str, published: date, anchor: date | None) -> DatePhrase | None:
    begins = match.start("month") if name == "month" else match.start()
    future = bool(_FUTURE.search(text[max(0, begins - 40) : begins]))
    dated = DAYS[name](match, published, anchor, future)
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
    whole_years = name == "anniversary" and published - on >= _YEAR_PASSED
    return DatePhrase(match.start(), match.end(), on, precision, on > published, line, since, whole_years)
