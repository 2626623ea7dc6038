"""Grammatical frames: the roles that active, passive and nominalised sentences give to those they name.

Every frame takes an act, the match of its cue, the sentence and its mentions, adds the roles to the act and says
whether the words make an act at all.
"""

from __future__ import annotations

from re import Match

import regex

from ingest.reading.authorities import is_court
from ingest.reading.clauses import AGENTS, CUT, PASSIVE, Act, clause_end, clause_start, find_subject, preposition_of
from ingest.reading.cues import ACCESS
from ingest.reading.document import TITLE
from ingest.reading.memory import Mention

_PARTICIPLE = regex.compile(
    r"(?:ed|cut|shut|withdrawn|taken|frozen|thrown|sued|out|off|pulled|barred|rewritten|hit|told|withheld|held|put)\b",
    regex.IGNORECASE,
)


_BARE_PASSIVE = regex.compile(r"\s*(?:from|by|over|after|amid|without|out of|in)\b")


_OWN_ACCESS = regex.compile(
    r"\s+(?:\S+\s+){0,3}?(?:access|capacity|accounts?|supply|API keys?|licen[cs]e|connection)\b"
)


# Before these words "limit", "ban" or "block" is a noun.
_NOUN_BEFORE = regex.compile(
    r"(?i)\b(?:the|a|an|no|any|its|their|his|her|your|our|this|these|those|such|usage|rate|new|higher|lower|spending|weekly|daily|hourly|message|token|time|size|price|tighter|of|with|by|under|existing|current|old|and|or|without)\s+$"
)


# "Northlight's claim that": behind a possessor stands a noun.
_OWNED_NOUN = regex.compile(r"(?:'s|s')\s+(?:(?:own|new|latest|first|public|recent|earlier|alleged|planned)\s+)?$")


_INFLECTED = regex.compile(r"\w+(?:ed|ing)\b")
_INTERFACE = regex.compile(r"(?i)\b(?:apis?|sdk|models?)$|\d")


# How much the words alone must say for an act by nobody named.
PLAIN = 2.0
_ONE_WORD = regex.compile(r"\p{L}+s?")
_FEW_WORDS = regex.compile(r"\s*(?:(?!(?:and|or|the|an?|its|their|of|to|with|for|that|after|over)\s)\S+\s+){0,3}")
_PERFECT = regex.compile(r"\bh(?:as|ad|ave)\s+(?:\w+\s+)?$")


