"""From the acts that tell of one event to its participants: who takes part as what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import is_court
from ingest.reading.clauses import Act
from ingest.reading.memory import Mention
from ingest.reading.people import People
from ingest.types import ActorRef, Evidence, RoleRead

# Kinds done to the maker of a product where only the product is named.
_MAKER_IS_TARGET = frozenset({"regulation", "restoration", "lawsuit", "ruling", "accusation"})
_API_KINDS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})


@dataclass
class Story:
    """The acts of an article that tell of one event."""

    kind: str
    acts: list[tuple[Act, float]] = field(default_factory=list)
    main: bool = False


def vote_roles(story: Story, people: People) -> dict[str, list[tuple[ActorRef, float, Evidence]]]:
    """The participants of a story by role, each in the role most tellings give, strongest first."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    actors: dict[str, ActorRef] = {}
    evidence: dict[tuple[str, str], Evidence] = {}
    for act, weight in story.acts:
        for role, mentions in act.roles.items():
            for mention in mentions:
                sure = {"name": 1.0, "epithet": 0.7, "pronoun": 0.6}[mention.how]
                # Who acts for an organization is not a party: the organization is.
                actor = people.employer.get(mention.actor.key, mention.actor)
                if is_court(actor):
                    role = "court"
                votes[actor.key][role] += weight * sure * (0.3 if role == "affected" else 1.0)
                actors[actor.key] = actor
                evidence.setdefault((actor.key, role), act.sentence.evidence)
    result: dict[str, list[tuple[ActorRef, float, Evidence]]] = defaultdict(list)
    for key, by_role in votes.items():
        role = max(by_role, key=lambda r: by_role[r])
        result[role].append((actors[key], by_role[role], evidence[(key, role)]))
    if story.kind != "response":
        things = [r for r in result.get("initiator", []) if r[0].kind == "product"]
        result["initiator"] = [r for r in result.get("initiator", []) if r[0].kind != "product"]
        result["subject"] += things
    _drop_products_of(result, "target")
    _drop_products_of(result, "initiator")
    for held in result.values():
        held.sort(key=lambda r: -r[1])
    return result


def _drop_products_of(ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], role: str) -> None:
    """Of an organization and its own product in one role the organization stays."""
    slugs = {a.slug for a, _, _ in ranked.get(role, []) if a.kind == "organization"}
    ranked[role] = [
        r for r in ranked.get(role, []) if r[0].kind != "product" or r[0].parent not in slugs or not r[0].parent
    ]


def choose_roles(story: Story, people: People) -> list[RoleRead]:
    """The participants to report: the strongest of each role, and those about as strong."""
    ranked = vote_roles(story, people)
    total = sum(w for _, w in story.acts) or 1.0
    chosen: list[RoleRead] = []
    for role, share in (("initiator", 0.5), ("target", 0.45), ("subject", 0.6), ("affected", 0.3), ("court", 0.3)):
        held = ranked.get(role, [])
        if role == "subject":
            held = _prefer_api(held)
        if role == "court" and story.kind not in ("lawsuit", "ruling"):
            continue
        top = held[0][1] if held else 0.0
        for actor, weight, evidence in held:
            if weight >= share * top:
                chosen.append(RoleRead(actor, role, evidence, round(min(0.97, 0.5 + 0.5 * weight / total), 2)))
    return chosen


def _prefer_api(held: list[tuple[ActorRef, float, Evidence]]) -> list[tuple[ActorRef, float, Evidence]]:
    """ "Claude" and "Claude API" of one article are one subject, the latter."""
    apis = [h for h in held if h[0].name.endswith(" API")]
    if not apis:
        return held[:1] if held else held
    best = apis[0]
    return [(best[0], sum(h[1] for h in held), best[2])]


