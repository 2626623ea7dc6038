"""What a query string of the API asks for: the filter, the fields, the page, or what changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime

from timeline.errors import InvalidFilter
from timeline.filters import MOST, NAMES, EventFilter, parse_filter, suggest_name
from timeline.queries.paging import MOST_ROWS
from timeline.queries.plain.wanted import Wanted
from timeline.queries.unknown import refuse_unknown

DEFAULT_ROWS = 50
COMMA_LISTS = ("fields", "omit", "expand")  # names whose values are lists themselves
LISTS = ("actor", "kind", "status", "type", *COMMA_LISTS)  # names that take several values
_LONGEST = 2000  # characters of a value that only one list knows
_LOST_PLUS = re.compile(r"T[\d:.]+ \d\d:?\d\d$")
_TRUTHS = {"true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Table:
    """What may be asked of an address.

    `fields` are those of a row, `expand` those that may be had in full, `orders` those of the list. `filters` are the
    names of the one filter that it knows; `own` are names of its own with the values that each may have, () for any.
    """

    fields: tuple[str, ...]
    expand: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paged: bool = True
    counted: bool = True
    synced: bool = False
    most_rows: int = MOST_ROWS
    needs_words: bool = False

    @property
    def usual_rows(self) -> int:
        """How many rows a page has where that is not asked."""
        return min(DEFAULT_ROWS, self.most_rows)

    @property
    def names(self) -> tuple[str, ...]:
        """All names of parameters, in the order of the documentation."""
        shaping = ("fields", "omit") if self.fields else ()
        expanding = ("expand",) if self.expand else ()
        paging = ("cursor", "page_size") if self.paged else ()
        counting = ("count",) if self.counted else ()
        syncing = ("updated_since",) if self.synced else ()
        return (*self.filters, *self.own, *shaping, *expanding, *paging, *counting, *syncing)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `since` is the moment from which changes are asked for, None where rows are."""

    asked: EventFilter
    wanted: Wanted
    own: Mapping[str, tuple[str, ...]]
    cursor: str
    size: int
    count: bool
    since: datetime | None

    def one(self, name: str) -> str:
        """The value of a name of this list, "" where it is not given."""
        return next(iter(self.own.get(name, ())), "")

    def refuse_unknown(self) -> None:
        """Refuse names that the record never had, where a list begins. Raises InvalidFilter."""
        if not self.cursor:
            refuse_unknown(self.asked, self.one("source"))


def read_question(request: HttpRequest, table: Table) -> Question:
    """What a request asks of a table.

    Raises:
        InvalidFilter: a name is unknown here, or a value malformed; it tells of all of them.
    """
    reader = _Reader(request.GET, table)
    beside = set(request.GET) - set(table.filters)
    reader.refuse_unknown()
    reader.refuse_many()
    asked = reader.read_filter(beside)
    fields, expand = reader.read_fields(), reader.read_choices("expand", table.expand)
    question = Question(
        asked=asked,
        wanted=Wanted(fields, frozenset(expand), f"{request.scheme}://{request.get_host()}"),
        own={name: reader.read_own(name, choices) for name, choices in table.own.items()},
        cursor=reader.read_one("cursor"),
        size=reader.read_size(),
        count=reader.read_truth("count"),
        since=reader.read_moment("updated_since"),
    )
    reader.finish(question)
    return question


class _Reader:
    """Reads the values of a query string; what is wrong with them is gathered in `problems`."""

    def __init__(self, query: QueryDict, table: Table) -> None:
        self.query, self.table = query, table
        self.problems: dict[str, str] = {}

    def refuse_unknown(self) -> None:
        names = self.table.names
        known = ", ".join(names) or "none"
        for name in self.query:
            if name not in names:
                meant = suggest_name(name, names)
                self.problems[name] = f"is not a parameter here{meant or '.'} There are: {known}"

    def refuse_many(self) -> None:
        for name in self.table.names:
            if name not in self.query:
                continue
            values = self.query.getlist(name)
            if name in COMMA_LISTS:
                values = [word for value in values for word in value.split(",")]
            if name in LISTS and len(values) > MOST:
                self.problems[name] = f"has {len(values)} values; {MOST} is the most"

    def read_filter(self, beside: Collection[str]) -> EventFilter:
        try:
            asked = parse_filter(self.query, beside=beside)
        except InvalidFilter as error:
            self.problems |= error.problems
            return EventFilter()
        if asked.order not in (*self.table.orders, "newest"):
            self.problems["order"] = f"“{asked.order}” is not one of {', '.join(self.table.orders)}"
        return asked

    def read_fields(self) -> tuple[str, ...]:
        kept, left_out = self.read_choices("fields", self.table.fields), self.read_choices("omit", self.table.fields)
        return tuple(name for name in self.table.fields if (not kept or name in kept) and name not in left_out)

    def read_choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """The words of comma-separated values."""
        values = self.query.getlist(name) if name in self.table.names else ()
        words = [word.strip() for value in values for word in value.split(",") if word.strip()]
        for word in words:
            if word not in allowed:
                text = f"“{word[:50]}” is not one of {', '.join(allowed)}{suggest_name(word, allowed)}"
                self.problems.setdefault(name, text)
        return tuple(word for word in words if word in allowed)

    def read_one(self, name: str) -> str:
        values = [value for value in self.query.getlist(name) if value]
        if len(values) > 1:
            self.problems[name] = f"is given {len(values)} times; once is the most"
        if any("\x00" in value or len(value) > _LONGEST for value in values):
            self.problems[name] = f"holds characters that no text has, or more than {_LONGEST}"
            return ""
        return values[0] if values else ""

    def read_own(self, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        if choices:
            return self.read_choices(name, choices)
        value = self.read_one(name).strip()
        return (value,) if value else ()

    def read_size(self) -> int:
        text, most = self.read_one("page_size"), self.table.most_rows
        if "page_size" not in self.query:
            return self.table.usual_rows
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
            self.problems["page_size"] = f"“{text[:50]}” is not a number from 1 to {most}"
            return 1
        return int(text)

    def read_truth(self, name: str) -> bool:
        text = self.read_one(name).lower()
        if name in self.query and text not in _TRUTHS:
            self.problems[name] = f"“{text[:50]}” is not true or false"
        return _TRUTHS.get(text, False)

    def read_moment(self, name: str) -> datetime | None:
        text = self.read_one(name)
        if not text or name not in self.table.names:
            return None
        try:
            moment = parse_datetime(text) or datetime.combine(date.fromisoformat(text), time())
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            lost = "; a + is written as %2B in an address, or it becomes a space" if _LOST_PLUS.search(text) else ""
            self.problems[name] = f"“{text[:50]}” is not a moment as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ{lost}"
            return None

    def finish(self, question: Question) -> None:
        if question.since and question.count:
            self.problems["count"] = "is not known of changes"
        if question.since and question.asked.order != "newest":
            self.problems["order"] = "is that of the changes where updated_since is given"
        if self.problems:
            raise InvalidFilter(self.problems)


FILTER = NAMES
UNORDERED = tuple(name for name in NAMES if name != "order")