def read_verb(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    left = text[: match.start()]
    words = match.group()
    if _ONE_WORD.fullmatch(words) and not words.endswith(("ed", "ing")) and _NOUN_BEFORE.search(left[-24:]):
        return False
    if not _INFLECTED.match(words) and _OWNED_NOUN.search(left[-30:]):
        return False
    bare = (
        _PARTICIPLE.search(words)
        and _BARE_PASSIVE.match(text, match.end())
        and act.kind in (*CUT, "lawsuit", "accusation")
    )
    act.passive = bool((PASSIVE.search(left) and _PARTICIPLE.search(words)) or (bare and not _PERFECT.search(left)))
    subjects = find_subject(act, text, mentions, match.start())
    # The object may stand inside the cue itself: "cut OpenAI off", "shuts Vine out".
    inside = [m for m in mentions if match.start() < m.start and m.end <= match.end()]
    if inside and act.passive and not PASSIVE.search(left):
        act.passive = False
    if act.passive:
        _passive(act, text, mentions, subjects, match.end())
    else:
        for mention in subjects:
            act.add("initiator" if mention.actor.kind in AGENTS else "subject", mention)
        nearest = next((m for m in reversed(mentions) if m.end <= match.start()), None)
        if nearest and nearest.actor.kind == "product" and not nearest.owns and not preposition_of(text, nearest):
            act.add("subject", nearest)
        assign_objects(act, text, mentions, match.start())
    if not act.roles:
        act.weight -= 0.8
    unnamed = act.sentence.paragraph == TITLE or (act.weight >= PLAIN and act.kind != "deal")
    return bool(act.roles) or unnamed


def _passive(act: Act, text: str, mentions: list[Mention], subjects: list[Mention], end: int) -> None:
    """Roles of "A's access was cut by B": who stands before is the target, the agent comes after "by"."""
    start, stop = clause_start(text, act.start), clause_end(text, end)
    for mention in mentions:
        if start <= mention.start and mention.end <= act.start:
            _undergoer(act, text, mention, mention in subjects)
        elif end <= mention.start < stop + 40:
            _agent(act, text, mention, mention.start < stop)


_USES = regex.compile(
    r"\b(?:us(?:e|ing)|access(?:ing)?|call(?:ing)?|quer(?:y|ying)|reach(?:ing)?|enter(?:ing)?|(?:log|plug)(?:ging)?\s+(?:in|on)\s*to|"
    r"(?:buy|shop|sell)(?:p?ing)?\s+(?:on|from|at))\s+(?:the\s+)?$"
)


def _uses(text: str, mention: Mention) -> bool:
    """Whether a name is that of what somebody uses: "no longer allowed to use Midjourney"."""
    return bool(_USES.search(text[max(0, mention.start - 24) : mention.start]))


def _undergoer(act: Act, text: str, mention: Mention, subject: bool) -> None:
    if mention.actor.kind == "product":
        act.add("subject", mention)
    elif subject or mention.owns or preposition_of(text, mention) in ("to", "of", "for"):
        act.add("initiator" if act.kind in ("price-change", "terms-change") else "target", mention)


def _agent(act: Act, text: str, mention: Mention, near: bool) -> None:
    preposition = preposition_of(text, mention)
    party = near and act.kind in CUT and mention.how != "pronoun" and mention.actor.kind in AGENTS
    if party and _uses(text, mention):
        act.add("initiator", mention)  # "A's staff are no longer allowed to use B"
    elif party and preposition == "from":
        # "A's crawlers are turned away from B", but "access is withdrawn from A"
        act.add("initiator" if act.roles.get("target") else "target", mention)
    elif preposition == "by" and mention.actor.kind in AGENTS:
        act.roles["target"] = [m for m in act.roles.get("target", ()) if m.actor.key != mention.actor.key]
        act.add("initiator", mention)
    elif near and (mention.actor.kind == "product" or (mention.owns and mention.how != "pronoun")):
        act.add("subject" if mention.actor.kind == "product" else "initiator", mention)


def read_undergo(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles of "A's access to S was withdrawn (by B)"."""
    act.passive = True
    whole = match.start()
    act.start = match.start("v")
    clause = clause_start(text, whole)
    _passive(act, text, [m for m in mentions if m.start >= clause], [], match.end())
    return True


def read_noun(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles around a noun: "B's revocation of A's access", "a deal between A and B", "the lawsuit against A"."""
    before = next((m for m in reversed(mentions) if m.end <= match.start()), None)
    near = before is not None and match.start() - before.end < 40
    if before is not None and near and (before.owns or _FEW_WORDS.fullmatch(text[before.end : match.start()])):
        _add_agent(act, before)
    elif act.kind in ("deal", "terms-change", "price-change", "lawsuit"):
        for mention in find_subject(act, text, mentions, match.start()):
            _add_agent(act, mention)
    stop = clause_end(text, match.end())
    for mention in mentions:
        if match.start() <= mention.start < stop:
            _complement(act, text, mention)
    return True


def _add_agent(act: Act, mention: Mention) -> None:
    act.add("initiator" if mention.actor.kind in AGENTS else "subject", mention)


def _complement(act: Act, text: str, mention: Mention) -> None:
    """The role of a name after the noun of an act."""
    preposition = preposition_of(text, mention)
    if is_court(mention.actor):
        act.add("court", mention)
    elif mention.actor.kind == "product":
        act.add("subject", mention)
    elif preposition == "by" or act.kind == "deal":
        act.add("initiator", mention)
    elif mention.actor.key not in {m.actor.key for m in act.roles.get("initiator", ())}:
        act.add(_object_role(act, preposition), mention)


def read_loss(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles from the loser's side: "A loses access to B's models"."""
    subjects = find_subject(act, text, mentions, match.start())
    side = "initiator" if act.kind == "restriction" and "available" in match.group() else "target"
    for mention in subjects:
        act.add(side if mention.actor.kind in AGENTS or act.kind == "revocation" else "subject", mention)
    stop = clause_end(text, match.end())
    for mention in mentions:
        if match.start() <= mention.start < stop + 60 and mention.actor.key not in {
            m.actor.key for m in act.roles.get("target", ())
        }:
            if mention.actor.kind == "product":
                act.add("subject", mention)
            elif mention.start < stop and mention.how != "pronoun":
                source = (
                    mention.owns
                    or _uses(text, mention)
                    or _OWN_ACCESS.match(text, mention.end)
                    or preposition_of(text, mention) in ("from", "by", "to", "of")
                )
                act.add("initiator" if source else "affected", mention)
    return bool(act.roles)


def read_loss_of(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "A loses Claude": what is lost must be a product."""
    lost = next((m for m in mentions if 0 <= m.start - match.end() < 12 or m.start <= match.end() < m.end), None)
    if lost is None or (lost.actor.kind != "product" and not lost.owns):
        return False
    return read_loss(act, match, text, mentions)


def read_failure(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "The S API went dark for A"."""
    after = [m for m in mentions if match.end() <= m.start < clause_end(text, match.end())]
    for mention in find_subject(act, text, mentions, match.start()):
        act.add("subject" if mention.actor.kind == "product" else "initiator", mention)
    for mention in after:
        act.add("target", mention)
    return bool(after) and any(m.actor.kind == "product" for m in act.roles.get("subject", ()))


def read_answer(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """A party that draws its own consequences: it closes, leaves, protests."""
    subjects = find_subject(act, text, mentions, match.start())
    for mention in subjects:
        act.add("initiator", mention)
    near = (m for m in mentions if match.end() <= m.start < match.end() + 60 and m.actor.kind in AGENTS)
    for mention in near:
        if preposition_of(text, mention) in ("at", "against", "over", "to", "with") or mention.owns:
            act.add("target", mention)
    after = text[match.end() : match.end() + 3]
    if regex.match(r"\s+(?:its|the|their)\s", text[match.end() : match.end() + 8]) and ACCESS.search(
        text[match.end() : match.end() + 40]
    ):
        return False
    return bool(subjects) and after is not None


def assign_objects(act: Act, text: str, mentions: list[Mention], start: int) -> None:
    """Targets and subjects among what follows the verb, up to where the clause ends."""
    end = clause_end(text, start)
    initiators = {m.actor.key for m in act.roles.get("initiator", ())}
    _add_possessor(act, text, mentions, end)
    for mention in mentions:
        if not start <= mention.start < end or mention.actor.key in initiators:
            continue
        preposition = preposition_of(text, mention)
        if mention.how == "pronoun" and mention.owns and not _OWN_ACCESS.match(text, mention.end):
            continue
        if preposition == "by" and act.passive:
            continue
        act.add(_role_after(act, mention, preposition, initiators), mention)


def _role_after(act: Act, mention: Mention, preposition: str, initiators: set[str]) -> str:
    """The role of somebody or something named after the verb."""
    if is_court(mention.actor):
        return "court"
    if act.kind in ("terms-change", "price-change") and mention.owns and mention.actor.kind in AGENTS:
        return "affected" if initiators else "initiator"  # whose terms they are
    if mention.actor.kind == "product":
        return _thing_role(act, mention, preposition, initiators)
    if act.kind in CUT and mention.actor.parent in initiators:
        return "subject"  # a brand of who acts
    return _object_role(act, preposition)


def _add_possessor(act: Act, text: str, mentions: list[Mention], end: int) -> None:
    """In "A kneecapped B by cutting off its access" the pronoun means B: nobody cuts off his own."""
    keys = {m.actor.key for m in act.roles.get("initiator", ())}
    own = (m for m in mentions if act.start <= m.start < end and m.how == "pronoun" and m.owns and m.actor.key in keys)
    pronoun = next(own, None)
    if act.kind not in CUT or pronoun is None or not _OWN_ACCESS.match(text, pronoun.end):
        return
    others = [m for m in mentions if m.end <= act.start and m.actor.key not in keys and m.actor.kind != "person"]
    free = [m for m in others if not m.owns]
    if free:
        act.roles["subject"] = [m for m in act.roles.get("subject", ()) if m is not free[-1]]
        act.add("target", free[-1])


def _thing_role(act: Act, mention: Mention, preposition: str, initiators: set[str]) -> str:
    """Target or subject: a program of somebody else's is cut off; an interface, or what access is "to", is what it is about."""
    actor = mention.actor
    if act.kind not in CUT or mention.owns or (actor.parent or "") in initiators:
        return "subject"
    if _INTERFACE.search(actor.name) or preposition not in ("", "on", "for", "against"):
        return "subject"
    return "target"


def _object_role(act: Act, preposition: str) -> str:
    if act.kind == "deal":
        return "initiator"
    if act.kind in ("price-change", "terms-change"):
        return "affected"
    if act.kind in ("revocation", "restriction", "restoration") and preposition in (
        "in",
        "via",
        "through",
        "with",
        "at",
        "about",
    ):
        return "affected"
    return "target"
