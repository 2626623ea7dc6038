"""Acts: what a sentence says that somebody did, to whom, about what.

A cue (see `cues`) is found first; who stands before and after it, and in which grammatical frame, gives the roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import COURT, is_court, is_government
from ingest.reading.cues import ACCESS, CUES, Cue
from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.mentions import Mention
from ingest.reading.places import is_place
from ingest.types import ActorRef

_PASSIVE = regex.compile(
    r"\b(?:is|are|was|were|been|being|be|got|gets|get|getting)\s+(?:\w+ly\s+|also\s+|now\s+|then\s+|first\s+|not\s+|just\s+|all\s+|yet\s+|to\s+be\s+){0,2}$"
)
_PARTICIPLE = regex.compile(
    r"(?:ed|cut|shut|withdrawn|taken|frozen|thrown|sued|out|off|pulled|barred|rewritten|hit|told|withheld|held|put)\b",
    regex.IGNORECASE,
)
_BARE_PASSIVE = regex.compile(r"\s*(?:from|by|over|after|amid|without|out of|in)\b")
_BREAK = regex.compile(
    r";|:\s|\s[-–—]\s|—|,\s+(?:accusing|citing|saying|after|while|when|which|who|whose|because|although|though|but|leaving|as|according|where|so|a\s+(?:move|step|decision)|just|days|weeks|hours|months|and\s+(?:said|has|is|was|will))\b|"
    r"\s(?:after|because|while|amid|over|in\s+response|following|as|before|since|when|until|so\s+that|where|whose|days|weeks|hours|months|claiming|saying|citing|accusing|alleging|hours)\s"
)
_AUXILIARIES = regex.compile(
    r"(?:\s+(?:\w+ly|has|have|had|also|then|now|is|are|was|were|been|will|would|to|just|first|recently))*\s*$"
)
_PREPOSITION = regex.compile(
    r"\b(?P<p>to|of|from|with|by|for|in|on|at|via|through|using|over|about|like|against|into|between|than|as|under|behind|among|including|between|out of|without|inside|within|toward|towards|until)\s+"
    r"(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+|all\s+|some\s+|former\s+|rival\s+|other\s+|both\s+|our\s+|[\w-]+(?:ed|ing|al|ese|ish|an|ic)\s+|[\w-]+\s+(?:firm|start-up|startup|company|maker|model|app|tool|assistant|editor|group|lab|developer|giant)\s+){0,3}$"
)
_SPEECH = regex.compile(
    r"\b(?:says?|said|saying|claims?|claimed|believes?|alleges?|alleged|argues?|argued|told|tells|wrote|writes|reported|"
    r"reports|finds?|found|has evidence|evidence|accuses?|accused|concluded|suspects?|names?|named|calls?|called|lays|laid|"
    r"complains?|complained|warns?|warned|contends?|shows?|showed|catches|caught)\b"
)
_AUTHORITY = regex.compile(
    r"(?i)\b(?:regulators?|watchdog|authorit(?:y|ies)|government|ministry|minister|lawmakers|parliament|commission|congress|senate|president|officials|agency|department)\s+(?:has\s+|have\s+|had\s+|also\s+|on\s+\w+\s+|\w+ly\s+)*$"
)
_NEGATED = regex.compile(
    r"\b(?:not|n't|never|no|neither|nor|without|deny|denies|denied|denying|cannot|avoid\w*|rather than|instead of|stopped short of|refrain\w* from|nobody|no one|none)\s+(?:\S+\s+){0,3}?$"
)
_HYPOTHETICAL = regex.compile(
    r"\b(?:may|might|could|can|should|must|if|whether|unless|would|threaten(?:s|ed|ing)?\s+to|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|in case|how to|ask(?:s|ed)?\s+to|want(?:s|ed)?\s+to|rumou?red|possible|expected\s+to|likely\s+to|reserves? the right|right to|able to|free to|allowed to|fear\w*|risk\w*)\s+(?:\S+\s+){0,3}?$"
)
_ANNOUNCED = regex.compile(
    r"\b(?:said|says|announced|told|confirmed|declared|stated)\b[^.;]{0,60}?\bwould\s+(?:\S+\s+){0,2}?$"
)
_WHERE = regex.compile(r"\b(?:in|from|to|across|outside|for)\s+(?:the\s+|mainland\s+)?(\p{Lu}[\p{L}.]+)")
_WIDE = regex.compile(
    r"(?i)\b(?:most|nearly all|almost all|much|part|some|partially|partly|third-party|crawlers?|scrapers?|bots?|spiders|regions?|countries|free accounts?|users in|developers in|customers in|"
    r"-controlled|controlled by|owned by|-owned|capacity|supply|rate|weekly|fewer|per (?:day|minute|hour|week)|clients|harness\w*|agents?)\b"
)
_OWN_ACCESS = regex.compile(
    r"\s+(?:\S+\s+){0,3}?(?:access|capacity|accounts?|supply|API keys?|licen[cs]e|connection)\b"
)
# "Google's case", "Getty's claims": who sued.
_SUIT = regex.compile(
    r"'s?\s+(?:[^\s,]+\s+){0,4}?(?:case|suit|lawsuit|claims?|complaint|bid|appeal|motion|request|petition)\b"
)
_CLAIMANT = regex.compile(r"\b(?:plaintiffs?|for|in favou?r of)\s+(?:the\s+)?$")
_FAVOURED = regex.compile(
    r"\b(?:to let|let|to give|give|to pay|to allow|allow|to restore|with|to admit|to readmit)\s+(?:the\s+|[\w-]+\s+firm\s+|[\w-]+\s+company\s+)*$"
)
# Before these words "limit", "ban" or "block" is a noun.
_NOUN_BEFORE = regex.compile(
    r"(?i)\b(?:the|a|an|no|any|its|their|his|her|your|our|this|these|those|such|usage|rate|new|higher|lower|spending|weekly|daily|hourly|message|token|time|size|price|tighter|of|with|by|under|existing|current|old|and|or|without)\s+$"
)
_RULES_BEFORE = regex.compile(
    r"(?i)\b(?:terms|licen[cs]e|polic(?:y|ies)|agreement|rules|conditions|guidelines|wording|clause|section)\s+"
    r"(?:\w+ly\s+|now\s+|will\s+|also\s+|that\s+|to\s+)*$"
)
_JUDGE_BEFORE = regex.compile(
    r"(?i)\b(?:courts?|judges?|jury|jurors|tribunal|magistrate|justices?|panel|circuit)(?:\s+(?:in|of|for)\s+(?:the\s+)?[\w .]{2,24})?\s+"
    r"(?:has\s+|have\s+|had\s+|\w+ly\s+|on\s+\w+\s+|also\s+|will\s+)*$"
)
_INTERFACE = regex.compile(r"(?i)\b(?:apis?|sdk|models?)$|\d")
CUT = frozenset({"revocation", "restriction", "restoration"})
AGENTS = ("organization", "person")


@dataclass
class Act:
    """One act as one sentence tells it. `weight` is how surely the words name the kind; `start`, `end` its cue."""

    kind: str
    weight: float
    sentence: Sentence
    start: int
    end: int
    frame: str
    passive: bool = False
    hedged: bool = False
    roles: dict[str, list[Mention]] = field(default_factory=dict)

    def add(self, role: str, mention: Mention) -> None:
        """Give `mention` a role; a court is always the court."""
        role = "court" if is_court(mention.actor) and role in ("initiator", "target", "affected") else role
        held = self.roles.setdefault(role, [])
        if all(m.actor.key != mention.actor.key for m in held):
            held.append(mention)

    def actors(self, role: str) -> list[ActorRef]:
        return [m.actor for m in self.roles.get(role, ())]


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
    for cue in CUES:
        if cue.access and not has_access:
            continue
        for match in cue.pattern.finditer(text):
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


def _act(cue: Cue, match: regex.Match[str], sentence: Sentence, mentions: list[Mention]) -> Act | None:
    text = sentence.plain
    act = Act(cue.kind, cue.weight, sentence, match.start(), match.end(), cue.frame)
    left = text[: match.start()]
    act.hedged = bool(_NEGATED.search(left[-48:])) or (
        bool(_HYPOTHETICAL.search(left[-48:])) and not _ANNOUNCED.search(left[-90:])
    )
    frames = {
        "verb": _verb,
        "bench": _bench,
        "undergo": _undergo,
        "lossof": _loss_of,
        "fails": _fails,
        "noun": _noun,
        "loss": _loss,
        "said": _said,
        "court": _court,
        "state": _state,
        "answer": _answer,
    }
    if not frames[cue.frame](act, match, text, mentions):
        return None
    _recast(act, text)
    _adjust(act, text)
    return act


def _recast(act: Act, text: str) -> None:
    """What a court, an authority or a document does is a ruling, a regulation, a change of terms, whatever the verb."""
    if act.frame != "verb" or act.kind not in ("revocation", "restriction"):
        return
    left = text[max(0, act.start - 45) : act.start]
    initiators = act.actors("initiator")
    public = [m for m in act.roles.get("initiator", ()) if m.public or is_government(m.actor)]
    if _RULES_BEFORE.search(left):
        act.kind, act.weight = "terms-change", 3.2
    elif _JUDGE_BEFORE.search(left) or (initiators and is_court(initiators[0])):
        act.kind, act.weight = "ruling", 4.0
        act.roles["court"] = [m for m in act.roles.get("initiator", ()) if is_court(m.actor)]
        act.roles["initiator"] = [m for m in act.roles.get("initiator", ()) if not is_court(m.actor)]
    elif public or (not initiators and _AUTHORITY.search(left)):
        act.kind, act.weight = "regulation", 3.4


def _adjust(act: Act, text: str) -> None:
    """A cut of "most of" something, of a region, of other people's programs is a restriction."""
    if act.kind == "revocation" and act.frame in ("verb", "loss"):
        after = text[act.start : _right_end(text, act.end)]
        if _WIDE.search(after) or any(is_place(w) for w in _WHERE.findall(after)):
            act.kind = "restriction"
            act.weight -= 0.3
    if act.kind == "restriction" and not act.roles.get("initiator") and not act.roles.get("target"):
        act.weight -= 1


