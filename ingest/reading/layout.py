"""An article's opening laid out for the encoder: one text, with the names and dates in it marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.reading.dates import DatePhrase
from ingest.reading.document import Sentence
from ingest.reading.memory import Mention, Mentions
from ingest.types import ActorRef

LONGEST = 2700  # characters: more than the encoder takes tokens for
PARAGRAPH = " || "
# What a mark marks, as numbers that the encoder has learned; 0 is unmarked text.
SORTS = {"organization": 1, "person": 2, "product": 3, "other": 4}
# Days by how long before publication they lie, in days; a day after it, months and years have sorts of their own.
_AGES = ((1, 5), (8, 6), (45, 7))
_OLD, _AHEAD, _MONTH, _OLDER = 8, 9, 10, 11
_RECENT_MONTH = 75  # days
PUBLISHER, QUOTATION = 12, 13
# Around a quotation: whom the rules take for its speaker, whom they say he speaks for, and an organization they hear itself.
RULED_VOICE, RULED_FOR, RULED_ALONE = 14, 15, 16
MEANT = 17  # by a pronoun, or as "the company"
SORT_COUNT = 18


@dataclass(frozen=True, slots=True)
class Day:
    """A date that an article names; the first of the month or year where `precision` is month or year."""

    on: date
    precision: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What `text[start:end]` of a layout names: an actor by its key, or a day."""

    start: int
    end: int
    what: str | Day
    sort: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The text that the encoder reads, and its marks in order of place."""

    text: str
    marks: tuple[Mark, ...]


def lay_out(
    sentences: Iterable[Sentence],
    mentions: Mentions,
    candidates: Mentions,
    phrases: Mapping[int, Sequence[DatePhrase]],
    published: date,
    publisher: ActorRef | None = None,
) -> Layout:
    """`publisher` and `sentences`, as many as the encoder can take, with every name and every date phrase marked."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at, paragraph = 0, None
    if publisher is not None:
        marks.append(Mark(0, len(publisher.name), publisher.key, PUBLISHER))
        pieces.append(publisher.name + PARAGRAPH)
        at = len(pieces[-1])
    for sentence in sentences:
        if at > LONGEST:
            break
        if paragraph is not None:
            pieces.append(" " if sentence.paragraph == paragraph else PARAGRAPH)
            at += len(pieces[-1])
        paragraph = sentence.paragraph
        number = sentence.index
        here = [
            *_mark_names(mentions.get(number, ())),
            *_mark_candidates(candidates.get(number, ())),
            *_mark_days(phrases.get(number, ()), published),
        ]
        last = 0
        for mark in sorted(here, key=lambda m: m.start):
            if mark.start >= last:
                marks.append(Mark(at + mark.start, at + mark.end, mark.what, mark.sort))
                last = mark.end
        pieces.append(sentence.text)
        at += len(sentence.text)
    return Layout("".join(pieces), tuple(marks))


def _mark_names(mentions: Sequence[Mention]) -> list[Mark]:
    return [
        Mark(m.start, m.end, m.actor.key, SORTS.get(m.actor.kind, SORTS["other"])) for m in mentions if m.how == "name"
    ]


def _mark_candidates(candidates: Sequence[Mention]) -> list[Mark]:
    return [Mark(m.start, m.end, m.actor.key, SORTS["other"]) for m in candidates]


def _mark_days(phrases: Sequence[DatePhrase], published: date) -> list[Mark]:
    return [Mark(p.start, p.end, Day(p.on, p.precision), sort_day(p.on, p.precision, published)) for p in phrases]


def sort_day(on: date, precision: str, published: date) -> int:
    """The sort of a date, by how far from `published` it lies."""
    age = (published - on).days
    if age < 0:
        return _AHEAD
    if precision != "day":
        return _MONTH if precision == "month" and age < _RECENT_MONTH else _OLDER
    return next((sort for days, sort in _AGES if age <= days), _OLD)
