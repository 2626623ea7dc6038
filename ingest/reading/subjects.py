"""What the news is about, by its full name, and whose it is: what is done with a thing its owner does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.reading.things import goes_on_as_thing, is_interface, says_what_it_does, without_thing
from ingest.reading.weighing import Known, Weights
from ingest.types import ActorRef

TURNED = 0.08  # for who is said to act on what is not his
NAMED = 0.05  # for the vendor's own product, where what was named is the other side's
OWN = 0.4  # how sure it is then
BESIDE = 0.2  # for a second product, which is named beside the first
OWNER_ACTS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})
CUTS = frozenset({"revocation", "restriction", "restoration"})
Held = dict[str, list[str]]  # by part, the keys of those who have it


class Subjects:
    """Names what the news, which is of `kind`, is about; `interfaces` are the APIs that the record knows, by their vendors' slugs."""

    def __init__(self, kind: str, weights: Weights, known: Known, interfaces: Mapping[str, ActorRef]) -> None:
        self.kind, self.weights, self.known, self.interfaces = kind, weights, known, interfaces
        self.actors = weights.actors

    def settle(self, held: Held) -> None:
        """Put right, in `held`, what the news is about, and who acts because it is his."""
        self._name_owner(held)
        self._turn_round(held)
        self._name_own(held)
        self._name_interface(held)
        self._name_fully(held)
        self._name_beside(held)

    def _name_owner(self, held: Held) -> None:
        """What is done with an interface its owner does: the one that the article names, or whose name it bears."""
        if self.kind not in OWNER_ACTS:
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

    def _turn_round(self, held: Held) -> None:
        """Who is said to act on a thing that is another's was acted on, if nobody else was: "Piqo lost the Corvid API"."""
        if self.kind not in CUTS or held["target"] or len(held["initiator"]) != 1 or not held["subject"]:
            return
        key, owner = held["initiator"][0], self._find_owner(held["subject"][0])
        free = owner is not None and all(owner.key not in keys for keys in held.values())
        if owner is not None and free and self.weights.weigh(key, "target") >= TURNED:
            held["initiator"].remove(key)
            held["target"].append(key)
            self._add_initiator(owner, held["subject"][0], held)

    def _name_own(self, held: Held) -> None:
        """Who cuts somebody off, or accuses him of copying, does so over a product of his own, not the other side's alone."""
        if self.kind not in CUTS | {"accusation"} or len(held["initiator"]) != 1 or not held["subject"]:
            return
        vendor, owner = self.actors[held["initiator"][0]], self._find_owner(held["subject"][0])
        if owner is None or owner.key not in held["target"]:
            return
        taken = {key for keys in held.values() for key in keys}
        own = (key for key in self._list_products(vendor) if key not in taken)
        best = max(own, key=lambda k: self.weights.weigh(k, "subject"), default=None)
        if best is None or self.weights.weigh(best, "subject") < NAMED:
            api = self.interfaces.get(vendor.slug or "")
            if api is None:
                return
            best = self.weights.add(api, self.weights.evidence[vendor.key])
        held["subject"].insert(0, best)
        self.weights.sure[best, "subject"] = OWN

    def _list_products(self, vendor: ActorRef) -> Iterator[str]:
        for key, actor in self.actors.items():
            owner = self._find_owner(key) if actor.kind == "product" else None
            if owner is not None and owner.key == vendor.key:
                yield key

    def _name_interface(self, held: Held) -> None:
        """What it is about, where nothing is named but the article speaks of an API: the API of who acts. And who is said
        to have copied from Claude did it through the Claude API."""
        vendor = self.actors[held["initiator"][0]] if held["initiator"] else None
        if vendor is None:
            return
        api = self.interfaces.get(vendor.slug or "")
        if not held["subject"] and self.kind in OWNER_ACTS and self.known.says_api:
            interface = api or ActorRef(f"{vendor.name} API", "product", None, vendor.slug)
            held["subject"].append(self.weights.add(interface, self.weights.evidence[vendor.key]))
        elif held["subject"] and api is not None:
            thing = self.actors[held["subject"][0]]
            copied = f"{thing.name} API" == api.name or (thing.slug is None and thing.parent == vendor.slug)
            if thing.name == f"{vendor.name} API" or (self.kind == "accusation" and copied):
                held["subject"][0] = self.weights.rename(thing.key, api)

    def _name_fully(self, held: Held) -> None:
        """What an interface does is no name: "the Data API" of Reddit is the Reddit Data API. And where Sextant is cut
        off and the article speaks of "the Sextant API", that is what is cut off."""
        actors = [self.actors[k] for part in ("initiator", "target") for k in held[part]]
        for place, key in enumerate(held["subject"]):
            thing = self.actors[key]
            owner = self.known.owners.of.get(key) or next((a for a in actors if a.kind == "organization"), None)
            if owner is not None and not thing.slug and says_what_it_does(thing.name):
                product = self._make_product(f"{owner.name} {thing.name}", owner.slug)
                held["subject"][place] = self.weights.rename(key, product)
            elif thing.name in self.known.apis and not is_interface(thing.name):
                product = self._make_product(f"{thing.name} API", thing.parent)
                held["subject"][place] = self.weights.rename(key, product)

    def _name_beside(self, held: Held) -> None:
        """What is named side by side with the subject is one too, if that much speaks for it."""
        if not held["subject"]:
            return
        first = held["subject"][0]
        taken = {key for keys in held.values() for key in keys}
        for other in sorted(b for a, b in self.known.beside if a == first and b in self.actors and b not in taken):
            one, two = self.actors[first].name, self.actors[other].name
            if self.weights.weigh(other, "subject") >= BESIDE and one not in two and two not in one:
                held["subject"].append(other)

    def _make_product(self, name: str, parent: str | None) -> ActorRef:
        return next((a for a in self.actors.values() if a.name == name), None) or ActorRef(
            name, "product", None, parent
        )

    def _add_initiator(self, owner: ActorRef, thing: str, held: Held) -> None:
        if all(owner.key not in keys for keys in held.values()):
            held["initiator"].append(self.weights.add(owner, self.weights.evidence[thing]))

    def _is_thing(self, key: str) -> bool:
        actor = self.actors[key]
        return actor.kind == "product" or bool(not actor.slug and goes_on_as_thing(actor.name))

    def _find_owner(self, key: str) -> ActorRef | None:
        thing = self.actors[key]
        if key in self.known.owners.of:
            return self.known.owners.of[key]
        short = without_thing(thing.name)
        named = (a for a in self.actors.values() if a.kind == "organization" and thing.name.startswith(f"{a.name} "))
        found = next(named, None) or next(
            (a for a in self.actors.values() if thing.parent and a.slug == thing.parent), None
        )
        if found is not None or short == thing.name:
            return found
        return ActorRef(short, "organization")
