"""From the acts that tell of one event to its participants: who takes part as what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ingest.reading.authorities import is_court, is_government
from ingest.reading.clauses import Act
from ingest.reading.memory import Mention
from ingest.reading.owners import Owners
from ingest.reading.people import People
from ingest.types import ActorRef, Evidence, RoleRead

# Kinds done to the maker of a product where only the product is named.
_MAKER_IS_TARGET = frozenset({"regulation", "restoration", "lawsuit", "ruling", "accusation"})
# Kinds where the owner of the interface does it, and those that always hit somebody.
_OWNER_ACTS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})
_TWO_SIDED = frozenset({"revocation", "lawsuit", "accusation", "response"})
_API_KINDS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})


@dataclass
class Story:
    """The acts of an article that tell of one event, with their weights."""

    kind: str
    acts: list[tuple[Act, float]] = field(default_factory=list)
    main: bool = False
    share: float = 0.5  # of what the article's acts say, how much says this


def vote_roles(story: Story, people: People, owners: Owners) -> dict[str, list[tuple[ActorRef, float, Evidence]]]:
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
                if role == "initiator" and story.kind in _OWNER_ACTS and not actor.slug and actor.key in owners.of:
                    votes[actor.key]["subject"] += 0.5 * weight * sure
                    actors[actor.key] = actor
                    evidence.setdefault((actor.key, "subject"), act.sentence.evidence)
                    actor = owners.of[actor.key]  # whose brand it is acts
                votes[actor.key][role] += weight * sure * (0.3 if role == "affected" else 1.0)
                actors[actor.key] = actor
                evidence.setdefault((actor.key, role), act.sentence.evidence)
    result: dict[str, list[tuple[ActorRef, float, Evidence]]] = defaultdict(list)
    for key, by_role in votes.items():
        role = max(by_role, key=lambda r: by_role[r])
        result[role].append((actors[key], by_role[role], evidence[(key, role)]))
    _settle_products(story.kind, result, actors, owners)
    for held in result.values():
        held.sort(key=lambda r: -r[1])
    return result


def _settle_products(
    kind: str, ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], actors: dict[str, ActorRef], owners: Owners
) -> None:
    """Products act only in answers; of an organization and its product, or two names of one party, one stays."""
    if kind != "response":
        things = [r for r in ranked.get("initiator", []) if r[0].kind == "product"]
        ranked["initiator"] = [r for r in ranked.get("initiator", []) if r[0].kind != "product"]
        ranked["subject"] += things
    if kind in ("revocation", "restriction", "restoration"):
        _name_makers(ranked, actors, owners)
    if kind == "restoration":
        _name_owners(ranked, owners)
    _drop_products_of(ranked, "target")
    _drop_products_of(ranked, "initiator")


def _name_makers(
    ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], actors: dict[str, ActorRef], owners: Owners
) -> None:
    """Who is cut off is the maker of a program rather than the program, where the acts name both or it has no other."""
    known = {a.slug: a for a in actors.values() if a.slug}
    initiators = {a.key for a, _, _ in ranked.get("initiator", [])}
    for actor, weight, evidence in list(ranked.get("target", [])):
        maker = known.get(actor.parent or "") if actor.kind == "product" else None
        maker = owners.of[actor.key] if maker is None and actor.key in owners.alone else maker
        if maker is not None and maker.key not in initiators:
            ranked["target"].remove((actor, weight, evidence))
            if all(a.key != maker.key for a, _, _ in ranked["target"]):
                ranked["target"].append((maker, weight, evidence))
            ranked["subject"].append((actor, weight, evidence))


def _name_owners(ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], owners: Owners) -> None:
    """What an authority gives back it gives to the maker of the product."""
    if not any(is_government(a) for a, _, _ in ranked.get("initiator", [])):
        return
    for actor, weight, evidence in [t for t in ranked.get("target", []) if t[0].kind == "product"]:
        owner = owners.of.get(actor.key)
        if owner is not None:
            ranked["target"] = [
                (owner, weight, evidence),
                *(t for t in ranked["target"] if t[0].key not in (actor.key, owner.key)),
            ]
            ranked["subject"].append((actor, weight, evidence))


def _drop_products_of(ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], role: str) -> None:
    """Of an organization and its own product or brand in one role the organization stays."""
    slugs = {a.slug for a, _, _ in ranked.get(role, []) if a.kind == "organization"}
    ranked[role] = [r for r in ranked.get(role, []) if r[0].parent not in slugs or not r[0].parent]


def choose_roles(story: Story, people: People, owners: Owners) -> list[RoleRead]:
    """The participants to report: the strongest of each role, and those about as strong."""
    ranked = vote_roles(story, people, owners)
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

    def __init__(
        self, story: Story, roles: list[RoleRead], mentions: dict[int, list[Mention]], owners: Owners, says_api: bool
    ) -> None:
        self.story, self.roles, self.mentions, self.owners, self.says_api = story, roles, mentions, owners, says_api
        self.evidence = max(story.acts, key=lambda a: a[1])[0].sentence.evidence

    def actors(self, role: str) -> list[ActorRef]:
        return [r.actor for r in self.roles if r.role == role]

    def add(self, actor: ActorRef | None, role: str, confidence: float) -> None:
        if actor is not None:
            self.roles.append(RoleRead(actor, role, self.evidence, confidence))

    def fill(self) -> list[RoleRead]:
        kind = self.story.kind
        if not self.actors("subject"):
            self.add(self._thing(), "subject", 0.6)
        if kind == "regulation" and not any(a.kind == "organization" for a in self.actors("initiator")):
            self._name_authority()
        if kind in ("lawsuit", "ruling") and not self.actors("court"):
            courts = (m.actor for held in self.mentions.values() for m in held if m.how == "name" and is_court(m.actor))
            self.add(next(courts, None), "court", 0.6)
        if kind in _MAKER_IS_TARGET and not self.actors("target"):
            self.add(self._maker(), "target", 0.6)
        self._fill_other_side()
        if not self.actors("subject"):
            self.add(self._thing(), "subject", 0.5)
        return self.roles

    def _name_authority(self) -> None:
        """Governments act through bodies: the one that the article names, for the minister who signs."""
        named = (m for held in self.mentions.values() for m in held if not m.media and m.actor.kind == "organization")
        body = next((m.actor for m in named if m.public and not is_court(m.actor)), None)
        if body is not None:
            self.roles = [r for r in self.roles if r.role != "initiator" and r.actor.key != body.key]
            self.add(body, "initiator", 0.6)

    def _thing(self) -> ActorRef | None:
        """What it is about where no act says so: a product or the API of one side, first of the one that is asked for it."""
        sides = ["initiator", "target"]
        if self.story.kind in ("lawsuit", "regulation", "response", "ruling"):
            sides.reverse()
        for side in sides:
            found = self._own_interface(self.actors(side))
            if found is not None:
                return found
        return None

    def _own_interface(self, vendors: list[ActorRef]) -> ActorRef | None:
        """The product of one of `vendors` that the article speaks of most, or the API where the article speaks of one."""
        counts: dict[str, int] = defaultdict(int)
        products: dict[str, ActorRef] = {}
        for held in self.mentions.values():
            for actor in (m.actor for m in held if m.actor.kind == "product" or m.actor.key in self.owners.of):
                if self._is_of(actor, vendors) and actor.key not in {v.key for v in vendors}:
                    counts[actor.key] += 1 + 2 * actor.name.endswith("API")
                    products[actor.key] = actor
        if counts:
            return products[max(counts, key=lambda k: counts[k])]
        if vendors and self.says_api and self.story.kind in _API_KINDS:
            return ActorRef(f"{vendors[0].name} API", "product", None, vendors[0].slug)
        return None

    def _is_of(self, thing: ActorRef, vendors: list[ActorRef]) -> bool:
        owner = self.owners.of.get(thing.key)
        slugs = {v.slug for v in vendors if v.slug}
        prefixes = tuple(f"{v.name.split()[0]} " for v in vendors)
        named = thing.kind == "product" and bool(prefixes) and thing.name.startswith(prefixes)
        return (owner is not None and owner.key in {v.key for v in vendors}) or thing.parent in slugs or named

    def _fill_other_side(self) -> None:
        kind, keys = self.story.kind, {r.actor.key for r in self.roles if r.role in ("initiator", "target", "court")}
        if kind == "deal":
            while len(self.actors("initiator")) < 2 and (other := self._maker() or self._other_party(keys)):
                self.add(other, "initiator", 0.55)
                keys.add(other.key)
            return
        if not self.actors("initiator") and kind in (*_OWNER_ACTS, *_TWO_SIDED):
            other = (self._maker() if kind in _OWNER_ACTS else None) or self._other_party(keys)
            self.add(other, "initiator", 0.5)
            keys |= {other.key} if other else set()
        if not self.actors("target") and kind in (*_TWO_SIDED, "regulation"):
            self.add(self._other_party(keys), "target", 0.5)

    def _other_party(self, parties: set[str]) -> ActorRef | None:
        """The organization named most besides `parties` and their brands."""
        brands = {k for k, owner in self.owners.of.items() if owner.key in parties}
        other = _other_party(parties | brands, self.mentions)
        owner = self.owners.of.get(other.key) if other is not None and not other.slug else None
        return owner if owner is not None and owner.key not in parties else other

    def _maker(self) -> ActorRef | None:
        """The organization behind the subject, if the article names it and it has no role yet."""
        told = [a for act, _ in self.story.acts for a in act.actors("subject")]
        things = [*self.actors("subject"), *told]
        taken = {r.actor.key for r in self.roles}
        makers = (self.owners.of[a.key] for a in things if a.key in self.owners.of)
        return next((a for a in makers if a.key not in taken), None)


def fill_roles(
    story: Story, roles: list[RoleRead], mentions: dict[int, list[Mention]], owners: Owners, *, says_api: bool
) -> list[RoleRead]:
    """`roles` with what goes without saying: the API of the one who acts, the other party of an answer."""
    return _Filler(story, roles, mentions, owners, says_api).fill()


def _other_party(parties: set[str], mentions: dict[int, list[Mention]]) -> ActorRef | None:
    """The organization named most besides `parties`."""
    counts: dict[str, int] = defaultdict(int)
    actors: dict[str, ActorRef] = {}
    for held in mentions.values():
        for mention in held:
            party = (
                mention.actor.kind == "organization"
                and not is_court(mention.actor)
                and not is_government(mention.actor)
            )
            if party and mention.actor.key not in parties and not mention.media:
                counts[mention.actor.key] += 1
                actors[mention.actor.key] = mention.actor
    return actors[max(counts, key=lambda k: counts[k])] if counts else None
