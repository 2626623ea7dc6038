"""Who has been spoken of, and how they were described, while an article is read from top to bottom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import is_court, is_government
from ingest.reading.document import Sentence
from ingest.reading.names import NameTable, fold_case
from ingest.reading.places import HOMES, countries_of
from ingest.reading.words import COURT_WORDS, GOVERNMENT_NOUNS
from ingest.types import ActorRef

PRESS_NOUNS = frozenset("paper newspaper publisher magazine broadcaster".split())


_PRESS = regex.compile(
    r"\b(?:Times|Post|Press|News|Journal|Herald|Tribune|Gazette|Guardian|Media|Publish\w+|Books|Magazine|Chronicle|Courier|Daily|Reuters|Forbes)\b"
)


WORD = regex.compile(r"[\p{L}\p{N}.-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor in a sentence. `how` is name, epithet or pronoun; `owns` where it is a possessive, `media` where it is
    named as the source of a report, `aside` where only to describe another ("the owner of TikTok"), `public` where it is a public authority."""

    start: int
    end: int
    actor: ActorRef
    how: str
    owns: bool = False
    media: bool = False
    public: bool = False
    aside: bool = False


Mentions = Mapping[int, Sequence[Mention]]  # by the number of the sentence


@dataclass
class Memory:
    """Who has been spoken of, and how they were described, while an article is read from top to bottom."""

    table: NameTable
    seen: dict[str, tuple[int, int, ActorRef]] = field(default_factory=dict)  # key -> (sentence, place, actor)
    subject: dict[int, ActorRef] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    described: dict[str, ActorRef] = field(default_factory=dict)
    person: ActorRef | None = None
    person_in: int = -1  # the sentence that named the person last

    def note(self, mention: Mention, sentence: Sentence) -> None:
        if mention.media:
            return
        if mention.actor.kind == "person":
            aside = mention.owns and self.person_in == sentence.index  # "the head of product at Elon Musk's network"
            if mention.how == "name" and not aside:
                self.person, self.person_in = mention.actor, sentence.index
            return
        if mention.actor.kind == "organization":
            self.seen[mention.actor.key] = (sentence.index, mention.start, mention.actor)
            self.count[mention.actor.key] += mention.how == "name"
            if not mention.owns and mention.start < 60:
                self.subject.setdefault(sentence.index, mention.actor)

    def describe(self, actor: ActorRef, words: str) -> None:
        self.described[actor.key] = actor
        self.words[actor.key] |= {w for w in WORD.findall(fold_case(words)) if len(w) > 2}

    def is_government(self, actor: ActorRef) -> bool:
        return is_government(actor) or is_court(actor) or bool(self.words[actor.key] & (GOVERNMENT_NOUNS | COURT_WORDS))

    def find(
        self, noun: str, words: str, sentence: Sentence, place: int, *, other: ActorRef | None = None
    ) -> ActorRef | None:
        """The organization that "the <words> <noun>" most likely means."""
        asked = {w for w in WORD.findall(fold_case(words)) if len(w) > 2} | {noun}
        lands = countries_of(words)
        best, best_score = None, 0.0
        for key, (index, _, actor) in self.seen.items():
            if other is not None and key == other.key:
                continue
            score = 3.0 / (1 + sentence.index - index) + 0.15 * min(self.count[key], 8)
            score += 0.8 * (self.subject.get(sentence.index - 1) == actor) + 1.0 * (
                self.subject.get(sentence.index) == actor
            )
            score += 2.0 * len(asked & self.words[key] - {"company"})
            known = countries_of(" ".join(self.words[key])) | HOMES.get(fold_case(actor.name), set())
            score -= 4.0 * bool(lands and known and not lands & known)
            score += 1.5 * bool(lands & known)
            if (noun in GOVERNMENT_NOUNS) != self.is_government(actor):
                score -= 4.0
            if noun in PRESS_NOUNS:
                score += 2.0 if _PRESS.search(actor.name) else -1.5
            if score > best_score:
                best, best_score = actor, score
        return best