def _right_end(text: str, start: int) -> int:
    found = _BREAK.search(text, start)
    return found.start() if found else len(text)


def _preposition(text: str, mention: Mention) -> str:
    found = _PREPOSITION.search(text[max(0, mention.start - 60) : mention.start])
    return found.group("p") if found else ""


def _subject(act: Act, text: str, mentions: list[Mention], end: int) -> list[Mention]:
    """Who stands before the verb as its subject: one actor, or several joined by "and"."""
    left = [m for m in mentions if m.end <= end]
    if not left:
        return []
    auxiliaries = _AUXILIARIES.search(text[max(0, end - 60) : end])
    gap_end = end - len(auxiliaries.group() if auxiliaries else "")
    limit = gap_end
    if text[:gap_end].endswith(",") and "," in text[: gap_end - 1]:
        opening = text.rfind(",", 0, gap_end - 1)
        if any(m.end <= opening + 3 for m in left):
            limit = opening + 2
    ordered = [m for m in reversed(left) if m.end <= limit] or list(reversed(left))
    free = [m for m in ordered if not m.owns and not _preposition(text, m)]
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
    return _joined(text, chosen[0], left)


def _joined(text: str, mention: Mention, mentions: list[Mention]) -> list[Mention]:
    """`mention` and those that a list joins to it: "Reddit, Google and Meta"."""
    group = [mention]
    ordered = sorted(mentions, key=lambda m: m.start)
    at = ordered.index(mention)
    for other in reversed(ordered[:at]):
        if (
            regex.fullmatch(r"\s*(?:,|and|, and|&|or)\s+(?:the\s+)?", text[other.end : group[0].start])
            and other.actor.kind == mention.actor.kind
        ):
            group.insert(0, other)
        else:
            break
    for other in ordered[at + 1 :]:
        if (
            regex.fullmatch(r"\s*(?:,|and|, and|&|or)\s+(?:the\s+)?", text[group[-1].end : other.start])
            and other.actor.kind == mention.actor.kind
        ):
            group.append(other)
        else:
            break
    return group


