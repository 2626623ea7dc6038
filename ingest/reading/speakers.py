"""Who is meant by the words beside a quotation: "said Hannah Wong, its chief communications officer", "she said"."""

from __future__ import annotations

import regex

from ingest.reading.document import Document, Sentence
from ingest.reading.memory import Mention
from ingest.reading.names import NameTable, fold_case
from ingest.reading.people import People
from ingest.types import ActorRef

SPEECH_VERB = (
    r"(?:said|says|say|saying|sp(?:eaks?|oke|eaking)|tells?|told|wr(?:ites?|ote|itten|iting)|adds?|added|adding|posts?|posted|posting|repl(?:y|ies|ied)|tweet(?:s|ed)|explain(?:s|ed)|argu(?:es?|ed|ing)|"
    r"insist(?:s|ed)|recall(?:s|ed)|jok(?:es|ed)|warn(?:s|ed|ing)|not(?:es|ed|ing)|ask(?:s|ed)|answer(?:s|ed)|complain(?:s|ed|ing)|announc(?:es|ed|ing)|declar(?:es|ed)|stat(?:es|ed|ing)|"
    r"continu(?:es|ed)|conclud(?:es|ed)|observ(?:es|ed)|remark(?:s|ed)|comment(?:s|ed)|confirm(?:s|ed)|call(?:s|ed|ing)|describ(?:es|ed|ing)|protest(?:s|ed)|admit(?:s|ted)|acknowledg(?:es|ed)|"
    r"claim(?:s|ed|ing)|respond(?:s|ed)|shot back|fir(?:es|ed) back|hit back|quipp?(?:s|ed)|put(?:s)? it|went on|goes on|began|begins|finish(?:es|ed)|promis(?:es|ed)|suggest(?:s|ed|ing)|predict(?:s|ed)|"
    r"maintain(?:s|ed)|contend(?:s|ed)|emphasi[sz](?:es|ed)|stress(?:es|ed)|counter(?:s|ed)|retort(?:s|ed)|sigh(?:s|ed)|laugh(?:s|ed)|shrugg?(?:s|ed)|muse[sd]|lament(?:s|ed)|fum(?:es|ed)|reckon(?:s|ed)|"
    r"thinks?|thought|believ(?:es|ed)|testif(?:ies|ied)|r(?:uled|ules)|h(?:eld|olds)|found|finds|reads?|accus(?:es|ed|ing)|dismiss(?:es|ed)|criticis?z?(?:es|ed)|vow(?:s|ed)|pledg(?:es|ed)|"
    r"urg(?:es|ed)|assur(?:es|ed)|caution(?:s|ed)|concede[sd]?|offer(?:s|ed)|repeat(?:s|ed)|reiterat(?:es|ed)|quot(?:es|ed|ing)|email(?:s|ed)|e-mail(?:s|ed)|messag(?:es|ed)|texted|whisper(?:s|ed)|explaining|citing|"
    r"referr(?:ed|ing)|refers|mention(?:s|ed)|express(?:es|ed)|summ(?:ed|s|ing) (?:it )?up|defend(?:s|ed)|praise[sd]?|welcom(?:es|ed)|denounc(?:es|ed)|label(?:s|led|ed)|dubb(?:ed)|accept(?:s|ed)|cite[sd]|agree[sd]|learned|ends|ended|opens|opened|closes|quote|advises?|advised)"
)


_ROLE = regex.compile(
    r"\b(?:the|its|their|a|an|one)\s+(?:[\w-]+['s]*\s+){0,3}?(?P<role>spokes\w+|representative|chief executive|boss|CEO|chief|founder|co-founder|president|general counsel|lawyer|counsel|developer|analyst|"
    r"judge|engineer|executive|director|minister|commissioner|official|professor|researcher|author|chairman|chairwoman|chair|head|secretary|adviser|advisor|billionaire|programmer|teacher|moderator|maintainer|editor|librarian|senator|employee|lawmaker|attorney|magistrate|justice)\b",
    regex.IGNORECASE,
)


_OFFICE = regex.compile(
    r"(?i)'s?\s+(?:own\s+|new\s+)?(?P<title>chief\s+(?:\w+\s+){1,2}?officer|chief\s+executive|general\s+counsel|chief\s+scientist|finance\s+director|managing\s+director|"
    r"head\s+of\s+\w+|president|chairman|chairwoman|CEO|CTO|CFO|COO|founder|co-founder)\b"
)


_DOCUMENT = regex.compile(
    r"\b(?:statement|blog post|post|e-?mail|filing|letter|complaint|memo|announcement|press release|notice|order|ruling|decision|report|document|note|message|tweet|thread|support page|website|documentation|update|lawsuit|suit|motion|brief|page|page|account|release|newsletter|FAQ|petition)s?\b"
)


# "A demand from Walt Disney", "the complaint by Oakmere": who issued what is quoted after.
_ISSUED = regex.compile(
    r"(?r)\b(?:statement|post|e-?mail|filing|letter|complaint|memo|announcement|notice|order|demand|document|note|message|report|suit|lawsuit|petition|motion)\s+(?:sent\s+|issued\s+|filed\s+)?(?:from|by)\s+(?:the\s+)?$"
)
_PERSONAL = regex.compile(r"\b(?:he|she)\b", regex.IGNORECASE)
# Who speaks, and on whose behalf.
Voice = tuple[ActorRef | None, ActorRef | None]


