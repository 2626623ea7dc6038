"""Acts: what a sentence says that somebody did, to whom, about what.

A cue (see `cues`) is found first; who stands before and after it, and in which grammatical frame, gives the roles.
"""

from __future__ import annotations

from functools import lru_cache
from re import Match

import regex

from ingest.reading import forums, frames
from ingest.reading.authorities import is_court, is_government
from ingest.reading.clauses import Act, clause_end, clause_start
from ingest.reading.cues import ACCESS, Cue, find_cues
from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.forums import AUTHORITY, JUDGE_BEFORE
from ingest.reading.memory import Mention
from ingest.reading.places import is_place

_NEGATED = regex.compile(
    r"\b(?:not|n't|never|no|neither|nor|without|deny|denies|denied|denying|cannot|avoid\w*|rather than|instead of|stopped short of|refrain\w* from|declin\w* to|refus\w* to|fail\w* to|nobody|no one|none)\s+(?:\S+\s+){0,3}?$"
)


_HYPOTHETICAL = regex.compile(
    r"\b(?:may|might|could|can|should|must|if|whether|unless|would|threaten(?:s|ed|ing)?\s+to|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|in case|how to|ask(?:s|ed)?\s+to|want(?:s|ed)?\s+to|rumou?red|possible|expected\s+to|discuss(?:ed|es|ing)?|debat(?:ed|es|ing)|threats?\s+to|rights\s+to|whether|likely\s+to|reserves? the right|right to|able to|free to|allowed to|fear\w*|risk\w*)\s+(?:\S+\s+){0,3}?$"
)


# "orders A to suspend", "asks the court to keep": what another is to do.
_BIDDEN = regex.compile(
    r"\b(?:order(?:s|ed|ing)?|requir(?:e[sd]?|ing)|ask(?:s|ed|ing)?|t[eo]ll?(?:s|d)?|urg(?:e[sd]?|ing)|want(?:s|ed)?|forc(?:e[sd]?|ing)|"
    r"instruct(?:s|ed)?|direct(?:s|ed)?|demand(?:s|ed)?|petition(?:s|ed)?|compel(?:s|led)?|press(?:es|ed)?|invit(?:e[sd])|call(?:s|ed)?\s+on)\s+"
    r"(?:[^\s,;.]+\s+){1,8}?to\s+(?:\w+ly\s+)?$"
)


_ANNOUNCED = regex.compile(
    r"\b(?:said|says|announced|told|confirmed|declared|stated)\b[^.;]{0,60}?\bwould\s+(?:\S+\s+){0,2}?$"
)


# "after A cut off B", "over its refusal to sell": what led to the news.
_EARLIER = regex.compile(
    r"(?i)\b(?:after|since|following|because|over|amid|despite|having|for\s+the\s+way|(?:decision|move|choice|refusal)\s+to|(?:days|weeks|months|hours)\s+(?:after|since))\b[^,;:]{0,70}$"
)
# "..., alleging that": what is charged is the reason of the deed before the comma.
_REASON = regex.compile(r",\s+$")
_TOLD = regex.compile(
    r",\s+(?P<who>[^,;.]{2,60}?)\s+(?:has\s+|have\s+|also\s+|later\s+)?(?:said|says|confirmed|announced|told|added|wrote|disclosed|stated|posted|informed|explained|reported)\b"
)
# Rules of these are law.
_PUBLIC = regex.compile(
    r"\b(?:[Cc]ommission|[Gg]overnment|[Pp]arliament|[Mm]inist(?:er|ry)|[Rr]egulators?|[Ww]atchdog|lawmakers|[Ss]enate|[Cc]ongress|law|laws|bill)\b"
)
_OWN_DEEDS = frozenset({"revocation", "restriction", "restoration", "price-change", "terms-change"})
_ASKS_WHY = regex.compile(r"(?:Why|How|When|Where|Who|What)\b")