def _objects(act: Act, text: str, mentions: list[Mention], start: int) -> None:
    """Targets and subjects among what follows the verb, up to where the clause ends."""
    end = _right_end(text, start)
    initiators = {m.actor.key for m in act.roles.get("initiator", ())}
    for mention in mentions:
        if not start <= mention.start < end or mention.actor.key in initiators:
            continue
        preposition = _preposition(text, mention)
        if mention.how == "pronoun" and mention.owns and not _OWN_ACCESS.match(text, mention.end):
            continue
        if preposition == "by" and act.passive:
            continue
        if is_court(mention.actor):
            act.add("court", mention)
        elif mention.actor.kind == "product":
            act.add(_thing_role(act, mention, preposition, initiators), mention)
        else:
            act.add(_object_role(act, preposition), mention)


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


def _verb(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    left = text[: match.start()]
    words = match.group()
    if regex.fullmatch(r"\p{L}+s?", words) and not words.endswith(("ed", "ing")) and _NOUN_BEFORE.search(left[-24:]):
        return False
    bare = (
        _PARTICIPLE.search(words)
        and _BARE_PASSIVE.match(text, match.end())
        and act.kind in (*CUT, "lawsuit", "accusation")
    )
    act.passive = bool(
        (_PASSIVE.search(left) and _PARTICIPLE.search(words))
        or (bare and not regex.search(r"\bh(?:as|ad|ave)\s+(?:\w+\s+)?$", left))
    )
    subjects = _subject(act, text, mentions, match.start())
    # The object may stand inside the cue itself: "cut OpenAI off", "shuts Vine out".
    inside = [m for m in mentions if match.start() < m.start and m.end <= match.end()]
    if inside and act.passive and not _PASSIVE.search(left):
        act.passive = False
    if act.passive:
        _passive(act, text, mentions, subjects, match.end())
    else:
        for mention in subjects:
            act.add("initiator" if mention.actor.kind in AGENTS else "subject", mention)
        nearest = next((m for m in reversed(mentions) if m.end <= match.start()), None)
        if nearest and nearest.actor.kind == "product" and not nearest.owns and not _preposition(text, nearest):
            act.add("subject", nearest)
        _objects(act, text, mentions, match.start())
    return bool(act.roles) or act.sentence.paragraph == TITLE


def _passive(act: Act, text: str, mentions: list[Mention], subjects: list[Mention], end: int) -> None:
    """Roles of "A's access was cut by B": who stands before is the target, the agent comes after "by"."""
    clause = text[: act.start]
    brk = max((m.end() for m in _BREAK.finditer(clause)), default=0)
    for mention in mentions:
        if mention.end <= act.start and mention.start >= brk:
            preposition = _preposition(text, mention)
            if mention.actor.kind == "product":
                act.add("subject", mention)
            elif mention in subjects or mention.owns or preposition in ("to", "of", "for"):
                act.add("target" if act.kind not in ("price-change", "terms-change") else "initiator", mention)
    stop = _right_end(text, end)
    for mention in mentions:
        if end <= mention.start < stop + 40:
            preposition = _preposition(text, mention)
            if preposition == "by" and mention.actor.kind in AGENTS:
                targets = act.roles.get("target", [])
                act.roles["target"] = [m for m in targets if m.actor.key != mention.actor.key]
                act.add("initiator", mention)
            elif mention.start < stop and mention.actor.kind == "product":
                act.add("subject", mention)
            elif mention.start < stop and mention.owns:
                act.add("initiator", mention)


def _undergo(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles of "A's access to S was withdrawn (by B)"."""
    act.passive = True
    whole = match.start()
    act.start = match.start("v")
    clause = max((m.end() for m in _BREAK.finditer(text[:whole])), default=0)
    _passive(act, text, [m for m in mentions if m.start >= clause], [], match.end())
    return True


def _noun(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles around a noun: "B's revocation of A's access", "a deal between A and B", "the lawsuit against A"."""
    before = next((m for m in reversed(mentions) if m.end <= match.start()), None)
    stop = _right_end(text, match.end())
    if (
        before is not None
        and (before.owns or regex.fullmatch(r"\s*(?:\S+\s+){0,3}", text[before.end : match.start()]))
        and match.start() - before.end < 40
    ):
        act.add("initiator" if before.actor.kind in AGENTS else "subject", before)
    elif act.kind in ("deal", "terms-change", "price-change", "lawsuit"):
        for mention in _subject(act, text, mentions, match.start()):
            act.add("initiator" if mention.actor.kind in AGENTS else "subject", mention)
    for mention in mentions:
        if not match.start() <= mention.start < stop:
            continue
        preposition = _preposition(text, mention)
        if is_court(mention.actor):
            act.add("court", mention)
        elif mention.actor.kind == "product":
            act.add("subject", mention)
        elif preposition == "by" or act.kind == "deal":
            act.add("initiator", mention)
        elif mention.actor.key not in {m.actor.key for m in act.roles.get("initiator", ())}:
            act.add(_object_role(act, preposition), mention)
    return True


def _loss(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles from the loser's side: "A loses access to B's models"."""
    subjects = _subject(act, text, mentions, match.start())
    side = "initiator" if act.kind == "restriction" and "available" in match.group() else "target"
    for mention in subjects:
        act.add(side if mention.actor.kind in AGENTS or act.kind == "revocation" else "subject", mention)
    stop = _right_end(text, match.end())
    for mention in mentions:
        if match.start() <= mention.start < stop + 60 and mention.actor.key not in {
            m.actor.key for m in act.roles.get("target", ())
        }:
            if mention.actor.kind == "product":
                act.add("subject", mention)
            elif mention.start < stop and mention.how != "pronoun":
                source = (
                    mention.owns
                    or _OWN_ACCESS.match(text, mention.end)
                    or _preposition(text, mention) in ("from", "by", "to", "of")
                )
                act.add("initiator" if source else "affected", mention)
    return bool(act.roles)


def _loss_of(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "A loses Claude": what is lost must be a product."""
    lost = next((m for m in mentions if 0 <= m.start - match.end() < 12 or m.start <= match.end() < m.end), None)
    if lost is None or (lost.actor.kind != "product" and not lost.owns):
        return False
    return _loss(act, match, text, mentions)


def _fails(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """ "The S API went dark for A"."""
    after = [m for m in mentions if match.end() <= m.start < _right_end(text, match.end())]
    for mention in _subject(act, text, mentions, match.start()):
        act.add("subject" if mention.actor.kind == "product" else "initiator", mention)
    for mention in after:
        act.add("target", mention)
    return bool(after) and any(m.actor.kind == "product" for m in act.roles.get("subject", ()))


def _said(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """Roles of a charge put in reported speech: "A says B copied its models"."""
    speech = _SPEECH.search(text, 0, match.start())
    if speech is None:
        return False
    speakers = [
        m for m in mentions if m.end <= speech.start() + 1 and m.actor.kind in AGENTS and not _preposition(text, m)
    ]
    keys = {m.actor.key for m in speakers}
    others = [m for m in mentions if m.start >= speech.end() and m.actor.kind in AGENTS and m.actor.key not in keys]
    accused = [m for m in others if m.end <= match.start() and not m.owns]
    accused = accused or [m for m in others if _preposition(text, m) in ("by", "of", "from", "at")]
    if not speakers or not accused:
        return False
    act.add("initiator", speakers[-1])
    for mention in _joined(text, accused[0], mentions):
        act.add("target", mention)
    return True


def _court(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """A decision: some court, judge or jury must stand before the verb, or after "by"."""
    named = [m for m in mentions if is_court(m.actor)]
    if not COURT.search(text[: match.start()]) and not (named and named[0].start < match.start()):
        if not regex.search(r"\bby (?:a|the) (?:\S+ ){0,4}?(?:court|judge|jury|tribunal)", text[match.end() :]):
            return False
    for mention in named:
        act.add("court", mention)
    parties = [m for m in mentions if m not in named and m.actor.kind == "organization" and m.how != "pronoun"]
    suing = next((m for m in parties if _SUIT.match(text, m.end)), None)
    for mention in parties:
        left = text[max(0, mention.start - 40) : mention.start]
        favoured = suing is None and bool(act.roles.get("target")) and bool(_FAVOURED.search(left))
        if mention is suing or favoured or (suing is None and _CLAIMANT.search(left)):
            act.add("initiator", mention)
        elif mention.start > match.start() or suing is not None:
            act.add("target", mention)
    for mention in mentions:
        if mention.actor.kind == "product" and mention.start >= match.start():
            act.add("subject", mention)
    return True


def _bench(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """A decision told with an everyday verb ("lifts", "keeps"): the court must be its very subject."""
    left = text[max(0, match.start() - 60) : match.start()]
    court = next((m for m in reversed(mentions) if m.end <= match.start() and is_court(m.actor)), None)
    near = court is not None and match.start() - court.end < 30
    named = regex.search(r"\b(?:Judge|Justice)\s+\p{Lu}\S+(?:\s+\p{Lu}\S+){0,2}\s+(?:\w+ly\s+|has\s+)*$", left)
    if not (_JUDGE_BEFORE.search(left) or near or named):
        return False
    return _court(act, match, text, mentions)


def _state(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """An act of government: its subject must be a public authority."""
    left = text[: match.start()]
    if _PASSIVE.search(left):
        agents = [m for m in mentions if m.start >= match.end() and _preposition(text, m) == "by"]
        subjects = [m for m in agents if m.public or is_government(m.actor)]
        if not subjects:
            return False
        act.passive = True
        act.add("initiator", subjects[0])
        for mention in _subject(act, text, mentions, match.start()):
            act.add("subject" if mention.actor.kind == "product" else "target", mention)
        return True
    subjects = [m for m in _subject(act, text, mentions, match.start()) if m.public or is_government(m.actor)]
    before = regex.search(r"(\p{Lu}[\p{L}.]+)\s+(?:has\s+|have\s+|had\s+|\w+ly\s+)*$", left[-40:])
    country = before is not None and is_place(before.group(1))
    if not subjects and not country and not _AUTHORITY.search(left[-40:]):
        return False
    if subjects and match.start() - subjects[-1].end > 90:
        return False
    for mention in subjects:
        act.add("initiator", mention)
    _objects(act, text, mentions, match.end())
    return True


def _answer(act: Act, match: regex.Match[str], text: str, mentions: list[Mention]) -> bool:
    """A party that draws its own consequences: it closes, leaves, protests."""
    subjects = _subject(act, text, mentions, match.start())
    for mention in subjects:
        act.add("initiator", mention)
    after = text[match.end() : match.end() + 3]
    if regex.match(r"\s+(?:its|the|their)\s", text[match.end() : match.end() + 8]) and ACCESS.search(
        text[match.end() : match.end() + 40]
    ):
        return False
    return bool(subjects) and after is not None