class Speakers:
    """Resolves a stretch of text beside a quotation to a person or organization."""

    def __init__(self, doc: Document, mentions: dict[int, list[Mention]], people: People, table: NameTable) -> None:
        self.doc, self.mentions, self.people, self.table = doc, mentions, people, table

    def in_stretch(self, sentence: Sentence, start: int, end: int, *, last: bool = False) -> Voice | None:
        """The (speaker, on behalf of) named between `start` and `end` of a sentence; None if nobody is."""
        here = [m for m in self.mentions[sentence.index] if start <= m.start and m.end <= end and not m.media]
        text = sentence.plain[start:end]
        named = [m for m in here if m.actor.kind == "person" and m.how == "name"]
        if named:
            return self.person(named[-1 if last else 0].actor)
        he = [m for m in here if m.actor.kind == "person" and not m.owns]
        if he:
            alone = self._officer_before(sentence) if he[0].how == "pronoun" else None
            return alone or self.person(he[0].actor)
        role = _ROLE.search(text)
        orgs = [m for m in here if m.actor.kind == "organization"]
        if role:
            return self._by_role(role.group("role"), _nearest(orgs, start + role.start(), start + role.end()), sentence)
        office = next((m for m in orgs if m.owns and _OFFICE.match(sentence.plain, m.end, end)), None)
        if office is not None:
            return self._by_office(office, sentence)
        if orgs:
            free = [m for m in orgs if not m.owns] or orgs
            chosen = free[-1 if last else 0].actor
            return chosen, chosen
        if _PERSONAL.search(text) and not he:
            return self._officer_before(sentence) or self._named_later(sentence)
        things = [m for m in here if m.actor.kind == "product"]
        if things and not things[0].owns:
            return things[0].actor, things[0].actor
        return None

    def owner_in(self, sentence: Sentence, start: int, end: int) -> Voice | None:
        """Whose words a stretch announces: as `in_stretch`, and the person of "his read" or "Quist's view"."""
        owners = (m for m in self.mentions[sentence.index] if m.actor.kind == "person" and start <= m.start < end)
        owner = next(owners, None)
        return self.in_stretch(sentence, start, end) or (self.person(owner.actor) if owner is not None else None)

    def _by_office(self, org: Mention, sentence: Sentence) -> Voice:
        """ "Anthropic's chief science officer": whom the article or the table knows in that office, else the organization."""
        found = _OFFICE.match(sentence.plain, org.end)
        title = fold_case(found.group("title")) if found else ""
        told = ((k, t) for k, t in self.people.title.items() if title in fold_case(t) and k in self.people.actors)
        for key, _ in told:
            if self.people.employer.get(key, org.actor).key == org.actor.key:
                return self.people.actors[key], org.actor
        known = (a for a in self.table.officers.get(org.actor.slug or "", ()) if title in fold_case(a.title))
        officer = next(known, None)
        return (self.table.refs[officer.slug] if officer is not None else org.actor), org.actor

    def named_at(self, sentence: Sentence, place: int) -> Voice | None:
        """The person whose name stands just at `place` of a sentence."""
        here = (m for m in self.mentions[sentence.index] if abs(m.start - place) < 3 and m.how == "name")
        found = next((m for m in here if m.actor.kind == "person"), None)
        return self.person(found.actor) if found else None

    def _officer_before(self, sentence: Sentence) -> Voice | None:
        """Whom "he" means where the sentence before speaks of somebody by office alone: "A spokesman for Oakmere was calm"."""
        if sentence.index == 0:
            return None
        before = self.doc.sentences[sentence.index - 1]
        role = _ROLE.match(before.plain)
        if role is None or before.paragraph != sentence.paragraph:
            return None
        people = [m for m in self.mentions[before.index] if m.actor.kind == "person" and m.how == "name"]
        orgs = [m for m in self.mentions[before.index] if m.actor.kind == "organization"]
        if people or not orgs:
            return None
        return self._by_role(role.group("role"), _nearest(orgs, role.start(), role.end()), before)

    def _named_later(self, sentence: Sentence) -> Voice | None:
        """The person that "she" means before any is named, as where the newest entry stands first."""
        for later in self.doc.sentences[sentence.index + 1 :]:
            for mention in self.mentions[later.index]:
                if mention.actor.kind == "person" and mention.how == "name":
                    return self.person(mention.actor)
        return None

    def person(self, person: ActorRef) -> tuple[ActorRef, ActorRef | None]:
        return person, self.people.employer.get(person.key)

    def last_organization(self, sentence: Sentence) -> tuple[ActorRef, ActorRef] | None:
        """The organization last spoken of before a sentence, for "the statement said"."""
        for earlier in reversed(self.doc.sentences[max(0, sentence.index - 6) : sentence.index]):
            orgs = [m for m in self.mentions[earlier.index] if m.actor.kind == "organization" and not m.media]
            author = next((m for m in orgs if _ISSUED.search(earlier.plain, 0, m.start)), None)
            if author is not None:
                return author.actor, author.actor
            if orgs:
                free = next((m for m in orgs if not m.owns), orgs[0])
                return free.actor, free.actor
            things = (m.actor for m in self.mentions[earlier.index] if m.actor.kind == "product")
            maker = next((o for o in map(self._maker, things) if o.kind == "organization"), None)
            if maker is not None:
                return maker, maker
        return None

    def _maker(self, product: ActorRef) -> ActorRef:
        """The organization whose name a product begins with, else the product itself."""
        first = product.name.split()[0]
        for held in self.mentions.values():
            for mention in held:
                if mention.actor.kind == "organization" and mention.actor.name.split()[0] == first:
                    return mention.actor
        return product

    def _by_role(self, role: str, org: ActorRef | None, sentence: Sentence) -> Voice | None:
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
        return self.last_organization(sentence)


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
