"""Frames of public forums: charges put in words, decisions of courts, acts of government."""

from __future__ import annotations

from re import Match

import regex

from ingest.reading.authorities import COURT, is_court, is_government
from ingest.reading.clauses import AGENTS, PASSIVE, Act, find_subject, join_list, preposition_of
from ingest.reading.frames import assign_objects
from ingest.reading.memory import Mention
from ingest.reading.places import is_place

_SPEECH = regex.compile(
    r"\b(?:says?|said|saying|claims?|claimed|believes?|alleges?|alleged|argues?|argued|told|tells|wrote|writes|reported|"
    r"reports|finds?|found|has evidence|evidence|accuses?|accused|concluded|suspects?|names?|named|calls?|called|lays|laid|"
    r"complains?|complained|warns?|warned|contends?|shows?|showed|catches|caught|adamant|insists?|insisted|cites?|cited|protests?|protested|maintains?|suspicion|declares?|declared|detailed|details)\b"
)


AUTHORITY = regex.compile(
    r"(?i)\b(?:regulators?|watchdog|authorit(?:y|ies)|government|ministry|minister|lawmakers|parliament|commission|congress|senate|president|officials|agency|department|ombudsman|bureau|council|ministr(?:y|ies)|attorneys?\s+general|prosecutors?|house|customs\s+service|office|Brussels|Washington|Beijing|cabinet|city|state)\s+(?:has\s+|have\s+|had\s+|also\s+|on\s+\w+\s+|\w+ly\s+)*$"
)


# "Google's case", "Getty's claims": who sued.
SUIT = regex.compile(
    r"'s?\s+(?:[^\s,]+\s+){0,4}?(?:case|suit|lawsuit|claims?|complaint|bid|appeal|motion|request|petition)\b"
)


# Whose rights were at stake, who brought it, whom the court sided with, who has to do something.
_WRONGED = regex.compile(
    r"'s?\s+(?:\w+\s+){0,2}?(?:copyrights?|rights|patents?|works?|articles|books|photographs|pictures|songs|recordings|database|archive|text|trade\s+secrets|pages|site|listings|maps|posts|data)\b"
)
_WORKS_OF = regex.compile(
    r"\b(?:copyrights?|rights|works|articles|books|dictionaries|photographs|pictures|songs|recordings|archives?|pages|maps|patents?|contract)\s+(?:of|by|with)\s+(?:the\s+)?$"
)
_SUED_BY = regex.compile(r"\b(?:brought|filed|lodged|pursued|pressed)\s+by\s+(?:the\s+)?$")
_UNDOES = regex.compile(
    r"(?:vacat|lift|stay|overturn|struck\s+down|strik\w*\s+down|set\w*\s+aside|revers|paus|quash|void|threw\s+out|throw\w*\s+out|dissolv|suspend|freez|froze)\w*"
)
_RELIEF = regex.compile(
    r"\b(?:injunctions?|orders?|bans?|rulings?|judgments?|blocks?)\s+(?:\w+\s+){0,3}?(?:against|on|barring|that\s+(?:had\s+)?(?:barred|kept|stopped|banned))\s+(?:the\s+)?$"
)
_GIVES = regex.compile(r"(?:grant|award|giv|gave|hand)\w*\s+(?:the\s+)?(?=\p{Lu})")
_SIDES = regex.compile(r"\b(?:sid(?:es?|ed|ing)|agree[sd]?)\s+with\s+(?:the\s+)?$|\bin\s+favou?r\s+of\s+(?:the\s+)?$")
_MUST = regex.compile(
    r"\s+(?:must|may|can|need\s+not|is\s+free\s+to|has\s+to|had\s+to|infringed|broke|breached|violated|is\s+liable|was\s+liable)\b"
)


_BY_COURT = regex.compile(r"\bby (?:a|the) (?:\S+ ){0,4}?(?:court|judge|jury|tribunal)")
_CLAIMANT = regex.compile(r"\b(?:plaintiffs?|for|in favou?r of)\s+(?:the\s+)?$")


_FAVOURED = regex.compile(
    r"\b(?:to let|let|to give|give|to pay|to allow|allow|to restore|with|to admit|to readmit)\s+(?:the\s+|[\w-]+\s+firm\s+|[\w-]+\s+company\s+)*$"
)


JUDGE_BEFORE = regex.compile(
    r"(?i)\b(?:courts?|judges?|jury|jurors|tribunal|magistrate|justices?|panel|circuit)(?:\s+(?:in|of|for)\s+(?:the\s+)?[\w .]{2,24})?\s+"
    r"(?:has\s+|have\s+|had\s+|\w+ly\s+|on\s+\w+\s+|also\s+|will\s+)*$"
)


_NAMED_JUDGE = regex.compile(r"\b(?:Judge|Justice)\s+\p{Lu}\S+(?:\s+\p{Lu}\S+){0,2}\s+(?:\w+ly\s+|has\s+)*$")
_ING = regex.compile(r"\w+ing\b")
_NAME_COLON = regex.compile(r"[^:]{2,40}:\s")


