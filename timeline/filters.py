"""The one filter: a query string, read once, asks the same of pages, feeds, exports, the API and digests.

q       words, "phrases", -not, NOT not, or; and any of the names below as name:value (after: and before: beside since:
        and until:)
actor   slug or name of somebody who takes part; repeatable, all of them
role    the role that the actors have, or that somebody has
kind    repeatable, any of them
status  repeatable, any of them
dispute slug
since   first day: YYYY, YYYY-MM or YYYY-MM-DD
until   last day, the whole year or month where no day is given
order   newest (the default), oldest, relevance, updated
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.text import slugify
from rapidfuzz import fuzz, process

from timeline.addresses import is_tracking
from timeline.errors import InvalidFilter
from timeline.models import Event, Participation

NAMES: Final = ("q", "actor", "role", "kind", "status", "dispute", "since", "until", "order")
ORDERS: Final = ("newest", "oldest", "relevance", "updated")
LONGEST: Final = 300  # characters of one value
MOST: Final = 20  # values of one name

# Enumerations make these lists anew each time.
_KINDS: Final = tuple(Event.Kind.values)
_STATUSES: Final = tuple(Event.Status.values)
_ROLES: Final = tuple(Participation.Role.values)
_FIELDS: Final = {"actor": "actors", "kind": "kinds", "status": "statuses"}
_OPERATORS: Final = ("actor", "kind", "role", "status", "dispute", "since", "until", "after", "before")
_TOKEN: Final = re.compile(
    r'-?"[^"]*"?|(?P<minus>-?)(?P<name>[a-z]+):(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))|\S+', re.I
)
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CLOSE: Final = 70  # rapidfuzz's ratio, 0-100, from which a name may be what was meant


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events, in which order. `q` holds only words to search for: names inside it were split off."""

    q: str = ""
    actors: tuple[str, ...] = ()
    role: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    dispute: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "newest"

    def to_query_string(self) -> str:
        """The canonical query string, without "?": equal filters give equal strings; it reads back to this filter."""
        return urlencode(self.to_pairs())

    def to_pairs(self) -> list[tuple[str, str]]:
        """Parameter names and values, in canonical order."""
        order = self.order if self.order != "newest" else ""
        pairs = [
            ("q", self.q),
            *(("actor", slug) for slug in self.actors),
            ("role", self.role),
            *(("kind", kind) for kind in self.kinds),
            *(("status", status) for status in self.statuses),
            ("dispute", self.dispute),
            ("since", write_since(self.since)),
            ("until", write_until(self.until)),
            ("order", order),
        ]
        return [pair for pair in pairs if pair[1]]

    def toggle(self, name: str, value: str) -> EventFilter:
        """This filter with a value chosen that it lacks, or without one that it has.

        Args:
            name: "actor", "kind", "status" (several values), "dispute", "role", "q" (one), "order" (always one), or
                "span" (a year, a month, or "" for all time).
            value: as in a query string.
        """
        changes: dict[str, Any] = {}
        if name == "order":
            changes["order"] = value
        elif name == "span":
            span = (parse_since(value), parse_until(value)) if value else (None, None)
            same = (self.since, self.until) == span
            changes["since"], changes["until"] = (None, None) if same else span
        elif name in _FIELDS:
            changes[_FIELDS[name]] = tuple(sorted(set(getattr(self, _FIELDS[name])) ^ {value}))
        else:
            changes[name] = "" if getattr(self, name) == value else value
        return replace(self, **changes)

    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return replace(self, order="newest") != EventFilter()


def parse_filter(query: Mapping[str, Iterable[str]], *, beside: Collection[str] = ()) -> EventFilter:
    """The filter that a query string asks for. Empty values count as not given, as does what sites add to links.

    Args:
        query: a QueryDict, or parameter name → values.
        beside: names that mean something to the caller and are left alone here, such as a page's.

    Raises:
        InvalidFilter: a name is unknown, or a value malformed; it tells of all of them.
    """
    given = {name: _values(query, name) for name in query if name not in beside and not is_tracking(name)}
    problems = {
        name: f"is not a parameter here{suggest_name(name, (*NAMES, *beside))}" for name in given if name not in NAMES
    }
    values: dict[str, list[str]] = defaultdict(list)
    for name in NAMES:
        values[name] += given.get(name, [])
    words = _split_words(" ".join(values.pop("q")), values, problems)
    return _build(words, values, problems)


def _values(query: Mapping[str, Iterable[str]], name: str) -> list[str]:
    values = query.getlist(name) if hasattr(query, "getlist") else query[name]
    return [value.strip() for value in values if value.strip()]


def _split_words(text: str, values: dict[str, list[str]], problems: dict[str, str]) -> str:
    """The words of `text` without its operators, whose values are added to `values`."""
    words: list[str] = []
    for token in _TOKEN.finditer(text):
        name = (token["name"] or "").lower()
        negated = words[-1:] == ["NOT"]  # as elsewhere, and in capitals only; PostgreSQL would pass over it
        if name not in _OPERATORS:
            meant = _closest(name, _OPERATORS) if name and token["word"] and "/" not in token["word"] else ""
            if meant:
                problems["q"] = f"has “{name}:”; did you mean “{meant}:”?"
            words[len(words) - negated :] = ["-" + token[0].removeprefix("-") if negated else token[0]]
        elif token["minus"] or negated:
            problems["q"] = f"has “{'NOT ' if negated else '-'}{name}:”; only words can be left out"
        else:
            values[name].append((token["phrase"] or token["word"] or "").strip())
    return " ".join(_trim_or(words))


