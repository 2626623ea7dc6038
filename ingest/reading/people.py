"""The persons of an article: whom they speak for and under which title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import is_court
from ingest.reading.document import Document, Sentence
from ingest.reading.independent import speaks_alone
from ingest.reading.memory import Mention
from ingest.reading.names import NameTable, fold_case
from ingest.reading.officers import by_noun, spoken_of
from ingest.reading.words import TITLE_NOUNS
from ingest.types import ActorRef

_TITLED = regex.compile(rf"\b(?P<title>(?:[\w-]+\s+){{0,2}}?(?:{TITLE_NOUNS}))(?:s\b|\b)", regex.IGNORECASE)


_OFFICER = regex.compile(
    r"(?i)\b(?:chief|founder|co-founder|cofounder|spokes\w+|counsel|president|director|partner|chair\w*|head|boss|CEO|CTO|COO|CFO|VP|secretary|lawyer|owner|vice|general|manager|representative|managing|executive|commissioner|editor|maintainer)\b"
)


_MINISTER = regex.compile(r"(?i)\bminister\b")
_MINISTRY = regex.compile(r"\b(?:Ministry|Department)\b")
_JUDGE = regex.compile(r"(?i)\b(?:judge|justice|magistrate)\b")


_LEAD = regex.compile(
    rf"\b((?:{TITLE_NOUNS}))(?:\s+(?:of|for)\s+(?:[\p{{Ll}}-]+\s){{0,3}}[\p{{Ll}}-]+,|,|\s+\(|\s+(?:of|at|for)?)\s*$",
    regex.IGNORECASE,
)
# "An economist with the Fundação", "one half of Sonder & Vik": any post at whatever is named next.
_POST = regex.compile(
    r"(?:an?|the|one|now|then|formerly|until\s+recently)\s+(?:[\p{Ll}\p{N}'-]+,?\s+){1,9}?(?:at|of|for|with|from)\s+"
    r"(?:(?:the|an?)\s+(?:[\p{Ll}-]+\s+){0,4})?(?=[\p{Lu}\p{N}])"
)


_RUNNING = (
    r"(?:(?:has\s+|had\s+)?(?:run|led|headed|chaired|owned|edited)|runs?|ran|founded|leads?|led|heads?|headed|owns?|maintains?|develops?|makes?|built|builds|created|co-founded|co-leads|wrote|represents?|"
    r"represented|oversees|manages|chairs?|edits|started|set\s+up|directs|speaks\s+for|works?\s+(?:for|at)|worked\s+(?:for|at)|joined|looks\s+after|"
    r"(?:is|was)\s+in\s+charge\s+of|(?:is|was)\s+responsible\s+for)"
)
_RUNS = regex.compile(
    rf"(?:who|which)\s+(?:[^,.;]{{0,30}}?\s)??{_RUNNING}\b|in\s+charge\s+of\b|responsible\s+for\b|"
    r"(?:speaking|writing|acting)\s+(?:for|on\s+behalf\s+of)\b|"
    r"whose\s+(?:[\w-]+\s+){0,3}?(?:(?:company|firm|start-up|startup|lab|studio|app|business|site|service|agency|team|shop|practice|outfit|boutique)\b|(?=\p{Lu}))"
)
# Said of somebody in a sentence of its own: "Mara Quist started Oakmere", "Oakmere is run by Mara Quist", "At Oakmere, Mara Quist".
_IS_OF = regex.compile(
    rf"\s+(?:has\s+|also\s+|now\s+|\w+ly\s+){{0,2}}(?:{_RUNNING}|(?:is|was|became|serves\s+as)\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){{0,2}}?(?:{TITLE_NOUNS})\s+(?:of|at|for))"
    r"\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,3}?(?=\p{Lu}|\p{N})",
    regex.IGNORECASE,
)
_RUN_BY = regex.compile(
    r"\s*(?:,[^,]{0,60},)?\s*(?:which\s+)?(?:is|was|has\s+been|were)\s+(?:\w+ly\s+|now\s+)?(?:run|led|founded|co-founded|owned|headed|started|set\s+up|built|made|represented|"
    r"chaired|managed|maintained|developed)\b[^,.;]{0,30}?\bby\s+(?:[\p{Ll}-]+\s+){0,3}"
)
# "Who runs a gardening community": some organization, not the one spoken of.
_ANY = regex.compile(r"\s+(?:an?|one|some|several|two|three|\w+ing)\b")
# "The guild's secretary", "compliance chief at the bank".
_NOUN_OF = regex.compile(r"\b[Tt]he\s+(?P<noun>\p{Ll}+)'|\b(?:at|of|for|with)\s+the\s+(?P<noun>\p{Ll}+)\b")
_ON_BEHALF = regex.compile(r"(?r)\b(?:at|for|from|inside|over\s+at|on\s+behalf\s+of)\s+(?:the\s+)?$", regex.IGNORECASE)


_DOES = regex.compile(r"(?:who|which)\s+\p{Ll}+\b")


_DIRECT = regex.compile(r",?\s+(?:of|at|from|with)\s")


_PARTED = regex.compile(r"[;.]|\bsaid\b")


_OWNED = regex.compile(r"'s\s+(?:\w+\s+)?")


_APPOSITION = regex.compile(r"\s*(?:,|\(|—|–|\bof\b|\bat\b|\bfrom\b|\bwith\b)\s*(?P<body>[^;\"“”\x00]*)")
_THE_FOUNDER = regex.compile(
    r"\b[Tt]he\s+(?:founder|co-founder|chief executive|boss|owner|head|director|president|chairman|chairwoman)\s+of\s+(?:the\s+)?(?=\p{Lu})"
)
_WORKS_AT = regex.compile(r"\b(?:at|for|with)\s+(?:(?:the|an?)\s+(?:[\p{Ll}-]+\s+){0,2})?(?=\p{Lu})")


BESIDE = 60  # characters on either side of a person in which "the guild's secretary" stands


_LETTERS = regex.compile(r"\p{L}+")


@dataclass
class People:
    """The persons of an article: whom they speak for and under which title."""

    employer: dict[str, ActorRef] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    actors: dict[str, ActorRef] = field(default_factory=dict)
    officers: dict[str, int] = field(default_factory=dict)  # whose organization is not named beside them: sentence
    told: set[str] = field(default_factory=set)  # whose employer the words beside them leave no doubt of
    alone: set[str] = field(default_factory=set)  # who is said to work for nobody


class _Census:
    """Gathers what an article says of whom its people speak for."""

    def __init__(self, doc: Document, mentions: dict[int, list[Mention]], table: NameTable) -> None:
        self.doc, self.mentions, self.table = doc, mentions, table
        self.people = People()
        self.votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.orgs: dict[str, ActorRef] = {}
        self.by_noun = by_noun(mentions)

    def take(self) -> People:
        for sentence in self.doc.sentences:
            here = self.mentions[sentence.index]
            for mention in here:
                if mention.actor.kind == "person" and mention.how == "name":
                    self.people.actors.setdefault(mention.actor.key, mention.actor)
                    self._read_after(sentence, mention, here)
                    self._read_before(sentence, mention, here)
                    self._read_clause(sentence, mention, here)
                    self._read_noun(sentence, mention)
                    if speaks_alone(sentence.plain, mention, here):
                        self.people.alone.add(mention.actor.key)
                    self._read_surname(mention)
        self._read_epithets()
        self._place_officers()
        self._place_judges()
        for key, person in self.people.actors.items():
            self._settle(key, person)
        return self.people

    def _vote(self, key: str, org: ActorRef, weight: float) -> None:
        self.votes[key][org.key] += weight
        self.orgs[org.key] = org

    def _read_after(self, sentence: Sentence, person: Mention, here: list[Mention]) -> None:
        """Apposition: "Ruben Matsinhe, who founded Tessellate", "Ilse Vanderhaegen, general counsel of ..."."""
        text, key = sentence.plain, person.actor.key
        found = _APPOSITION.match(text, person.end, person.end + 110)
        if found is None:
            return
        start, body = found.start("body"), found.group("body")
        titled = _TITLED.search(body[:70])
        runs = _RUNS.match(text, start) or _RUNS.search(text, start, start + 40)
        works = _WORKS_AT.search(body[:80]) if _DOES.match(body) else None
        post = _POST.match(body[:100])
        if post and not works:
            works = post
        if titled and titled.start() < 45:
            self.people.title.setdefault(key, titled.group("title"))
        if not (titled or runs or works or _DIRECT.match(text, person.end) or _is_bracketed(text, person.end, here)):
            return
        limit = max(
            start + (60 if titled or runs else 30),
            start + works.end() + 2 if works else 0,
            runs.end() + 60 if runs else 0,
        )
        orgs = (m for m in here if start <= m.start <= limit and m.actor.kind != "person" and not m.media)
        org = next(orgs, None)
        if org is not None:
            self._vote(key, org.actor, 2.0)
        elif (runs and not _ANY.match(text, runs.end())) or (titled and _OFFICER.search(titled.group("title"))):
            self.people.officers.setdefault(key, sentence.index)

    def _read_before(self, sentence: Sentence, person: Mention, here: list[Mention]) -> None:
        """What stands before: "Anthropic spokesperson Christopher Nulty", "Facebook's Justin Osofsky"."""
        text, key = sentence.plain, person.actor.key
        before = [m for m in here if m.end <= person.start and m.actor.kind != "person"]
        gap = text[before[-1].end : person.start] if before else ""
        titled = _TITLED.search(gap) if len(gap) < 70 else None
        if titled and not _PARTED.search(gap):
            self.people.title.setdefault(key, titled.group("title"))
            self._vote(key, before[-1].actor, 2.0)
        elif before and _OWNED.fullmatch(gap):
            self._vote(key, before[-1].actor, 1.5)
        elif lead := _LEAD.search(text[max(0, person.start - 50) : person.start]):
            self.people.title.setdefault(key, lead.group(1))
            if not self.votes[key] and _OFFICER.search(lead.group(1)):
                self.people.officers.setdefault(key, sentence.index)

    def _read_clause(self, sentence: Sentence, person: Mention, here: list[Mention]) -> None:
        """Whole clauses: "Mara Quist started Oakmere", "Oakmere is run by Mara Quist", "At Oakmere, Mara Quist ..."."""
        text, key = sentence.plain, person.actor.key
        orgs = [m for m in here if m.actor.kind != "person" and m.how == "name" and not m.media]
        tells = _IS_OF.match(text, person.end)
        after = next((m for m in orgs if tells and 0 <= m.start - tells.end() < 25), None)
        before = next((m for m in reversed(orgs) if m.end <= person.start), None)
        if after is not None:
            self._vote(key, after.actor, 1.5)
        elif before is not None:
            gap = text[before.end : person.start]
            led = _ON_BEHALF.search(text[: before.start]) and regex.fullmatch(r",\s+", gap)
            if led or _RUN_BY.fullmatch(gap):
                self._vote(key, before.actor, 1.5)

    def _read_noun(self, sentence: Sentence, person: Mention) -> None:
        """An officer of "the guild", where only one organization of the article has that word in its name."""
        text = sentence.plain
        near = (text[person.end : person.end + BESIDE], text[max(0, person.start - BESIDE) : person.start])
        for match in (m for part in near for m in _NOUN_OF.finditer(part) if _TITLED.search(part)):
            org = self.by_noun.get(fold_case(match.group("noun")))
            if org is not None:
                self._vote(person.actor.key, org, 3.0)
                self.people.told.add(person.actor.key)

    def _read_surname(self, person: Mention) -> None:
        """Founders give organizations their names: Ragnhild Ostra speaks for Ostra-Kline, if anything hints at it."""
        surname = person.actor.name.split()[-1]
        if " " not in person.actor.name or len(surname) < 4:
            return
        for held in self.mentions.values():
            for mention in held:
                named = mention.actor.kind == "organization" and mention.how == "name"
                if named and surname in _LETTERS.findall(mention.actor.name):
                    self.votes[person.actor.key][mention.actor.key] = max(
                        1.0, self.votes[person.actor.key][mention.actor.key]
                    )
                    self.orgs[mention.actor.key] = mention.actor

    def _read_epithets(self) -> None:
        """ "The founder of Tessellate", said of somebody named a little before."""
        person: str | None = None
        for sentence in self.doc.sentences:
            here = self.mentions[sentence.index]
            for match in _THE_FOUNDER.finditer(sentence.plain):
                org = next((m for m in here if m.start == match.end() and m.actor.kind != "person"), None)
                if org is not None and person is not None and not self.votes[person]:
                    self._vote(person, org.actor, 1.0)
            person = next((m.actor.key for m in reversed(here) if m.actor.kind == "person"), person)

    def _place_officers(self) -> None:
        for key, index in self.people.officers.items():
            employer = None if self.votes[key] else self._around(index, key)
            if employer is not None:
                self._vote(key, employer, 1.0)

    def _around(self, index: int, key: str) -> ActorRef | None:
        """The organization meant where an officer is introduced by title alone: the ministry of a minister, else the one
        spoken of in the sentence or last before it."""
        if _MINISTER.search(self.people.title.get(key, "")):
            named = (m.actor for held in self.mentions.values() for m in held if m.how == "name")
            return next((a for a in named if _MINISTRY.search(a.name)), None)
        return spoken_of(self.doc, self.mentions, index, key)

    def _place_judges(self) -> None:
        """A judge speaks for the court, where the article names one."""
        named = (m.actor for held in self.mentions.values() for m in held if m.how == "name" and is_court(m.actor))
        court = next(named, None)
        for key, title in self.people.title.items():
            if court is not None and _JUDGE.search(title):
                self._vote(key, court, 5)

    def _settle(self, key: str, person: ActorRef) -> None:
        """The organization most is said for; for people of the table the one it knows."""
        votes, people = self.votes[key], self.people
        _prefer_organizations(votes, self.orgs)
        known = self.table.vendor_of(person)
        if known is not None or votes:
            people.alone.discard(key)
        if known is not None:
            people.employer[key] = known
        elif votes:
            people.employer[key] = self.orgs[max(votes, key=lambda k: votes[k])]
        if person.slug and not people.title.get(key):
            people.title[key] = self.table.actors[person.slug].title


def find_people(doc: Document, mentions: dict[int, list[Mention]], table: NameTable) -> People:
    """Whom each person of the article speaks for, and under which title."""
    return _Census(doc, mentions, table).take()


def _is_bracketed(text: str, end: int, here: list[Mention]) -> bool:
    """Whether an organization in brackets follows: "Mara Quist (Oakmere)"."""
    return any(m.start == end + 2 and text[end : end + 2] == " (" and text[m.end : m.end + 1] == ")" for m in here)


def _prefer_organizations(votes: dict[str, float], orgs: dict[str, ActorRef]) -> None:
    """People speak for companies; for a product only where the article names no company of theirs."""
    if any(orgs[k].kind == "organization" for k in votes):
        for key in [k for k in votes if orgs[k].kind == "product"]:
            votes[key] *= 0.4
