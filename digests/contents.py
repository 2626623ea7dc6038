"""What a digest says, as values for its templates: news by dispute, the most recent first, and what was put right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from django.utils import translation
from django.utils.formats import date_format

from digests.choosing import Choice
from timeline.queries.news import Correction, get_corrections, list_events_of, name_events
from timeline.queries.sources import fold_sources

# As on the site; Django's English is American.
_ENGLISH: Final = {"day": "j F Y", "month": "F Y", "year": "Y"}
_FORMATS: Final = {"day": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALONE: Final = ""  # the title of the group of events that belong to no dispute
_SOURCES: Final = 3
_QUOTE: Final = 280  # characters
_CLAUSES: Final = 2
_CLAUSE: Final = 600  # characters: cut short, terms may say another thing


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a mail tells it. `clauses` are (text, of which terms), `sources` (publisher, address)."""

    title: str
    path: str
    kind: str
    status: str
    when: str
    actors: str
    targets: str
    summary: str
    scope: str
    clauses: tuple[tuple[str, str], ...]
    quote: str
    speaker: str
    sources: tuple[tuple[str, str], ...]
    more_sources: int


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one dispute. `title` and `path` are "" for those of none."""

    title: str
    path: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Fix:
    """What was put right in an event. `path` is "" where it is public no more; `fields` are (name, before, after)."""

    title: str
    path: str
    what: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole digest. `brief` are further events, told in one line each; `more` counts those told by a link only, and
    `more_fixes` those that are not told.
    """

    groups: list[Group]
    brief: list[Entry]
    more: int
    fixes: list[Fix]
    more_fixes: int = 0

    @property
    def number(self) -> int:
        """How many events it tells of."""
        return sum(len(group.entries) for group in self.groups) + len(self.brief) + self.more

    @property
    def lead(self) -> str:
        """The first headline: of the news, else of what was put right."""
        titles = [entry.title for group in self.groups for entry in group.entries]
        return next(iter((*titles, *(entry.title for entry in self.brief), *(fix.title for fix in self.fixes))), "")

    @property
    def summary(self) -> str:
        """The first summary, for the line that mail programs show beside the subject."""
        return next((entry.summary for group in self.groups for entry in group.entries if entry.summary), "")


def build_contents(
    choice: Choice, *, language: str = "en", full: int = 20, brief: int = 60, fixes: int = 20
) -> Contents:
    """Read the events of a choice, as they stand now.

    Args:
        choice: what the digest tells of.
        language: of the dates.
        full: how many events are told in full.
        brief: how many more in one line each; those beyond are counted.
        fixes: how many corrections, the latest; those before are counted.
    """
    corrections = get_corrections(choice.change_ids)
    with translation.override(language):
        entries = [(event.dispute, _make_entry(event)) for event in list_events_of(choice.event_ids)]
        rest = iter(entries[full:])
        return Contents(
            groups=_group(entries[:full]),
            brief=[entry for _, entry in islice(rest, brief)],
            more=sum(1 for _ in rest),
            fixes=_list_fixes(corrections[-fixes:]),
            more_fixes=len(corrections[:-fixes]),
        )


def _group(entries: Iterable[tuple[Any, Entry]]) -> list[Group]:
    """By dispute: groups in the order of their latest event, so that the newest comes first."""
    groups: dict[str, Group] = {}
    for dispute, entry in entries:
        title, path = (dispute.title, dispute.get_absolute_url()) if dispute else (_ALONE, "")
        groups.setdefault(path, Group(title, path, [])).entries.append(entry)
    return list(groups.values())


def _make_entry(event: Any) -> Entry:
    parts = list(event.participations.all())
    quote = next(iter(event.quotes.all()), None)
    sources = fold_sources(event.citations.all())
    shown = tuple((row.citation.article.publisher.name, row.citation.article.url) for row in sources[:_SOURCES])
    return Entry(
        title=event.title,
        path=event.get_absolute_url(),
        kind=event.kind.replace("-", " "),
        status=event.status,
        when=write_date(event.on, event.precision),
        actors=_name(parts, "initiator") or _name(parts, "court"),
        targets=_name(parts, "target"),
        summary=event.summary,
        scope=event.scope,
        clauses=tuple((_shorten(row.text, _CLAUSE), _name_terms(row)) for row in list(event.clauses.all())[:_CLAUSES]),
        quote=_shorten(quote.text) if quote else "",
        speaker=quote.speaker.name if quote else "",
        sources=shown,
        more_sources=len(sources) - len(shown),
    )


def _list_fixes(corrections: Iterable[Correction]) -> list[Fix]:
    rows = list(corrections)
    names = name_events({row.event_id for row in rows})
    return [_make_fix(row, *names.get(row.event_id, ("An entry", ""))) for row in rows]


def _make_fix(row: Correction, title: str, path: str) -> Fix:
    what = {"merge": "joined with another entry", "withdraw": "withdrawn"}.get(row.action, "corrected")
    fields = row.fields if row.action == "correct" else ()
    values = tuple((name, _write_value(name, before), _write_value(name, after)) for name, before, after in fields)
    return Fix(title, path, what, _shorten(row.reason), values)


def _write_value(name: str, value: str) -> str:
    return write_date(date.fromisoformat(value)) if name == "on" and _DAY.fullmatch(value) else _shorten(value)


def _name(parts: Iterable[Any], role: str) -> str:
    return ", ".join(part.actor.name for part in parts if part.role == role)


def _name_terms(clause: Any) -> str:
    return f"{clause.vendor.name}, {clause.document}" if clause.document else clause.vendor.name


def write_date(day: date, precision: str = "day") -> str:
    """The day in the active language, as exact as it is known."""
    return date_format(day, (_ENGLISH if translation.get_language() == "en" else _FORMATS)[precision])


def _shorten(text: str, length: int = _QUOTE) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + " …"
