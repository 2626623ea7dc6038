"""Clauses: where one ends, who is its subject, which preposition stands before a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import regex

from ingest.reading.authorities import is_court
from ingest.reading.document import Sentence
from ingest.reading.memory import Mention
from ingest.types import ActorRef

PASSIVE = regex.compile(
    r"\b(?:is|are|was|were|been|being|be|got|gets|get|getting|(?:having|had|has|have)\s+(?:something|\w+\s+\w+|it))\s+(?:\w+ly\s+|also\s+|now\s+|then\s+|first\s+|not\s+|just\s+|all\s+|yet\s+|to\s+be\s+){0,2}$"
)


_BREAK = regex.compile(
    r";|:\s|\s[-–—]\s|—|,\s+(?:accusing|citing|saying|after|while|when|which|who|whose|because|although|though|but|leaving|as|according|where|so|a\s+(?:move|step|decision)|just|days|weeks|hours|months|and\s+(?:said|has|is|was|will))\b|"
    r"\s(?:after|because|while|amid|over|in\s+response|following|as|before|since|when|until|so\s+that|where|whose|days|weeks|hours|months|claiming|saying|citing|accusing|alleging|hours)\s"
)


_AUXILIARIES = regex.compile(
    r"(?r)(?:\s+(?:\w+ly|has|have|had|also|then|now|is|are|was|were|been|will|would|to|just|first|recently))*\s*$"
)


_PREPOSITION = regex.compile(
    r"(?r)\b(?P<p>to|of|from|with|by|for|in|on|at|via|through|using|over|about|like|against|into|between|than|as|under|behind|among|including|between|out of|without|inside|within|toward|towards|until)\s+"
    r"(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+|all\s+|some\s+|former\s+|rival\s+|other\s+|both\s+|our\s+|[\w-]+(?:ed|ing|al|ese|ish|an|ic)\s+|[\w-]+\s+(?:firm|start-up|startup|company|maker|model|app|tool|assistant|editor|group|lab|developer|giant)\s+){0,3}$"
)


_LIST = regex.compile(r"\s*(?:,\s+|(?:and|, and|&|or)\s+(?:the\s+)?)")

CUT = frozenset({"revocation", "restriction", "restoration"})
_FAMILY = {"restriction": "revocation"}


def family(kind: str) -> str:
    """Kinds between which tellings of one event waver count as one."""
    return _FAMILY.get(kind, kind)


AGENTS = ("organization", "person")


@dataclass
class Act:
    """One act as one sentence tells it. `weight` is how surely the words name the kind; `start`, `end` its cue;
    `earlier` where the sentence tells it as what came before or led to what it is about."""

    kind: str
    weight: float
    sentence: Sentence
    start: int
    end: int
    frame: str
    passive: bool = False
    hedged: bool = False
    earlier: bool = False
    roles: dict[str, list[Mention]] = field(default_factory=dict)

    def add(self, role: str, mention: Mention) -> None:
        """Give `mention` a role; a court is always the court."""
        role = "court" if is_court(mention.actor) and role in ("initiator", "target", "affected") else role
        held = self.roles.setdefault(role, [])
        if all(m.actor.key != mention.actor.key for m in held):
            held.append(mention)

    def actors(self, role: str) -> list[ActorRef]:
        return [m.actor for m in self.roles.get(role, ())]


def clause_start(text: str, end: int) -> int:
    """Where the clause that holds `end` begins."""
    return max((m.end() for m in _BREAK.finditer(text, 0, end)), default=0)


def clause_end(text: str, start: int) -> int:
    """Where the clause that holds `start` ends."""
    found = _BREAK.search(text, start)
    return found.start() if found else len(text)


def preposition_of(text: str, mention: Mention) -> str:
    return _last_preposition(text[max(0, mention.start - 60) : mention.start])


@lru_cache(maxsize=512)
def _last_preposition(left: str) -> str:
    """The preposition that rules what comes after `left`; asked for each act of a sentence anew."""
    found = _PREPOSITION.search(left)
    return found.group("p") if found else ""


# "A's decision to cut", "the move by A to cut": whose it is acts.
_RESOLVED = regex.compile(
    r"(?r)'s?\s+(?:\w+\s+)?(?:decision|move|choice|refusal|threat|plan|attempt|effort|bid|promise|right|vow|wish)s?\s+(?:not\s+)?to\s+(?:\w+ly\s+)?$"
)
# Before a subject these begin its clause and rule no noun.
_CONJUNCTIONS = frozenset({"as", "until", "than", "like"})


def find_subject(act: Act, text: str, mentions: list[Mention], end: int) -> list[Mention]:
    """Who stands before the verb as its subject: one actor, or several joined by "and"."""
    left = [m for m in mentions if m.end <= end]
    if not left:
        return []
    resolved = _RESOLVED.search(text[:end])
    whose = next((m for m in left if resolved and m.end in (resolved.start(), resolved.start() + 2) and m.owns), None)
    if whose is not None:
        return join_list(text, whose, left)
    auxiliaries = _AUXILIARIES.search(text[max(0, end - 60) : end])
    gap_end = end - len(auxiliaries.group() if auxiliaries else "")
    limit = gap_end
    if text[:gap_end].endswith(",") and "," in text[: gap_end - 1]:
        opening = text.rfind(",", 0, gap_end - 1)
        if any(m.end <= opening + 3 for m in left):
            limit = opening + 2
    ordered = [m for m in reversed(left) if m.end <= limit] or list(reversed(left))
    free = [m for m in ordered if not m.owns and preposition_of(text, m) in ("", *_CONJUNCTIONS)]
    agents = [m for m in free if m.actor.kind in AGENTS]
    chosen = (
        agents
        or free
        or [m for m in ordered if m.actor.kind in AGENTS and not m.owns]
        or [m for m in ordered if m.owns]
        or []
    )[:1]
    if not chosen:
        return []
    return join_list(text, chosen[0], left)


def join_list(text: str, mention: Mention, mentions: list[Mention]) -> list[Mention]:
    """`mention` and those that a list joins to it: "Reddit, Google and Meta"."""
    group = [mention]
    ordered = sorted(mentions, key=lambda m: m.start)
    at = ordered.index(mention)
    for other in reversed(ordered[:at]):
        if _LIST.fullmatch(text[other.end : group[0].start]) and other.actor.kind == mention.actor.kind:
            group.insert(0, other)
        else:
            break
    for other in ordered[at + 1 :]:
        if _LIST.fullmatch(text[group[-1].end : other.start]) and other.actor.kind == mention.actor.kind:
            group.append(other)
        else:
            break
    return group
