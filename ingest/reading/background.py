"""Events that an article only recounts, as the encoder reads them in the dated sentences of its background."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.reading.clauses import family
from ingest.reading.dates import DatePhrase
from ingest.reading.document import Document, Sentence
from ingest.reading.encoder import Encoded, encode
from ingest.reading.gist import KINDS
from ingest.reading.layout import Day, lay_out
from ingest.reading.memory import Mentions
from ingest.reading.people import People
from ingest.reading.status import read_status
from ingest.reading.timing import Calendar
from ingest.types import ActorRef, EventRead, RoleRead

FIRST = 1  # paragraph from which on the background is told
PARTIES = 2  # organizations that a sentence names where it can stand alone
# How likely it must be that a sentence tells of an event at all, and of one of its kind.
TOLD, OF_KIND = 0.5, 0.35
SURER = 0.8  # from which chance on its kind stands against the one that the rules read
MOST = 12  # sentences read
NEAR = 5  # days between two dates of one event, at most
SUREST = 0.8  # of what is read out of its context
_PARTS = frozenset({"initiator", "target", "subject", "court"})


@dataclass(frozen=True, slots=True)
class Telling:
    """An event that the background recounts: its kind and day, its participants, and how sure that is."""

    kind: str
    day: Day
    participants: tuple[RoleRead, ...]
    sentence: Sentence
    chance: float


def read_background(
    doc: Document, mentions: Mentions, candidates: Mentions, calendar: Calendar, people: People, known: list[EventRead]
) -> list[EventRead]:
    """The events that `doc` recounts: those `known`, the first of which is its news, and more.

    Of one that is known the encoder says the kind, where it is sure of another than the rules read.
    """
    events = list(known)
    for sentences in list_tellings(doc, mentions, calendar.phrases):
        telling = _read_telling(sentences, mentions, candidates, calendar, people)
        if telling is not None:
            add_telling(events, telling, ruled=len(known))
    return events


def add_telling(events: list[EventRead], telling: Telling, *, ruled: int) -> None:
    """Add what is told to `events`, the first `ruled` of which the rules have read: as one more, or as the kind of one."""
    same = [place for place, event in enumerate(events) if _is_same(telling, event)]
    if not same:
        events.append(_make_event(telling))
    elif len(same) == 1 and 0 < same[0] < ruled and telling.chance >= SURER:
        events[same[0]] = replace(events[same[0]], kind=telling.kind)


def list_tellings(
    doc: Document, mentions: Mentions, phrases: Mapping[int, Sequence[DatePhrase]]
) -> Iterator[tuple[Sentence, ...]]:
    """Each sentence of the background that holds a date, after the one before it where it names too few by itself."""
    count = 0
    for number, sentence in enumerate(doc.sentences):
        if sentence.paragraph < FIRST or all(p.future for p in phrases.get(sentence.index, ())):
            continue
        before = doc.sentences[number - 1]
        named = {m.actor.key for m in mentions.get(sentence.index, ()) if m.how == "name" and m.actor.kind != "person"}
        alone = len(named) >= PARTIES or before.paragraph != sentence.paragraph
        yield (sentence,) if alone else (before, sentence)
        count += 1
        if count == MOST:
            return


def _read_telling(
    sentences: tuple[Sentence, ...], mentions: Mentions, candidates: Mentions, calendar: Calendar, people: People
) -> Telling | None:
    if not any(m.how == "name" for s in sentences for m in mentions.get(s.index, ())):
        return None  # who only may be a name has never been found to act there
    encoded = encode(lay_out(sentences, mentions, candidates, calendar.phrases, calendar.published))
    kind = max(KINDS[1:], key=lambda k: encoded.kinds[k])
    if 1 - encoded.kinds[""] < TOLD or encoded.kinds[kind] < OF_KIND or not encoded.days:
        return None
    participants = tuple(_cast(encoded, (mentions, candidates), sentences, people))
    if not any(p.role in ("initiator", "target") for p in participants):
        return None
    day = max(encoded.days, key=lambda d: encoded.days[d])
    return Telling(kind, day, participants, sentences[-1], encoded.kinds[kind])


def _cast(
    encoded: Encoded, mentions: Iterable[Mentions], sentences: Sequence[Sentence], people: People
) -> Iterator[RoleRead]:
    actors = {m.actor.key: m.actor for held in mentions for s in sentences for m in held.get(s.index, ())}
    taken: set[tuple[ActorRef, str]] = set()
    for key, chances in encoded.parts.items():
        part = max(chances, key=lambda p: chances[p])
        actor = people.employer.get(key, actors[key])
        if part in _PARTS and (actor, part) not in taken:
            taken.add((actor, part))
            yield RoleRead(actor, part, sentences[-1].evidence, round(min(SUREST, chances[part]), 2))


def _is_same(telling: Telling, event: EventRead) -> bool:
    """Whether a telling is of an event already read: shared parties, and near days, or one month, or one year and kind."""
    told = {p.actor.key for p in telling.participants if p.role in ("initiator", "target")}
    if not told & {a.key for a in event.actors("initiator", "target")}:
        return False
    if "year" in (telling.day.precision, event.precision):
        return telling.day.on.year == event.on.year and family(telling.kind) == family(event.kind)
    if "month" in (telling.day.precision, event.precision):
        return (telling.day.on.year, telling.day.on.month) == (event.on.year, event.on.month)
    return abs((telling.day.on - event.on).days) <= NEAR


def _make_event(telling: Telling) -> EventRead:
    evidence = telling.sentence.evidence
    return EventRead(
        kind=telling.kind,
        on=telling.day.on,
        precision=telling.day.precision,
        main=False,
        status=read_status(telling.kind, telling.sentence, []),
        participants=telling.participants,
        evidence=evidence,
        confidence=round(min(SUREST, telling.chance), 2),
        date_evidence=evidence,
    )
