"""What speaks for each actor in each part, on one scale: what the rules say and what the encoder says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.owners import Owners
from ingest.reading.people import People
from ingest.types import ActorRef, Evidence, RoleRead

# What the rules' word weighs for each part, where the encoder's weighs the rest: of things and courts they know more.
RULED = {"subject": 0.3, "court": 0.3}
UNSEEN = 0.2  # what the encoder is taken to say of whom it did not get to see
# From which weight on an actor has a part, and from which one the strongest has it where nobody reaches that.
THRESHOLDS = (
    ("initiator", 0.4, 0.2),
    ("target", 0.25, 0.15),
    ("court", 0.5, 0.5),
    ("subject", 0.45, 0.45),
    ("affected", 0.6, 0.6),
)
DEDUCED = 0.1  # how sure a part is at least, which follows from others
SUREST = 0.97


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules know of an article's actors: whom people speak for, who owns what; whether the article speaks of an
    API, and of what it says so ("the Sextant API"); whether its writers speak of what they do; and who are named side by
    side, as pairs of keys ("Fable 5 and Mythos 5")."""

    people: People
    owners: Owners
    says_api: bool
    apis: frozenset[str] = frozenset()
    says_we: bool = False
    beside: frozenset[tuple[str, str]] = frozenset()


class Weights:
    """The actors of an article by key, with what is said of them and the sentence that shows it."""

    def __init__(self, ruled: Sequence[RoleRead]) -> None:
        """`ruled` are the participants that the rules name."""
        self.actors: dict[str, ActorRef] = {r.actor.key: r.actor for r in ruled}
        self.evidence: dict[str, Evidence] = {r.actor.key: r.evidence for r in ruled}
        self.rules = {(r.actor.key, r.role): r.evidence for r in ruled}
        self.said: dict[str, dict[str, float]] = defaultdict(dict)
        self.sure: dict[tuple[str, str], float] = {}  # of what follows from something surer

    def weigh(self, key: str, part: str) -> float:
        """How much speaks for an actor in a part, between 0 and 1."""
        rule = (key, part) in self.rules
        share = RULED.get(part, 0.0)
        heard = self.said[key].get(part, 0.0) if key in self.said else UNSEEN * rule
        return (1 - share) * heard + share * rule

    def weigh_best(self, key: str) -> float:
        """How much speaks for an actor in the part in which most does."""
        return max(self.weigh(key, part) for part, _, _ in THRESHOLDS)

    def add(self, actor: ActorRef, evidence: Evidence) -> str:
        """The key of an actor who may be new here, named by `evidence` if so."""
        self.actors.setdefault(actor.key, actor)
        self.evidence.setdefault(actor.key, evidence)
        return actor.key

    def rename(self, key: str, named: ActorRef) -> str:
        """The key of `named`, who has all that was said of `key`."""
        self.add(named, self.evidence[key])
        self.said[named.key] = self.said[key]
        self.rules.update({(named.key, r): e for (k, r), e in self.rules.items() if k == key})
        return named.key

    def make_role(self, key: str, part: str) -> RoleRead:
        """An actor in a part, as sure as what speaks for it."""
        sure = max(self.weigh(key, part), self.sure.get((key, part), DEDUCED))
        return RoleRead(self.actors[key], part, self.evidence[key], round(min(SUREST, sure), 2))