def _trim_or(words: list[str]) -> list[str]:
    """The words without an "or" that joins nothing, as names that stood beside it leave it, or a NOT before nothing."""
    while words and words[0].lower() == "or":
        words = words[1:]
    while words and (words[-1].lower() == "or" or words[-1] == "NOT"):
        words = words[:-1]
    return words


def _build(words: str, values: dict[str, list[str]], problems: dict[str, str]) -> EventFilter:
    for name, texts in (("q", [words]), *values.items()):
        if texts:
            _check_texts(name, texts, problems)
    read = _Reader(values, problems)
    since = read.dates("since", parse_since, max) + read.dates("after", _parse_after, max)
    until = read.dates("until", parse_until, min) + read.dates("before", _parse_before, min)
    chosen = EventFilter(
        q=words,
        actors=read.slugs("actor"),
        role=read.one("role", read.choices("role", _ROLES)),
        kinds=read.choices("kind", _KINDS),
        statuses=read.choices("status", _STATUSES),
        dispute=read.one("dispute", read.slugs("dispute")),
        since=max(since, default=None),
        until=min(until, default=None),
        order=read.one("order", read.choices("order", ORDERS)) or "newest",
    )
    if chosen.since and chosen.until and chosen.since > chosen.until:
        problems.setdefault("until", f"is before since: {chosen.until} is earlier than {chosen.since}")
    if problems:
        raise InvalidFilter(problems)
    return replace(chosen, order="newest") if chosen.order == "relevance" and not words else chosen


def _check_texts(name: str, texts: list[str], problems: dict[str, str]) -> None:
    if len(texts) > MOST:
        problems.setdefault(name, f"is given {len(texts)} times; {MOST} is the most")
    if any(len(text) > LONGEST for text in texts):
        problems.setdefault(name, f"is longer than {LONGEST} characters")
    if any(_CONTROL.search(text) for text in texts):
        problems.setdefault(name, "holds characters that no text has")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the values of a name; what is wrong with them goes to `problems`."""

    values: Mapping[str, list[str]]
    problems: dict[str, str]

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        texts = {text.lower().replace(" ", "-") for text in self.values.get(name, ())}
        for text in sorted(texts.difference(allowed)):
            self.problems.setdefault(
                name, f"“{text[:50]}” is not one of {', '.join(allowed)}{suggest_name(text, allowed)}"
            )
        return tuple(sorted(texts.intersection(allowed)))

    def slugs(self, name: str) -> tuple[str, ...]:
        slugs = {slugify(text) or slugify(text, allow_unicode=True) for text in self.values.get(name, ())}
        if "" in slugs:
            self.problems.setdefault(name, "holds no letter or digit")
        return tuple(sorted(slugs))

    def one(self, name: str, values: tuple[str, ...]) -> str:
        if len(values) > 1:
            self.problems.setdefault(name, f"is given twice, as {' and '.join(values)}; once is the most")
        return values[0] if values else ""

    def dates(self, name: str, parse: Callable[[str], date], choose: Callable[..., date]) -> list[date]:
        days = []
        for text in self.values.get(name, ()):
            try:
                days.append(parse(text))
            except (ValueError, OverflowError):
                self.problems.setdefault(name, f"“{text[:50]}” is not a date as YYYY, YYYY-MM or YYYY-MM-DD")
        return [choose(days)] if days else []


def parse_since(text: str) -> date:
    """The first day of a year, a month or a day. Raises ValueError for anything else."""
    return _parse_span(text)[0]


def parse_until(text: str) -> date:
    """The last day of a year, a month or a day. Raises ValueError for anything else."""
    return _parse_span(text)[1]


def write_since(day: date | None) -> str:
    """The shortest text that `parse_since` reads as that day; "" for None."""
    if day is None:
        return ""
    return day.isoformat()[: 4 if (day.month, day.day) == (1, 1) else 7 if day.day == 1 else 10]


def write_until(day: date | None) -> str:
    """The shortest text that `parse_until` reads as that day; "" for None."""
    if day is None:
        return ""
    is_last = day.day == monthrange(day.year, day.month)[1]
    return day.isoformat()[: 4 if (day.month, day.day) == (12, 31) else 7 if is_last else 10]


def _parse_after(text: str) -> date:
    return parse_until(text) + timedelta(days=1)


def _parse_before(text: str) -> date:
    return parse_since(text) - timedelta(days=1)


def _parse_span(text: str) -> tuple[date, date]:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    first = date(year or 0, month or 1, day or 1)
    last_month = month or 12
    return first, date(first.year, last_month, day or monthrange(first.year, last_month)[1])


def _closest(text: str, names: Collection[str]) -> str:
    found = process.extractOne(text.lower(), names, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return str(found[0]) if found else ""


def suggest_name(text: str, names: Collection[str]) -> str:
    """What to add to the refusal of a name or value: the one that was probably meant, "" where none comes close."""
    meant = _closest(text, names)
    return f"; did you mean {meant}?" if meant else ""