_WHERE = regex.compile(r"\b(?:in|from|to|across|outside|for)\s+(?:the\s+|mainland\s+)?(\p{Lu}[\p{L}.]+)")


_WIDE = regex.compile(
    r"(?i)\b(?:most|nearly all|almost all|much|part|some|partially|partly|third-party|crawlers?|scrapers?|bots?|spiders|regions?|countries|free accounts?|third-party|for (?:accounts|users|anyone|those|customers|people) (?:that|who|whose|without|in|outside|under)|users in|developers in|customers in|"
    r"-controlled|controlled by|owned by|-owned|capacity|supply|rate|weekly|fewer|per (?:day|minute|hour|week)|clients|harness\w*|agents?|robots?|unofficial|outside (?:apps?|developers|tools)|free users|new (?:users|customers|accounts))\b"
)


# "Developers outside Europe can no longer": who loses is a class of people.
_GROUP = regex.compile(
    r"(?i)(?:\w+\s+){0,2}?(?:developers|users|customers|people|companies|firms|subscribers|apps|programmers|readers|buyers|accounts|crawlers|bots|clients|outsiders|anyone|anybody)\b"
)
RULES_BEFORE = regex.compile(
    r"(?i)\b(?:terms|licen[cs]e|polic(?:y|ies)|agreement|rules|conditions|guidelines|wording|clause|section)\s+"
    r"(?:\w+ly\s+|now\s+|will\s+|also\s+|that\s+|to\s+)*$"
)


_FRAMES = {
    "verb": frames.read_verb,
    "noun": frames.read_noun,
    "undergo": frames.read_undergo,
    "loss": frames.read_loss,
    "lossof": frames.read_loss_of,
    "fails": frames.read_failure,
    "answer": frames.read_answer,
    "said": forums.read_charge,
    "court": forums.read_decision,
    "bench": forums.read_bench,
    "state": forums.read_state,
    "decree": forums.read_decree,
    "party": forums.read_party,
    "versus": forums.read_versus,
    "faces": forums.read_faces,
    "wins": forums.read_wins,
    "loses": forums.read_loses,
}


def find_acts(doc: Document, mentions: dict[int, list[Mention]]) -> list[Act]:
    """Every act of every sentence of `doc`, in order; a sentence may tell of several."""
    acts: list[Act] = []
    for sentence in doc.sentences:
        here = [m for m in mentions.get(sentence.index, ()) if not m.media and not m.aside]
        acts += _acts_of(sentence, here)
    return acts


def _acts_of(sentence: Sentence, mentions: list[Mention]) -> list[Act]:
    text, found = sentence.plain, []
    has_access = bool(ACCESS.search(text)) or sentence.paragraph == TITLE
    for cue, match in find_cues(text, has_access=has_access):
        act = _act(cue, match, sentence, mentions)
        if act is not None:
            found.append(act)
    return _strongest(found)