def read_versus(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "A v. B": who sues stands first."""
    first = [m for m in mentions if match.start() <= m.start < match.end("a") and m.actor.kind in AGENTS]
    second = [m for m in mentions if 0 <= m.start - match.end() < 4]
    for mention in first[-1:]:
        act.add("initiator", mention)
    for mention in second[:1]:
        act.add("target", mention)
    return bool(first and second)


_NAME_BEFORE = regex.compile(r"(\p{Lu}[\p{L}.]+)\s+(?:has\s+|have\s+|had\s+|\w+ly\s+)*$")


def read_charge(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles of a charge put in reported speech: "A says B copied its models"."""
    speech = _SPEECH.search(text, 0, match.start()) or _NAME_COLON.match(text, 0, match.start())
    if speech is None:
        return _read_charge_before(act, match, text, mentions)
    speakers = [
        m for m in mentions if m.end <= speech.start() + 1 and m.actor.kind in AGENTS and not preposition_of(text, m)
    ]
    keys = {m.actor.key for m in speakers}
    others = [m for m in mentions if m.start >= speech.end() and m.actor.kind in AGENTS and m.actor.key not in keys]
    accused = [m for m in others if m.end <= match.start() and not m.owns]
    accused = accused or [m for m in others if preposition_of(text, m) in ("by", "of", "from", "at")]
    if not speakers:
        return False
    act.add("initiator", speakers[-1])
    if not accused:
        return act.weight > 2.3 and not speakers[-1].owns
    for mention in join_list(text, accused[0], mentions):
        act.add("target", mention)
    return True


_SAYS_AFTER = regex.compile(
    r",\s+(?:says|said|claims|claimed|according\s+to|alleges|alleged|writes|wrote)\s+(?:the\s+)?"
)


def _read_charge_before(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "B copied its models, says A"."""
    speech = _SAYS_AFTER.search(text, match.end())
    speaker = next((m for m in mentions if speech and abs(m.start - speech.end()) < 4 and m.actor.kind in AGENTS), None)
    accused = [m for m in mentions if m.end <= match.start() and m.actor.kind in AGENTS and not preposition_of(text, m)]
    if speaker is None or not accused or accused[-1].actor.key == speaker.actor.key:
        return False
    act.add("initiator", speaker)
    act.add("target", accused[-1])
    return True


def read_decision(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """A decision: some court, judge or jury must stand before the verb, or after "by"."""
    named = [m for m in mentions if is_court(m.actor)]
    before = COURT.search(text[: match.start()]) or (named and named[0].start < match.start())
    if not before and not _BY_COURT.search(text, match.end()):
        return False
    for mention in named:
        act.add("court", mention)
    _parties(act, text, [m for m in mentions if m not in named and m.how != "pronoun"], match.start())
    for mention in mentions:
        if mention.actor.kind == "product" and mention.start >= match.start():
            act.add("subject", mention)
    return True


def _parties(act: Act, text: str, mentions: list[Mention], start: int) -> None:
    """Who sued, or in whose favour it was decided, and the other side."""
    parties = [m for m in mentions if m.actor.kind == "organization"]
    suing = next((m for m in parties if SUIT.match(text, m.end)), None)
    suing = suing or next((m for m in parties if _WRONGED.match(text, m.end)), None)
    suing = suing or next((m for m in parties if _WORKS_OF.search(text[max(0, m.start - 40) : m.start])), None)
    suing = suing or next((m for m in parties if _SUED_BY.search(text[max(0, m.start - 40) : m.start])), None)
    for mention in parties:
        left = text[max(0, mention.start - 40) : mention.start]
        favoured = bool(act.roles.get("target")) and bool(_FAVOURED.search(left))
        if _UNDOES.match(text, start) and _RELIEF.search(left):
            act.add("initiator", mention)  # an order against him falls
            continue
        if _SIDES.search(left) or (0 <= mention.start - start < 16 and _GIVES.match(text, start)):
            act.add("initiator", mention)
            continue
        if mention is suing or (suing is None and (favoured or _CLAIMANT.search(left))):
            act.add("initiator", mention)
        elif mention.start > start or suing is not None or _MUST.match(text, mention.end):
            act.add("target", mention)


def read_bench(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """A decision told with an everyday verb ("lifts", "keeps"): the court must be its very subject."""
    left = text[max(0, match.start() - 60) : match.start()]
    court = next((m for m in reversed(mentions) if m.end <= match.start() and is_court(m.actor)), None)
    near = court is not None and match.start() - court.end < 30
    named = _NAMED_JUDGE.search(left)
    if not (JUDGE_BEFORE.search(left) or near or named):
        return False
    return read_decision(act, match, text, mentions)


def read_state(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """An act of government: its subject must be a public authority."""
    left = text[: match.start()]
    if PASSIVE.search(left) and not _ING.match(match.group()):
        agents = [m for m in mentions if m.start >= match.end() and preposition_of(text, m) == "by"]
        subjects = [m for m in agents if m.public or is_government(m.actor)]
        if not subjects:
            return False
        act.passive = True
        act.add("initiator", subjects[0])
        for mention in find_subject(act, text, mentions, match.start()):
            act.add("subject" if mention.actor.kind == "product" else "target", mention)
        return True
    subjects = [m for m in find_subject(act, text, mentions, match.start()) if m.public or is_government(m.actor)]
    before = _NAME_BEFORE.search(left[-40:])
    country = before is not None and is_place(before.group(1))
    if not subjects and not country and not AUTHORITY.search(left[-40:]):
        return False
    if subjects and match.start() - subjects[-1].end > 90:
        return False
    for mention in subjects:
        act.add("initiator", mention)
    assign_objects(act, text, mentions, match.end())
    return True


def read_decree(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """An order to somebody to do or leave something: whoever can give one, and is no court, is an authority."""
    left = text[: match.start()]
    by_court = any(is_court(m.actor) and preposition_of(text, m) == "by" for m in mentions if m.start >= match.end())
    if JUDGE_BEFORE.search(left) or by_court or _BY_COURT.search(text, match.end()):
        return False
    if read_state(act, match, text, mentions):
        return True
    to_others = regex.match(
        r"(?:order|requir|instruct|direct|compel|oblig|mandat|command)", match.group(), regex.IGNORECASE
    )
    subjects = [m for m in find_subject(act, text, mentions, match.start()) if m.actor.kind == "organization"]
    if not to_others or PASSIVE.search(left) or not subjects or is_court(subjects[-1].actor):
        return False
    act.add("initiator", subjects[-1])
    assign_objects(act, text, mentions, match.end())
    return bool(act.roles.get("target"))


def read_party(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "The plaintiff is A", "the defendant, B": who takes which side in court."""
    named = next((m for m in mentions if 0 <= m.start - match.end() < 6 and m.actor.kind in AGENTS), None)
    if named is None and match.group().startswith("the"):
        named = next((m for m in mentions if text[m.end : match.start()] == ", " and m.actor.kind in AGENTS), None)
    if named is None:
        return False
    sues = match.group("side").lower().startswith(("plaintiff", "claimant", "petitioner"))
    act.add("initiator" if sues else "target", named)
    return True


_IN_COURT = regex.compile(
    r"(?i)\b(?:courts?|judges?|jury|tribunal|appeals?|lawsuits?|suits?|case|trial|ruling|verdict|judgment|injunction|circuit|litigation|legal|plaintiffs?|damages)\b"
)


def read_faces(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "B faces a lawsuit from A", "B is being sued by A"."""
    subjects = [m for m in find_subject(act, text, mentions, match.start()) if not is_court(m.actor)]
    for mention in subjects:
        act.add("target" if mention.actor.kind in AGENTS else "subject", mention)
    keys = {m.actor.key for m in subjects}
    for mention in (m for m in mentions if m.start >= match.end() and m.actor.key not in keys):
        if is_court(mention.actor):
            act.add("court", mention)
        elif mention.actor.kind in AGENTS and preposition_of(text, mention) in ("from", "by"):
            for joined in join_list(text, mention, mentions):
                act.add("initiator", joined)
    return bool(subjects)


_OWN_CASE = regex.compile(
    r"\s*(?:\S+\s+){0,6}?(?:case|suit|lawsuit|claims?|complaint|appeal|bid|action|fight|battle)\s+(?:against|to\s+stop|to\s+block)\b"
)


def read_wins(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "A wins its case against B": who wins asked for it."""
    return _read_outcome(act, match, text, mentions, "initiator", "target")


def read_loses(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "B loses a round in court to A", "B was told by a judge to"."""
    return _read_outcome(act, match, text, mentions, "target", "initiator")


def _read_outcome(act: Act, match: Match[str], text: str, mentions: list[Mention], subject: str, other: str) -> bool:
    if not _IN_COURT.search(text):
        return False
    if subject == "target" and _OWN_CASE.match(text, match.end()):
        subject, other = other, subject  # who loses a case against another brought it
    subjects = [m for m in find_subject(act, text, mentions, match.start()) if not is_court(m.actor)]
    for mention in subjects:
        act.add(subject if mention.actor.kind in AGENTS else "subject", mention)
    keys = {m.actor.key for m in subjects}
    for mention in (m for m in mentions if m.start >= match.start() and m.actor.key not in keys):
        if is_court(mention.actor):
            act.add("court", mention)
        elif mention.actor.kind == "product":
            act.add("subject", mention)
        elif preposition_of(text, mention) in ("against", "over", "to", "with", "by"):
            act.add(other, mention)
    return bool(subjects)
