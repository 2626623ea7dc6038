"""Who plays which part in the news: what the rules say and what the encoder says, weighed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.authorities import is_court, is_government
from ingest.reading.begun import find_begun
from ingest.reading.document import Document
from ingest.reading.encoder import Encoded
from ingest.reading.memory import Mentions
from ingest.reading.subjects import OWNER_ACTS, Subjects
from ingest.reading.weighing import THRESHOLDS, Known, Weights
from ingest.types import ActorRef, Evidence, RoleRead

PARTNER = 0.35  # for the other side of a deal
DEALT = 0.7  # how sure it is at least: a deal has two sides
PUBLISHER = 0.1  # for who publishes the page, where nobody else acts: a vendor's own notice says "we"
OTHER_SIDE = 0.15  # for the weaker of two that act, where somebody has to be acted on
A_PARTY = 0.65  # for both sides together, where only the other side is taken
COURT = 0.7  # how sure the court is that the press means
_COURTED = frozenset({"lawsuit", "ruling"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What the encoder says of an article's opening, and the names that it alone was shown; who publishes the page, which
    court the press means; and by the slug of its vendor each API that the record knows."""

    encoded: Encoded
    candidates: Mentions
    publisher: ActorRef | None = None
    court: ActorRef | None = None
    interfaces: Mapping[str, ActorRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cast:
    """An actor of an article, with the sentence that first names it."""

    actor: ActorRef
    evidence: Evidence


def list_cast(doc: Document, mentions: Mentions, opening: Opening) -> dict[str, Cast]:
    """Everybody named, by key, the publisher too; nobody whose name is a word that begins a sentence."""
    found: dict[str, Cast] = {}
    begun = find_begun(doc)
    for sentence in doc.sentences:
        for mention in (*mentions.get(sentence.index, ()), *opening.candidates.get(sentence.index, ())):
            if mention.how == "name" and mention.actor.key not in found and mention.actor.name not in begun:
                found[mention.actor.key] = Cast(mention.actor, sentence.evidence)
    if opening.publisher is not None and doc.sentences:
        found.setdefault(opening.publisher.key, Cast(opening.publisher, doc.sentences[0].evidence))
    return found


def cast_parts(
    kind: str, ruled: list[RoleRead], opening: Opening, cast: Mapping[str, Cast], known: Known
) -> list[RoleRead]:
    """The participants of the news, which is of `kind`; `ruled` are those that the rules name."""
    caster = _Caster(kind, ruled, opening, known)
    caster.hear(opening.encoded, cast)
    return caster.choose()


class _Caster:
    """Weighs what speaks for each actor in each part, then gives out the parts."""

    def __init__(self, kind: str, ruled: list[RoleRead], opening: Opening, known: Known) -> None:
        self.kind, self.known = kind, known
        self.court, self.publisher = opening.court, opening.publisher
        self.weights = Weights(ruled)
        self.actors, self.weigh = self.weights.actors, self.weights.weigh
        self.subjects = Subjects(kind, self.weights, known, opening.interfaces)

    def hear(self, encoded: Encoded, cast: Mapping[str, Cast]) -> None:
        """Take in what the encoder says; who acts for an organization speaks for it, and a short name for the long one."""
        longer = {c.actor.name: c.actor for c in cast.values() if c.actor.slug and c.actor.kind == "organization"}
        for key, chances in encoded.parts.items():
            if key not in cast:
                continue
            actor = self._find_actor(key, cast)
            if actor.slug is None:
                actor = next((a for name, a in longer.items() if name.startswith(f"{actor.name} ")), actor)
            said = self.weights.said[self.weights.add(actor, cast[key].evidence)]
            for part, chance in chances.items():
                said[part] = max(chance, said.get(part, 0.0))

    def _find_actor(self, key: str, cast: Mapping[str, Cast]) -> ActorRef:
        """Who is meant where `key` is named: the organization that a person acts for, if the article names it; but people
        sue, and are sued, for themselves."""
        employer = self.known.people.employer.get(key)
        if employer is None or employer.key not in cast or (self.kind == "lawsuit" and not is_court(employer)):
            return cast[key].actor
        return employer

    def choose(self) -> list[RoleRead]:
        held: dict[str, list[str]] = {}
        taken: set[str] = set()
        for part, sure, least in THRESHOLDS:
            if part != "court" or self.kind in _COURTED:
                held[part] = self._rank(part, sure, least, taken)
                taken.update(held[part])
        self._find_other_side(held)
        self._seat_party(held)
        self._name_bureau(held)
        self._name_publisher(held)
        self.subjects.settle(held)
        self._name_court(held)
        return [
            self.weights.make_role(key, part)
            for part, keys in held.items()
            for key in keys
            if not self._is_piece(key, keys)
        ]

    def _rank(self, part: str, sure: float, least: float, taken: set[str]) -> list[str]:
        weights = {key: self.weigh(key, part) for key in self.actors if key not in taken}
        ranked = sorted(weights, key=lambda k: -weights[k])
        limit = PARTNER if self.kind == "deal" and part == "initiator" else sure
        held = [k for k in ranked if weights[k] >= limit]
        if not held:
            held = [k for k in ranked[:1] if weights[k] >= least and weights[k] >= self.weights.weigh_best(k)]
        return held[:1] if part == "subject" else held

    def _find_other_side(self, held: dict[str, list[str]]) -> None:
        """Of two who are said to act, but for the sides of a deal, one is acted on, if nobody else is."""
        if self.kind == "deal" or held["target"] or len(held["initiator"]) < 2:
            return
        other = max(held["initiator"], key=lambda k: self.weigh(k, "target"))
        if self.weigh(other, "target") >= OTHER_SIDE:
            held["initiator"].remove(other)
            held["target"].append(other)

    def _seat_party(self, held: dict[str, list[str]]) -> None:
        """Who is surely a party, though on which side is open, takes the side where nobody is."""
        empty = [side for side in ("initiator", "target") if not held[side]]
        if self.kind == "deal":
            self.weights.sure.update({(key, "initiator"): DEALT for key in held["initiator"]})
        if len(empty) != 1 or self.kind == "deal":
            return
        taken = {key for keys in held.values() for key in keys}
        sides = {k: self.weigh(k, "initiator") + self.weigh(k, "target") for k in self.actors if k not in taken}
        surest = max(sides, key=lambda k: sides[k], default=None)
        if surest is not None and sides[surest] >= A_PARTY:
            held[empty[0]].append(surest)

    def _name_bureau(self, held: dict[str, list[str]]) -> None:
        """What a ministry is said to order, its bureau ordered, if the article names one of those that the record knows."""
        for place, key in enumerate(held["initiator"]):
            parts = (k for k, a in self.actors.items() if a.parent and a.parent == self.actors[key].slug)
            bureau = next((k for k in parts if is_government(self.actors[k])), None)
            if bureau is not None and bureau not in held["initiator"]:
                held["initiator"][place] = bureau

    def _name_publisher(self, held: dict[str, list[str]]) -> None:
        key = self.publisher.key if self.publisher is not None else ""
        taken = {k for keys in held.values() for k in keys}
        if not held["initiator"] and key in self.actors and key not in taken:
            theirs = self.known.says_we and self.kind in OWNER_ACTS
            held["initiator"] += [key] if theirs or self.weigh(key, "initiator") >= PUBLISHER else []

    def _name_court(self, held: dict[str, list[str]]) -> None:
        named = next(iter(self.weights.evidence.values()), None)
        if self.kind in _COURTED and self.court is not None and not held["court"] and named is not None:
            held["court"].append(self.weights.add(self.court, named))
            self.weights.sure[self.court.key, "court"] = COURT

    def _is_piece(self, key: str, keys: list[str]) -> bool:
        """Whether `key` is a piece of the name of a person or court that has the part already: "Elon" beside Elon Musk."""
        actor = self.actors[key]
        whole = (a for a in map(self.actors.__getitem__, keys) if a.kind == "person" or is_court(a))
        return actor.slug is None and any(a.name != actor.name and f" {actor.name} " in f" {a.name} " for a in whole)
