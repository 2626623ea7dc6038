"""Who speaks in a quotation, as the encoder hears it: the words around it laid out, with every name in them marked.

The rules of `attribution` and `people` find who stands beside a verb of speech and whose officer he is called. Whom "its
president" or "the union's secretary" speaks for, sentences after the union was named, the encoder tells more often; it is
asked about all but people whose employer the table or the article itself names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from ingest.reading.document import FILLER, Document, Sentence
from ingest.reading.drafts import Draft
from ingest.reading.encoder import encode
from ingest.reading.layout import MEANT, PARAGRAPH, QUOTATION, RULED_ALONE, RULED_FOR, RULED_VOICE, SORTS, Layout, Mark
from ingest.reading.memory import Mention, Mentions
from ingest.reading.people import People
from ingest.reading.places import is_place
from ingest.types import ActorRef

BEFORE = 400  # characters of the text before a quotation that the encoder is shown
AFTER = 100
INTRODUCED = 2  # sentences from further above, that first name the people around the quotation
SPOKEN_OF = 3  # organizations of which an article speaks most
SHORT = 220  # characters of a sentence that is shown because it names one
HEARD = 70  # characters of the quotation itself
_MASKED = regex.compile(rf"{FILLER}+")
_CUT = "…"
MOST_HEARD = 16  # quotations of an article
SAID = 0.9  # strength of a name beside a verb of speech, which no organization replaces
EMPLOYED = 0.3  # what the rules' word for an employer weighs
HEARD_TOO = 0.1  # and if the encoder, which was shown it, says EMPLOYED or more itself
BELONGS = 0.25  # from which weight on somebody speaks for somebody
Parts = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: its sentence, and its offsets there, quotation marks included."""

    sentence: Sentence
    start: int
    end: int


