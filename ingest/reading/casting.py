"""Who plays which part in the news: what the rules say and what the encoder says, weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.authorities import is_court
from ingest.reading.begun import find_begun
from ingest.reading.document import Document
from ingest.reading.encoder import Encoded
from ingest.reading.memory import Mentions
from ingest.reading.owners import Owners
from ingest.reading.people import People
from ingest.reading.things import goes_on_as_thing, is_interface, says_what_it_does, without_thing
from ingest.types import ActorRef, Evidence, RoleRead

# What the rules' word weighs for each part, where the encoder's weighs the rest: of things and courts they know more.
RULED = {"subject": 0.3, "court": 0.3}
UNSEEN = 0.2  # what the encoder is taken to say of whom it did not get to see
# From which weight on an actor has a part, and from which one the strongest has it where nobody reaches that.
_PARTS = (
    ("initiator", 0.4, 0.2),
    ("target", 0.25, 0.15),
    ("court", 0.5, 0.3),
    ("subject", 0.4, 0.2),
    ("affected", 0.6, 0.6),
)
PARTNER = 0.35  # for the other side of a deal
PUBLISHER = 0.1  # for who publishes the page, where nobody else acts: a vendor's own notice says "we"
OTHER_SIDE = 0.15  # for the weaker of two that act, where somebody has to be acted on
A_PARTY = 0.65  # for both sides together, where only the other side is taken
TURNED = 0.08  # for who is said to act on what is not his
_COURTED = frozenset({"lawsuit", "ruling"})
_CUTS = frozenset({"revocation", "restriction", "restoration"})
_OWNER_ACTS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})


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


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules know of an article's actors: whom people speak for, who owns what; whether the article speaks of an
    API, and of what it says so ("the Sextant API"); and whether its writers speak of what they do."""

    people: People
    owners: Owners
    says_api: bool
    apis: frozenset[str] = frozenset()
    says_we: bool = False


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
        self.kind, self.people, self.owners = kind, known.people, known.owners
        self.says_api, self.apis, self.says_we = known.says_api, known.apis, known.says_we
        self.court, self.publisher, self.interfaces = opening.court, opening.publisher, opening.interfaces
        self.actors = {r.actor.key: r.actor for r in ruled}
        self.rules = {(r.actor.key, r.role): r.evidence for r in ruled}
        self.said: dict[str, dict[str, float]] = defaultdict(dict)
        self.evidence: dict[str, Evidence] = {r.actor.key: r.evidence for r in ruled}

    def hear(self, encoded: Encoded, cast: Mapping[str, Cast]) -> None:
        """Take in what the encoder says; who acts for an organization speaks for it, and a short name for the long one."""
        longer = {c.actor.name: c.actor for c in cast.values() if c.actor.slug and c.actor.kind == "organization"}
        for key, chances in encoded.parts.items():
            if key not in cast:
                continue
            actor = self._find_actor(key, cast)
            if actor.slug is None:
                actor = next((a for name, a in longer.items() if name.startswith(f"{actor.name} ")), actor)
            self.actors.setdefault(actor.key, actor)
            self.evidence.setdefault(actor.key, cast[key].evidence)
            for part, chance in chances.items():
                self.said[actor.key][part] = max(chance, self.said[actor.key].get(part, 0.0))

    def _find_actor(self, key: str, cast: Mapping[str, Cast]) -> ActorRef:
        """Who is meant where `key` is named: the organization that a person acts for, if the article names it; but people
        sue, and are sued, for themselves."""
        employer = self.people.employer.get(key)
        if employer is None or employer.key not in cast or (self.kind == "lawsuit" and not is_court(employer)):
            return cast[key].actor
        return employer

    def weigh(self, key: str, part: str) -> float:
        rule = (key, part) in self.rules
        share = RULED.get(part, 0.0)
        heard = self.said[key].get(part, 0.0) if key in self.said else UNSEEN * rule
        return (1 - share) * heard + share * rule

    def choose(self) -> list[RoleRead]:
        held: dict[str, list[str]] = {}
        taken: set[str] = set()
        for part, sure, least in _PARTS:
            if part != "court" or self.kind in _COURTED:
                held[part] = self._rank(part, sure, least, taken)
                taken.update(held[part])
        self._find_other_side(held)
        self._seat_party(held)
        self._name_publisher(held)
        self._name_owner(held)
        self._turn_round(held)
        self._name_interface(held)
        self._name_fully(held)
        self._name_court(held)
        return [
            RoleRead(self.actors[key], part, self.evidence[key], round(min(0.97, max(0.05, self.weigh(key, part))), 2))
            for part, keys in held.items()
            for key in keys
        ]

    def _rank(self, part: str, sure: float, least: float, taken: set[str]) -> list[str]:
        weights = {key: self.weigh(key, part) for key in self.actors if key not in taken}
        ranked = sorted(weights, key=lambda k: -weights[k])
        limit = PARTNER if self.kind == "deal" and part == "initiator" else sure
        held = [k for k in ranked if weights[k] >= limit]
        if not held:
            held = [k for k in ranked[:1] if weights[k] >= least and weights[k] >= self._best(k)]
        return held[:1] if part == "subject" else held

    def _best(self, key: str) -> float:
        return max(self.weigh(key, part) for part, _, _ in _PARTS)

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
        if len(empty) != 1 or self.kind == "deal":
            return
        taken = {key for keys in held.values() for key in keys}
        sides = {k: self.weigh(k, "initiator") + self.weigh(k, "target") for k in self.actors if k not in taken}
        surest = max(sides, key=lambda k: sides[k], default=None)
        if surest is not None and sides[surest] >= A_PARTY:
            held[empty[0]].append(surest)

    def _name_publisher(self, held: dict[str, list[str]]) -> None:
        key = self.publisher.key if self.publisher is not None else ""
        taken = {k for keys in held.values() for k in keys}
        if not held["initiator"] and key in self.actors and key not in taken:
            theirs = self.says_we and self.kind in _OWNER_ACTS
            held["initiator"] += [key] if theirs or self.weigh(key, "initiator") >= PUBLISHER else []

    def _name_owner(self, held: dict[str, list[str]]) -> None:
        """What is done with an interface its owner does: the one that the article names, or whose name it bears."""
        if self.kind not in _OWNER_ACTS:
            return
        for key in [k for k in held["initiator"] if self._is_thing(k)]:
            owner = self._find_owner(key)
            if owner is not None:
                held["initiator"].remove(key)
                held["subject"] = held["subject"] or [key]
                self._add_initiator(owner, key, held)
        if not held["initiator"] and held["subject"]:
            owner = self._find_owner(held["subject"][0])
            if owner is not None:
                self._add_initiator(owner, held["subject"][0], held)

    def _turn_round(self, held: dict[str, list[str]]) -> None:
        """Who is said to act on a thing that is another's was acted on, if nobody else was: "Piqo lost the Corvid API"."""
        if self.kind not in _CUTS or held["target"] or len(held["initiator"]) != 1 or not held["subject"]:
            return
        key, owner = held["initiator"][0], self._find_owner(held["subject"][0])
        free = owner is not None and all(owner.key not in keys for keys in held.values())
        if owner is not None and free and self.weigh(key, "target") >= TURNED:
            held["initiator"].remove(key)
            held["target"].append(key)
            self._add_initiator(owner, held["subject"][0], held)

    def _name_interface(self, held: dict[str, list[str]]) -> None:
        """What it is about, where nothing is named but the article speaks of an API: the API of who acts. And who is said
        to have copied from Claude did it through the Claude API."""
        vendor = self.actors[held["initiator"][0]] if held["initiator"] else None
        if vendor is None:
            return
        api = self.interfaces.get(vendor.slug or "")
        if not held["subject"] and self.kind in _OWNER_ACTS and self.says_api:
            interface = api or ActorRef(f"{vendor.name} API", "product", None, vendor.slug)
            self.actors.setdefault(interface.key, interface)
            self.evidence.setdefault(interface.key, self.evidence[vendor.key])
            held["subject"].append(interface.key)
        elif held["subject"] and api is not None:
            thing = self.actors[held["subject"][0]]
            copied = f"{thing.name} API" == api.name or (thing.slug is None and thing.parent == vendor.slug)
            if thing.name == f"{vendor.name} API" or (self.kind == "accusation" and copied):
                held["subject"] = [self._rename(thing.key, api)]

    def _name_fully(self, held: dict[str, list[str]]) -> None:
        """What an interface does is no name: "the Data API" of Reddit is the Reddit Data API. And where Sextant is cut
        off and the article speaks of "the Sextant API", that is what is cut off."""
        actors = [self.actors[k] for part in ("initiator", "target") for k in held[part]]
        for place, key in enumerate(held["subject"]):
            thing = self.actors[key]
            owner = self.owners.of.get(key) or next((a for a in actors if a.kind == "organization"), None)
            if owner is not None and not thing.slug and says_what_it_does(thing.name):
                held["subject"][place] = self._rename(key, self._make_product(f"{owner.name} {thing.name}", owner.slug))
            elif thing.name in self.apis and not is_interface(thing.name):
                held["subject"][place] = self._rename(key, self._make_product(f"{thing.name} API", thing.parent))

    def _make_product(self, name: str, parent: str | None) -> ActorRef:
        return next((a for a in self.actors.values() if a.name == name), None) or ActorRef(
            name, "product", None, parent
        )

    def _rename(self, key: str, named: ActorRef) -> str:
        """The key of the product `named`, which has all that was said of `key`."""
        self.actors.setdefault(named.key, named)
        self.evidence.setdefault(named.key, self.evidence[key])
        self.said[named.key] = self.said[key]
        self.rules.update({(named.key, r): e for (k, r), e in self.rules.items() if k == key})
        return named.key

    def _name_court(self, held: dict[str, list[str]]) -> None:
        if self.kind in _COURTED and self.court is not None and not held["court"] and self.evidence:
            self.actors.setdefault(self.court.key, self.court)
            self.evidence.setdefault(self.court.key, next(iter(self.evidence.values())))
            held["court"].append(self.court.key)

    def _add_initiator(self, owner: ActorRef, thing: str, held: dict[str, list[str]]) -> None:
        if all(owner.key not in keys for keys in held.values()):
            self.actors.setdefault(owner.key, owner)
            self.evidence.setdefault(owner.key, self.evidence[thing])
            held["initiator"].append(owner.key)

    def _is_thing(self, key: str) -> bool:
        actor = self.actors[key]
        return actor.kind == "product" or bool(not actor.slug and goes_on_as_thing(actor.name))

    def _find_owner(self, key: str) -> ActorRef | None:
        thing = self.actors[key]
        if key in self.owners.of:
            return self.owners.of[key]
        short = without_thing(thing.name)
        named = (a for a in self.actors.values() if a.kind == "organization" and thing.name.startswith(f"{a.name} "))
        found = next(named, None) or next(
            (a for a in self.actors.values() if thing.parent and a.slug == thing.parent), None
        )
        if found is not None or short == thing.name:
            return found
        return ActorRef(short, "organization")
