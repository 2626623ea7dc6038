"""Who is meant by the words beside a quotation: "said Hannah Wong, its chief communications officer", "she said"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import is_court
from ingest.reading.document import Document, Sentence
from ingest.reading.mentions import Mention
from ingest.reading.names import NameTable, fold_case
from ingest.reading.words import TITLE_NOUNS
from ingest.types import ActorRef

SPEECH_VERB = (
    r"(?:said|says|say|saying|sp(?:eaks?|oke|eaking)|tells?|told|wr(?:ites?|ote|itten|iting)|adds?|added|adding|posts?|posted|posting|repl(?:y|ies|ied)|tweet(?:s|ed)|explain(?:s|ed)|argu(?:es?|ed|ing)|"
    r"insist(?:s|ed)|recall(?:s|ed)|jok(?:es|ed)|warn(?:s|ed|ing)|not(?:es|ed|ing)|ask(?:s|ed)|answer(?:s|ed)|complain(?:s|ed|ing)|announc(?:es|ed|ing)|declar(?:es|ed)|stat(?:es|ed|ing)|"
    r"continu(?:es|ed)|conclud(?:es|ed)|observ(?:es|ed)|remark(?:s|ed)|comment(?:s|ed)|confirm(?:s|ed)|call(?:s|ed|ing)|describ(?:es|ed|ing)|protest(?:s|ed)|admit(?:s|ted)|acknowledg(?:es|ed)|"
    r"claim(?:s|ed|ing)|respond(?:s|ed)|shot back|fir(?:es|ed) back|hit back|quipp?(?:s|ed)|put(?:s)? it|went on|goes on|began|begins|finish(?:es|ed)|promis(?:es|ed)|suggest(?:s|ed|ing)|predict(?:s|ed)|"
    r"maintain(?:s|ed)|contend(?:s|ed)|emphasi[sz](?:es|ed)|stress(?:es|ed)|counter(?:s|ed)|retort(?:s|ed)|sigh(?:s|ed)|laugh(?:s|ed)|shrugg?(?:s|ed)|muse[sd]|lament(?:s|ed)|fum(?:es|ed)|reckon(?:s|ed)|"
    r"thinks?|thought|believ(?:es|ed)|testif(?:ies|ied)|r(?:uled|ules)|h(?:eld|olds)|found|finds|reads?|accus(?:es|ed|ing)|dismiss(?:es|ed)|criticis?z?(?:es|ed)|vow(?:s|ed)|pledg(?:es|ed)|"
    r"urg(?:es|ed)|assur(?:es|ed)|caution(?:s|ed)|concede[sd]?|offer(?:s|ed)|repeat(?:s|ed)|reiterat(?:es|ed)|quot(?:es|ed|ing)|email(?:s|ed)|e-mail(?:s|ed)|messag(?:es|ed)|texted|whisper(?:s|ed)|explaining|citing|"
    r"referr(?:ed|ing)|refers|mention(?:s|ed)|express(?:es|ed)|summ(?:ed|s|ing) (?:it )?up|defend(?:s|ed)|praise[sd]?|welcom(?:es|ed)|denounc(?:es|ed)|label(?:s|led|ed)|dubb(?:ed)|accept(?:s|ed)|cite[sd]|agree[sd]|learned|advises?|advised)"
)
_TITLED = regex.compile(rf"\b(?P<title>(?:[\w-]+\s+){{0,2}}?(?:{TITLE_NOUNS}))\b", regex.IGNORECASE)
_ROLE = regex.compile(
    r"\b(?:the|its|their|a|an|one)\s+(?:[\w-]+['s]*\s+){0,3}?(?P<role>spokes\w+|representative|chief executive|boss|CEO|chief|founder|co-founder|president|general counsel|lawyer|counsel|developer|analyst|"
    r"judge|engineer|executive|director|minister|commissioner|official|professor|researcher|author|chairman|chairwoman|chair|head|secretary|adviser|advisor|billionaire|programmer|teacher|moderator|maintainer|editor|librarian|senator|employee|lawmaker|attorney|magistrate|justice)\b",
    regex.IGNORECASE,
)
_LEAD = regex.compile(rf"\b((?:{TITLE_NOUNS}))\s+(?:of|at|for)?\s*$", regex.IGNORECASE)
_JUDGE = regex.compile(r"(?i)\b(?:judge|justice|magistrate)\b")
_OFFICER = regex.compile(
    r"(?i)\b(?:chief|founder|co-founder|cofounder|spokes\w+|counsel|president|director|partner|chair\w*|head|boss|CEO|CTO|COO|CFO|VP|secretary|lawyer|owner|vice|general|manager|representative|managing|executive|commissioner|editor|maintainer)\b"
)
_RUNS = regex.compile(
    r"(?:who|which)\s+(?:\w+ly\s+|also\s+|now\s+|once\s+|has\s+)?(?:runs?|founded|leads?|led|heads?|owns?|maintains?|develops?|makes?|built|"
    r"created|co-founded|co-leads|wrote|represents|oversees|manages|chairs|edits|started|set\s+up|directs|speaks\s+for)\b|whose\s+(?:\w+\s+){0,3}?"
)
_DOES = regex.compile(r"(?:who|which)\s+\p{Ll}+\b")
_DOCUMENT = regex.compile(
    r"\b(?:statement|blog post|post|e-?mail|filing|letter|complaint|memo|announcement|press release|notice|order|ruling|decision|report|document|note|message|tweet|thread|support page|website|documentation|update|lawsuit|suit|motion|brief|page|page|account|release|newsletter|FAQ|petition)s?\b"
)
_COMPANY_WORDS = regex.compile(
    r"\b(?:company|start-?up|firm|group|regulator|watchdog|authority|court|agency|ministry|commission|committee|organi[sz]ation|publisher|lab|department|business|union|foundation|association|newspaper|plaintiffs?|defendants?)\b"
)


_DIRECT = regex.compile(r"\s+(?:of|at|from)\s")
_PARTED = regex.compile(r"[;.]|\bsaid\b")
_OWNED = regex.compile(r"'s\s+(?:\w+\s+)?")


@dataclass
class People:
    """The persons of an article: whom they speak for and under which title."""

    employer: dict[str, ActorRef] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    actors: dict[str, ActorRef] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)
    officers: dict[str, int] = field(default_factory=dict)  # whose organization is not named beside them: sentence


def find_people(doc: Document, mentions: dict[int, list[Mention]], table: NameTable) -> People:
    """Whom each person of the article speaks for, from apposition ("Ruben Matsinhe, who founded Tessellate"), from
    what stands before the name ("Anthropic spokesperson Christopher Nulty") or from the table of names."""
    people = People()
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    orgs: dict[str, ActorRef] = {}
    for sentence in doc.sentences:
        here = mentions[sentence.index]
        for mention in here:
            if mention.actor.kind != "person" or mention.how != "name":
                continue
            people.actors.setdefault(mention.actor.key, mention.actor)
            for org, weight in _employers(sentence, mention, here, people):
                votes[mention.actor.key][org.key] += weight
                orgs[org.key] = org
    for key, index in people.officers.items():
        employer = None if votes[key] else _around(doc, mentions, index, key)
        if employer is not None:
            votes[key][employer.key] += 1.0
            orgs[employer.key] = employer
    court = next((m.actor for held in mentions.values() for m in held if m.how == "name" and is_court(m.actor)), None)
    for key, title in people.title.items():
        if court is not None and _JUDGE.search(title):
            votes[key][court.key] += 5
            orgs[court.key] = court
    for key, person in people.actors.items():
        known = table.vendor_of(person)
        _prefer_organizations(votes[key], orgs)
        if votes[key]:
            people.employer[key] = orgs[max(votes[key], key=lambda k: votes[key][k])]
        if known is not None and (key not in people.employer or known.key in votes[key] or person.slug):
            people.employer[key] = known
        if person.slug and not people.title.get(key):
            people.title[key] = table.actors[person.slug].title
    return people


def _prefer_organizations(votes: dict[str, float], orgs: dict[str, ActorRef]) -> None:
    """People speak for companies; for a product only where the article names no company of theirs."""
    if any(orgs[k].kind == "organization" for k in votes):
        for key in [k for k in votes if orgs[k].kind == "product"]:
            votes[key] *= 0.4


def _around(doc: Document, mentions: dict[int, list[Mention]], index: int, key: str) -> ActorRef | None:
    """The organization spoken of where an officer is introduced by title alone: in the sentence, or last before it."""
    for sentence in reversed(doc.sentences[max(0, index - 5) : index + 1]):
        orgs = [m for m in mentions[sentence.index] if m.actor.kind == "organization" and not m.media]
        if sentence.index == index:
            place = next((m.start for m in mentions[index] if m.actor.key == key), 0)
            orgs = [m for m in orgs if m.start < place]
        if orgs:
            return next((m for m in orgs if not m.owns), orgs[0]).actor
    return None


def _employers(
    sentence: Sentence, person: Mention, here: list[Mention], people: People
) -> list[tuple[ActorRef, float]]:
    """Organizations that the words around a person's name tie the person to."""
    text, found = sentence.plain, []
    key = person.actor.key
    after = text[person.end : person.end + 110]
    apposition = regex.match(r"\s*(?:,|\(|—|–|\bof\b|\bat\b|\bfrom\b)\s*(?P<body>[^;\"“”\x00]*)", after)
    if apposition:
        start = person.end + apposition.start("body")
        body = apposition.group("body")
        titled = _TITLED.search(body[:70])
        runs = _RUNS.match(body)
        direct = _DIRECT.match(after)
        if titled and titled.start() < 45:
            people.title.setdefault(key, titled.group("title"))
        limit = start + (60 if (titled or runs) else 30)
        works = _DOES.match(body) and regex.search(r"\b(?:at|for|with)\s+(?:the\s+|a\s+|an\s+)?(?=\p{Lu})", body[:80])
        if works:
            limit = max(limit, start + works.end() + 2)
        if titled or runs or direct or works:
            org = next(
                (m for m in here if start <= m.start <= limit and m.actor.kind != "person" and not m.media), None
            )
            if org is not None:
                found.append((org.actor, 2.0))
            elif runs or (titled and _OFFICER.search(titled.group("title"))):
                people.officers.setdefault(key, sentence.index)
            elif not _TITLED.search(text[: person.start][-40:]):
                people.free.add(key)
    before = [m for m in here if m.end <= person.start and m.actor.kind != "person"]
    gap = text[before[-1].end : person.start] if before else ""
    titled_gap = _TITLED.search(gap) if len(gap) < 70 else None
    if titled_gap and not _PARTED.search(gap):
        people.title.setdefault(key, titled_gap.group("title"))
        found.append((before[-1].actor, 2.0))
    elif before and _OWNED.fullmatch(gap):
        found.append((before[-1].actor, 1.5))
    else:
        lead = _LEAD.search(text[max(0, person.start - 50) : person.start])
        if lead:
            people.title.setdefault(key, lead.group(1))
            if not found and _OFFICER.search(lead.group(1)):
                people.officers.setdefault(key, sentence.index)
    return found