def lay_out_voice(
    doc: Document,
    place: Place,
    mentions: Mentions,
    candidates: Mentions,
    ruled: Mapping[str, int],
) -> Layout:
    """The text around a quotation with its names marked, and the quotation under the mark "". `ruled` are the sorts of
    those whom the rules name, as `sort_ruled` gives them."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at, last = 0, None
    for sentence in _choose_sentences(doc, place, mentions):
        if last is not None:
            near = sentence.paragraph == last.paragraph and sentence.index == last.index + 1
            pieces.append(" " if near else PARAGRAPH)
            at += len(pieces[-1])
        last = sentence
        named = (*mentions.get(sentence.index, ()), *candidates.get(sentence.index, ()))
        for text, mark in _cut_sentence(sentence, named, place if sentence.index == place.sentence.index else None):
            if mark is not None:
                what, sort = mark
                marks.append(Mark(at, at + len(text), what, ruled.get(what, sort)))
            pieces.append(text)
            at += len(text)
    return Layout("".join(pieces), tuple(marks))


def _choose_sentences(doc: Document, place: Place, mentions: Mentions) -> list[Sentence]:
    """The sentence of a quotation, those around it, and those above in which the people there are first named."""
    index = place.sentence.index
    low, room = index, BEFORE
    while low > 0 and room > 0:
        low -= 1
        room -= len(_MASKED.sub(_CUT, doc.sentences[low].plain))
    high, room = index + 1, AFTER
    while high < len(doc.sentences) and room > 0 and doc.sentences[high].paragraph <= place.sentence.paragraph + 1:
        room -= len(doc.sentences[high].plain)
        high += 1
    around = [m for i in range(low, high) for m in mentions.get(i, ())]
    people = {m.actor.key for m in around if m.actor.kind == "person"}
    first = sorted(_first_named(doc, people, low, mentions))[-INTRODUCED:]
    here = {*first, *range(low, high)} | ({0} if doc.sentences[0].start < 0 else set())
    return [doc.sentences[i] for i in sorted(here | set(_name_others(doc, here, mentions)))]


def _name_others(doc: Document, chosen: set[int], mentions: Mentions) -> Iterator[int]:
    """Short sentences that name the organizations most spoken of, where `chosen` name them not: one each."""
    told = Counter(
        m.actor.key for held in mentions.values() for m in held if m.actor.kind == "organization" and not m.media
    )
    named = {m.actor.key for i in chosen for m in mentions.get(i, ()) if m.how == "name"}
    for key, _ in [t for t in told.most_common(SPOKEN_OF) if t[0] not in named]:
        places = [
            s for s in doc.sentences if any(m.actor.key == key and m.how == "name" for m in mentions.get(s.index, ()))
        ]
        shortest = min(places, key=lambda s: len(_MASKED.sub(_CUT, s.plain)), default=None)
        if shortest is not None and len(_MASKED.sub(_CUT, shortest.plain)) <= SHORT:
            yield shortest.index


def _first_named(doc: Document, people: set[str], before: int, mentions: Mentions) -> Iterator[int]:
    left = set(people)
    for sentence in doc.sentences[:before]:
        here = {m.actor.key for m in mentions.get(sentence.index, ()) if m.how == "name"} & left
        if here:
            left -= here
            yield sentence.index


def _cut_sentence(
    sentence: Sentence, named: Sequence[Mention], place: Place | None
) -> Iterator[tuple[str, tuple[str, int] | None]]:
    """Pieces of a sentence with their marks: names, the quotation asked about; other quotations are cut to nothing."""
    spans: list[tuple[int, int, str, int]] = [
        (m.start, m.end, m.actor.key, SORTS.get(m.actor.kind, SORTS["other"]) if m.how == "name" else MEANT)
        for m in sorted(named, key=lambda m: m.how != "name")
    ]
    if place is not None:
        spans = [s for s in spans if s[1] <= place.start or place.end <= s[0]]
        spans.append((place.start, place.end, "", QUOTATION))
    last = 0
    for start, end, what, sort in sorted(spans, key=lambda s: (s[0], s[3] == MEANT, -s[1])):
        if start < last:
            continue
        yield _MASKED.sub(_CUT, sentence.plain[last:start]), None
        said = sentence.text[start:end]
        if sort == QUOTATION and len(said) > HEARD:
            said = said[:HEARD].rsplit(" ", 1)[0] + _CUT + said[-1]
        yield said, (what, sort)
        last = end
    yield _MASKED.sub(_CUT, sentence.plain[last:]), None


def sort_ruled(draft: Draft, people: People) -> dict[str, int]:
    """The sorts, by key, that show the encoder whom the rules hear in a quotation, and for whom they think he speaks."""
    speaker, behalf = draft.speaker or (None, None)
    if speaker is None:
        return {}
    if speaker.kind == "person":
        behalf = people.employer.get(speaker.key, behalf)
        return ({behalf.key: RULED_FOR} if behalf is not None else {}) | {speaker.key: RULED_VOICE}
    return {speaker.key: RULED_ALONE}


class Listener:
    """Asks the encoder about the quotations of one article, and weighs its word with that of the rules."""

    def __init__(self, doc: Document, mentions: Mentions, candidates: Mentions, people: People) -> None:
        self.doc, self.mentions, self.candidates, self.people = doc, mentions, candidates, people
        named = (m for by in (candidates, mentions) for held in by.values() for m in held if m.how == "name")
        self.actors = {m.actor.key: m.actor for m in named}

    def correct(self, drafts: Sequence[Draft]) -> None:
        """Give each quotation, of which the rules name the speaker, whom rules and encoder together take for him, and for
        whom he speaks."""
        asked = [d for d in drafts if self._is_open(d)][:MOST_HEARD]
        heard = [self._hear(d) for d in asked]
        chosen = [self._choose_speaker(d, parts) for d, parts in zip(asked, heard, strict=True)]
        for draft, speaker in zip(asked, chosen, strict=True):
            said = [parts for parts, other in zip(heard, chosen, strict=True) if other == speaker]
            draft.speaker = speaker, self._choose_employer(speaker, draft, said)

    def _is_open(self, draft: Draft) -> bool:
        """Whether it is worth asking: not where a person whose employer is known stands beside a verb of speech."""
        speaker = draft.speaker[0] if draft.speaker else None
        if speaker is None or speaker.kind != "person" or draft.strength < SAID:
            return True
        return not self._knows_employer(speaker)

    def _knows_employer(self, speaker: ActorRef) -> bool:
        return speaker.key in self.people.employer and bool(speaker.slug or speaker.key in self.people.told)

    def _hear(self, draft: Draft) -> Parts:
        place = Place(draft.sentence, draft.start, draft.end)
        parts = encode(
            lay_out_voice(self.doc, place, self.mentions, self.candidates, sort_ruled(draft, self.people))
        ).parts
        return {key: chances for key, chances in parts.items() if key in self.actors}

    def _choose_speaker(self, draft: Draft, parts: Parts) -> ActorRef | None:
        """Whom the rules name, unless the encoder is surer of another: a person, or an organization that speaks itself."""
        people = {key: chances["speaker"] for key, chances in parts.items()}
        surest = max(people.values(), default=0.0)
        themselves = {
            key: max(people[key], chances["behalf"] * (1 - surest))
            for key, chances in parts.items()
            if self.actors[key].kind != "person"
        }
        weights = people | themselves
        ruled = draft.speaker[0] if draft.speaker else None
        best = max(weights, key=lambda k: weights[k], default=None)
        if ruled is None or best is None or weights[best] <= weights.get(ruled.key, 0.0):
            return ruled
        actor = self.actors[best]
        if actor.kind != "person" and ruled.kind == "person" and self._stays(draft, ruled, actor):
            return ruled
        speaks = people[best] == weights[best] and actor.slug is None
        return replace(actor, kind="person") if speaks else actor

    def _stays(self, draft: Draft, person: ActorRef, organization: ActorRef) -> bool:
        """Whether an organization does not replace a person: named beside the words, or its own officer."""
        ruled = draft.speaker[1] if draft.speaker else None
        employer = self.people.employer.get(person.key, ruled)
        return draft.strength >= SAID or (employer is not None and employer.key == organization.key)

    def _choose_employer(self, speaker: ActorRef | None, draft: Draft, said: Sequence[Parts]) -> ActorRef | None:
        """For whom a person speaks in all that he says: whom the rules name counts for something."""
        if speaker is None or speaker.kind != "person":
            return speaker
        ruled = self.people.employer.get(speaker.key)
        if ruled is None and draft.speaker is not None and draft.speaker[0] == speaker:
            ruled = draft.speaker[1]
        if self._knows_employer(speaker):
            return ruled
        weights = {
            k: self._weigh_employer(k, said)
            for k, a in self.actors.items()
            if k != speaker.key and not is_place(a.name)
        }
        actors = dict(self.actors)
        if ruled is not None:
            actors[ruled.key] = ruled
            heard = weights.get(ruled.key, 0.0)
            weights[ruled.key] = heard + (HEARD_TOO if heard >= EMPLOYED else EMPLOYED)
        best = max(weights, key=lambda k: weights[k], default=None)
        if best is None or weights[best] < BELONGS:
            return None
        return replace(actors[best], kind="organization") if actors[best].kind == "person" else actors[best]

    def _weigh_employer(self, key: str, said: Sequence[Parts]) -> float:
        """How surely somebody speaks for whoever has `key` in what he says: a name that the rules take for a person's may
        be a firm's ("Studio Boschi"), if the encoder hears him speak nowhere."""
        behalf, speaks = (sum(p[key][part] for p in said if key in p) / len(said) for part in ("behalf", "speaker"))
        return behalf if self.actors[key].kind != "person" or behalf > speaks else 0.0