class _Filler:
    """Adds the roles that go without saying."""

    def __init__(self, story: Story, roles: list[RoleRead], mentions: dict[int, list[Mention]]) -> None:
        self.story, self.roles, self.mentions = story, roles, mentions
        self.evidence = max(story.acts, key=lambda a: a[1])[0].sentence.evidence

    def actors(self, role: str) -> list[ActorRef]:
        return [r.actor for r in self.roles if r.role == role]

    def add(self, actor: ActorRef | None, role: str, confidence: float) -> None:
        if actor is not None:
            self.roles.append(RoleRead(actor, role, self.evidence, confidence))

    def fill(self) -> list[RoleRead]:
        kind = self.story.kind
        if not self.actors("subject"):
            owners = self.actors("target" if kind in ("lawsuit", "regulation") else "initiator")
            self.add(_own_interface(owners, self.mentions, self.story), "subject", 0.6)
        if kind in ("lawsuit", "ruling") and not self.actors("court"):
            courts = (m.actor for held in self.mentions.values() for m in held if m.how == "name" and is_court(m.actor))
            self.add(next(courts, None), "court", 0.6)
        if kind in _MAKER_IS_TARGET and not self.actors("target"):
            self.add(self._maker(), "target", 0.6)
        self._fill_other_side()
        return self.roles

    def _fill_other_side(self) -> None:
        kind, initiators = self.story.kind, self.actors("initiator")
        keys = {a.key for a in initiators}
        if kind == "deal" and len(initiators) == 1:
            self.add(self._maker() or _other_party(keys, self.mentions), "initiator", 0.55)
        elif kind in ("response", "accusation") and initiators and not self.actors("target"):
            self.add(_other_party(keys, self.mentions), "target", 0.5)

    def _maker(self) -> ActorRef | None:
        """The organization behind the subject, if the article names it and it has no role yet."""
        parents = {a.parent for a in self.actors("subject") if a.parent}
        taken = {r.actor.key for r in self.roles}
        named = (m.actor for held in self.mentions.values() for m in held)
        return next((a for a in named if a.slug in parents and a.key not in taken), None)


def fill_roles(story: Story, roles: list[RoleRead], mentions: dict[int, list[Mention]]) -> list[RoleRead]:
    """`roles` with what goes without saying: the API of the one who acts, the other party of an answer."""
    return _Filler(story, roles, mentions).fill()


def _own_interface(vendors: list[ActorRef], mentions: dict[int, list[Mention]], story: Story) -> ActorRef | None:
    """The product of one of `vendors` that the article speaks of most, or the API where an act's sentence says "API"."""
    counts: dict[str, int] = defaultdict(int)
    products: dict[str, ActorRef] = {}
    slugs = {v.slug for v in vendors if v.slug}
    prefixes = tuple(f"{v.name.split()[0]} " for v in vendors)
    for held in mentions.values():
        for mention in held:
            actor = mention.actor
            own = actor.parent in slugs or (bool(prefixes) and actor.name.startswith(prefixes))
            if actor.kind == "product" and own:
                counts[actor.key] += 1 + 2 * actor.name.endswith("API")
                products[actor.key] = actor
    if counts:
        return products[max(counts, key=lambda k: counts[k])]
    says_api = any(regex.search(r"\bAPIs?\b", a.sentence.plain) for a, _ in story.acts)
    if vendors and says_api and story.kind in _API_KINDS:
        return ActorRef(f"{vendors[0].name} API", "product", None, vendors[0].slug)
    return None


def _other_party(parties: set[str], mentions: dict[int, list[Mention]]) -> ActorRef | None:
    """The organization named most besides `parties`."""
    counts: dict[str, int] = defaultdict(int)
    actors: dict[str, ActorRef] = {}
    for held in mentions.values():
        for mention in held:
            if mention.actor.kind == "organization" and mention.actor.key not in parties and not mention.media:
                counts[mention.actor.key] += 1
                actors[mention.actor.key] = mention.actor
    return actors[max(counts, key=lambda k: counts[k])] if counts else None