class Speakers:
    """Resolves a stretch of text beside a quotation to a person or organization."""

    def __init__(self, doc: Document, mentions: dict[int, list[Mention]], people: People) -> None:
        self.doc, self.mentions, self.people = doc, mentions, people

    def in_stretch(
        self, sentence: Sentence, start: int, end: int, *, last: bool = False
    ) -> tuple[ActorRef | None, ActorRef | None] | None:
        """The (speaker, on behalf of) named between `start` and `end` of a sentence; None if nobody is."""
        here = [m for m in self.mentions[sentence.index] if start <= m.start and m.end <= end and not m.media]
        text = sentence.plain[start:end]
        named = [m for m in here if m.actor.kind == "person" and m.how == "name"]
        if named:
            return self.person(named[-1 if last else 0].actor)
        he = [m for m in here if m.actor.kind == "person"]
        if he and not he[0].owns:
            return self.person(he[0].actor)
        role = _ROLE.search(text)
        orgs = [m for m in here if m.actor.kind == "organization"]
        if role:
            return self._by_role(role.group("role"), _nearest(orgs, start + role.start(), start + role.end()), sentence)
        if orgs:
            free = [m for m in orgs if not m.owns] or orgs
            chosen = free[-1 if last else 0].actor
            return chosen, chosen
        things = [m for m in here if m.actor.kind == "product"]
        if things and not things[0].owns:
            return things[0].actor, things[0].actor
        return None

    def person(self, person: ActorRef) -> tuple[ActorRef, ActorRef | None]:
        return person, self.people.employer.get(person.key)

    def last_organization(self, sentence: Sentence) -> tuple[ActorRef, ActorRef] | None:
        """The organization last spoken of before a sentence, for "the statement said"."""
        for earlier in reversed(self.doc.sentences[max(0, sentence.index - 6) : sentence.index]):
            orgs = [m for m in self.mentions[earlier.index] if m.actor.kind == "organization" and not m.media]
            if orgs:
                free = next((m for m in orgs if not m.owns), orgs[0])
                return free.actor, free.actor
        return None

    def _by_role(
        self, role: str, org: ActorRef | None, sentence: Sentence
    ) -> tuple[ActorRef | None, ActorRef | None] | None:
        """ "the spokesman", "its chief executive": the person of that title, else the organization itself."""
        wanted = fold_case(role)
        family = {"boss": "chief executive", "ceo": "chief executive", "billionaire": "owner", "chief": "chief"}.get(
            wanted, wanted[:6]
        )
        for key, title in self.people.title.items():
            if family in fold_case(title) and key in self.people.actors:
                employer = self.people.employer.get(key)
                if org is None or employer is None or employer.key == org.key:
                    return self.person(self.people.actors[key])
        if org is not None:
            return org, org
        return None


def _nearest(orgs: list[Mention], start: int, end: int) -> ActorRef | None:
    """The organization whose officer is spoken of from `start` to `end`: "a Twitter spokesperson", "the head of X"."""
    inside = [m for m in orgs if start <= m.start and m.end <= end]
    after = [m for m in orgs if 0 <= m.start - end < 14]
    before = [m for m in orgs if m.end <= start]
    chosen = inside or after or before[-1:] or orgs[:1]
    return chosen[0].actor if chosen else None


def mentions_document(text: str) -> bool:
    """Whether `text` speaks of a statement, post or filing."""
    return bool(_DOCUMENT.search(text))