def _strongest(acts: list[Act]) -> list[Act]:
    """Of acts of one kind read from overlapping words, the strongest."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda a: (-a.weight, a.start)):
        if not any(k.kind == act.kind and k.start < act.end and act.start < k.end for k in kept):
            kept.append(act)
    return sorted(kept, key=lambda a: a.start)


def _act(cue: Cue, match: Match[str], sentence: Sentence, mentions: list[Mention]) -> Act | None:
    text = sentence.plain
    act = Act(cue.kind, cue.weight, sentence, match.start(), match.end(), cue.frame)
    left = text[: match.start()]
    act.hedged = _is_hedged(left[-110:], "no longer" in match.group().lower()) or _is_asked(sentence, match.end())
    act.earlier = _is_earlier(left[-90:])
    if not _FRAMES[cue.frame](act, match, text, mentions):
        return None
    if cue.kind == "accusation" and _REASON.search(left[-12:]) and match.group().lower().endswith("ing"):
        act.weight *= 0.4
    _recast(act, match, text, mentions)
    _hear(act, text, mentions)
    _adjust(act, text)
    return act


def _is_asked(sentence: Sentence, end: int) -> bool:
    """Whether a headline asks if the act happened; why and how it did is asked only of what did."""
    return sentence.paragraph == TITLE and "?" in sentence.plain[end:] and not _ASKS_WHY.match(sentence.plain)


# Cues often begin at one place, so what stands before them is asked for again.
@lru_cache(maxsize=512)
def _is_earlier(left: str) -> bool:
    return _EARLIER.search(left) is not None


@lru_cache(maxsize=512)
def _is_hedged(left: str, ended: bool) -> bool:
    """Whether the words before an act deny it, or speak of it as what might be or what another is told to do; `ended`
    says that the act is that something is "no longer" so."""
    if _NEGATED.search(left[-48:]) or _BIDDEN.search(left):
        return True
    if ended:
        return False
    return bool(_HYPOTHETICAL.search(left[-48:])) and not _ANNOUNCED.search(left[-90:])


def _hear(act: Act, text: str, mentions: list[Mention]) -> None:
    """Who is only said to have told it ("..., Northlight said") is not acted on; where nobody is named who acts, it was he."""
    for told in _TOLD.finditer(text, act.end):
        speaker = next((m for m in mentions if told.start("who") <= m.start and m.end <= told.end("who") + 2), None)
        if speaker is None or speaker.actor.kind == "product":
            continue
        for role in ("target", "affected", "subject"):
            if role in act.roles:
                act.roles[role] = [m for m in act.roles[role] if m is not speaker]
        parties = {a.key for role in ("initiator", "target") for a in act.actors(role)}
        if act.kind in _OWN_DEEDS and not act.actors("initiator") and speaker.actor.key not in parties:
            act.add("initiator", speaker)


def _recast(act: Act, match: Match[str], text: str, mentions: list[Mention]) -> None:
    """What a court, an authority or a document does is a ruling, a regulation, a change of terms, whatever the verb."""
    if act.kind in ("response", "accusation", "price-change") and JUDGE_BEFORE.search(
        text[max(0, act.start - 45) : act.start]
    ):
        act.weight *= 0.3  # judges dismiss and charge, but in rulings
    if act.kind == "terms-change" and not act.roles.get("initiator") and _PUBLIC.search(text):
        act.kind = "regulation"
    if act.frame != "verb" or act.kind not in ("revocation", "restriction"):
        return
    left = text[max(0, act.start - 45) : act.start]
    initiators = act.actors("initiator")
    public = [m for m in act.roles.get("initiator", ()) if m.public or is_government(m.actor)]
    if RULES_BEFORE.search(left):
        act.kind, act.weight = "terms-change", 3.2
    elif JUDGE_BEFORE.search(left) or (initiators and is_court(initiators[0])):
        act.kind, act.weight, act.roles = "ruling", 4.0, {}
        forums.read_decision(act, match, text, mentions)
    elif public or (not initiators and AUTHORITY.search(left)):
        act.kind, act.weight = "regulation", 3.4


def _adjust(act: Act, text: str) -> None:
    """A cut of "most of" something, of a region, of other people's programs is a restriction."""
    if act.kind == "revocation" and act.frame in ("verb", "loss", "undergo"):
        comma = text.find(",", act.end)
        begin = clause_start(text, act.start) if act.passive else act.start
        after = text[begin : min(clause_end(text, act.end), comma if comma > 0 else len(text))]
        if _WIDE.search(after) or any(is_place(w) for w in _WHERE.findall(after)):
            act.kind = "restriction"
            act.weight -= 0.3
    if (
        act.kind == "revocation"
        and act.frame == "loss"
        and _GROUP.match(text[clause_start(text, act.start) : act.start])
    ):
        act.kind = "restriction"
    if act.kind == "restriction" and not act.roles.get("initiator") and not act.roles.get("target"):
        act.weight -= 1
