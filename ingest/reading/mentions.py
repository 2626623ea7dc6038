"""Mentions of actors in each sentence: by name, by epithet ("the ChatGPT maker"), by pronoun."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import regex

from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.entities import Hit
from ingest.reading.memory import WORD, Memory, Mention
from ingest.reading.names import NameTable, fold_case
from ingest.reading.places import HOMES, countries_of
from ingest.reading.sentences import words_of
from ingest.reading.sources import is_source
from ingest.reading.words import GOVERNMENT_NOUNS, ORG_NOUNS
from ingest.types import ActorRef

_NOUNS = "|".join(sorted((regex.escape(n) for n in ORG_NOUNS), key=len, reverse=True))
_NOT_IN_EPITHET = (
    "and|or|of|to|for|in|that|which|who|whom|is|was|were|are|be|been|has|had|have|may|will|would|could|can|the|an?|its|his|her|their|"
    "with|as|by|from|at|on|after|when|while|than|but|not|said|says|it|they|he|she|we|if|into|over|under|about|it's"
)
_EPITHET = regex.compile(
    rf"\b(?P<det>[Tt]he|[Ii]ts|[Tt]heir|[Tt]his)\s+(?P<words>(?:(?!(?:{_NOT_IN_EPITHET})\b)[\p{{L}}\p{{N}}'.-]+,?\s+){{0,5}}?)"
    rf"(?P<noun>{_NOUNS})(?![\p{{L}}-])(?:\s+(?:of|behind)\s+(?:the\s+)?(?=\p{{Lu}})(?P<of>[\p{{L}}\p{{N}}.-]+))?"
)
_BODY = regex.compile(
    rf"\b(?:[Tt]he\s+)?(?P<land>\p{{Lu}}[\p{{L}}.]+(?:\s\p{{Lu}}\p{{L}}+)?)(?:'s)?\s+(?P<words>(?:(?!(?:after|as|when|while|and|or|that|which|to|by|from|in|for|says|said|over)\b)[\p{{L}}-]+\s+){{0,4}}?)(?:{'|'.join(GOVERNMENT_NOUNS)})(?![\p{{L}}-])"
)
_FIELDS = (
    r"\b(?:privacy|data|dati)\b",
    r"\b(?:competition|antitrust|concorrenza|econ[oô]mica|consumer)\b",
    r"\b(?:commerce|export)\b",
    r"\b(?:security|cyber)",
)
_PRONOUN = regex.compile(
    r"\b(?P<it>it|its|itself|It|Its)\b|\b(?P<they>they|their|them|They|Their)\b|\b(?P<he>he|his|him|she|her|hers|He|His|She|Her)\b"
)
# What is found in a sentence, the words without which it cannot be (the first parts of "start-up", "non-profit"), and its
# pattern, in the order of precedence at one place.
_REFERENCES = (
    ("epithet", frozenset(n.split("-")[0] for n in ORG_NOUNS), _EPITHET),
    ("pronoun", frozenset("it its itself they their them he his him she her hers".split()), _PRONOUN),
    ("body", frozenset(n.split("-")[0] for n in GOVERNMENT_NOUNS), _BODY),
)
_OWNERS = frozenset("maker owner parent developer operator publisher vendor provider creator".split())
_RIVALS = frozenset("rival competitor".split())
_COMPANIES = frozenset("company firm start-up startup lab group giant".split())
# Nouns that name a thing in the sentence more often than an actor of it.
_THINGS = frozenset(
    "paper platform network site website service archive library forum exchange magazine label team body news marketplace partnership house court".split()
)
_OWNER_AFTER = regex.compile(r"\s+(?:owner|maker|parent|creator|developer)(?:'s)?(?![\p{L}-])")
_OF_OWNER = regex.compile(
    r"(?r)\b(?:owner|maker|parent|creator|developer|publisher|operator|rival|subsidiary|unit|part)s?\s+of\s+(?:the\s+)?$"
)


_PARTS = regex.compile(
    r"[,;:\x00]|\b(?:that|said|says|as|when|while|because|after|before|and|but|who|which|if|where|of)\b"
)
_EXPLETIVE = regex.compile(
    r"\s+(?:is|was|has been|seems|remains|became|took|would be|will be|may be)\s+(?:not\s+)?(?:immediately |un)?"
    r"(?:clear|possible|likely|the first|a|known|unclear|that|time|why|hard|easy|industry)\b"
)
_POSSESSIVE = regex.compile(r"'s?(?![\p{L}])")
_APPOSITION = regex.compile(r"(?:'s)?(?:,| \()\s*(?:(?:an?|the|one of|which|whose)\b|based in)([^,.;)]{3,90})")
_DESCRIBED = regex.compile(rf"(?r)((?:[\p{{L}}'-]+\s+){{0,4}}(?:{_NOUNS})),?\s+$")
_IN_PLACE = regex.compile(r" (?:of|in) (\p{Lu}\p{L}+)")
_CAPITAL_NEXT = regex.compile(r"\s+\p{Lu}")
_COMMA_ONLY = regex.compile(r"(?:'s)?,\s*")


def find_mentions(doc: Document, hits: dict[int, list[Hit]], table: NameTable) -> dict[int, list[Mention]]:
    """The mentions of every sentence, in order of place."""
    memory = Memory(table)
    publisher = fold_case(doc.page.publisher)
    _learn_descriptions(doc, hits, memory)
    result: dict[int, list[Mention]] = {}
    for sentence in doc.sentences:
        named = _names(hits.get(sentence.index, []), sentence.plain, publisher, memory)
        result[sentence.index] = _add_references(sentence, named, memory)
    return result


def _names(hits: list[Hit], text: str, publisher: str, memory: Memory) -> list[Mention]:
    """The names of a sentence as mentions; "ChatGPT maker" is the maker."""
    found: list[Mention] = []
    for hit in hits:
        mention = _named(hit, text, publisher, memory)
        owner = _OWNER_AFTER.match(text, hit.end)
        if owner is None or hit.actor.kind == "person":
            found.append(mention)
            continue
        vendor = _vendor(hit.actor, memory)
        if vendor is not None and not any(h.start == owner.end() + 1 for h in hits):
            found.append(Mention(hit.start, owner.end(), vendor, "epithet", owner.group().endswith("'s")))
    return found


def _named(hit: Hit, text: str, publisher: str, memory: Memory) -> Mention:
    owns = _POSSESSIVE.match(text[hit.end : hit.end + 3]) is not None
    left = text[max(0, hit.start - 60) : hit.start]
    media = is_source(text, hit.start, hit.end, publisher)
    aside = bool(_OF_OWNER.search(left))
    return Mention(hit.start, hit.end, hit.actor, "name", owns, media, memory.is_government(hit.actor), aside)


def _learn_descriptions(doc: Document, hits: dict[int, list[Hit]], memory: Memory) -> None:
    """What the article says an organization is: "Tessellate, a Lisbon software firm", "legal-software firm Tessellate"."""
    for sentence in doc.sentences:
        for hit in hits.get(sentence.index, ()):
            if hit.actor.kind == "person":
                continue
            text = sentence.plain
            after = _APPOSITION.match(text, hit.end, hit.end + 110)
            if after:
                memory.describe(hit.actor, after.group(1))
            before = _DESCRIBED.search(text[max(0, hit.start - 70) : hit.start])
            if before:
                memory.describe(hit.actor, before.group(1))
            of_place = _IN_PLACE.match(text[hit.end : hit.end + 30])
            if of_place and countries_of(of_place.group(1)):
                memory.describe(hit.actor, of_place.group(1))


def _add_references(sentence: Sentence, named: list[Mention], memory: Memory) -> list[Mention]:
    """The mentions of one sentence: those by name, and the epithets and pronouns between them resolved in turn."""
    result: list[Mention] = []
    for _, how, spot in _list_spots(sentence.plain, named):
        if isinstance(spot, Mention):
            mention: Mention | None = spot
        elif how == "epithet":
            mention = _epithet(spot, sentence, named, result, memory)
        elif how == "body":
            mention = _public_body(spot, sentence, memory)
        else:
            mention = _pronoun(spot, sentence, result, memory)
        if mention is None or any(o.start < mention.end and mention.start < o.end for o in result):
            continue
        if how == "epithet" and any(
            o.start < mention.end and mention.start < o.end and o.actor.kind != "product" for o in named
        ):
            continue
        result.append(mention)
        if sentence.paragraph != TITLE or how == "name":
            memory.note(mention, sentence)
    return sorted(result, key=lambda m: m.start)


def _list_spots(text: str, named: list[Mention]) -> list[tuple[int, str, Any]]:
    """(place, how, mention or match) of all that may refer to an actor, in order of place."""
    spots: list[tuple[int, str, Any]] = [(m.start, "name", m) for m in named]
    words = words_of(text)
    for how, needs, pattern in _REFERENCES:
        if not needs.isdisjoint(words):
            spots += [(m.start(), how, m) for m in pattern.finditer(text)]
    return sorted(spots, key=itemgetter(0))


def _epithet(
    match: regex.Match[str], sentence: Sentence, named: list[Mention], before: list[Mention], memory: Memory
) -> Mention | None:
    """Whom "the ChatGPT maker", "its larger rival", "the company" mean; None for a thing or nobody."""
    text, end = sentence.plain, match.end()
    owns = text[end : end + 2] in ("'s", "s'") or text[end : end + 1] == "'"
    inner = [m for m in named if match.start() <= m.start and m.end <= end]
    if inner:
        actor = _described_by(match.group("noun"), inner, memory)
    elif _names_a_thing(match, text) or _is_apposition(match, text, before, memory):
        actor = None
    else:
        actor = _meant(match, sentence, before, memory)
        if actor is not None and countries_of(match.group("words")):
            memory.describe(actor, match.group("words"))
    return Mention(match.start(), end, actor, "epithet", owns) if actor else None


def _described_by(noun: str, inner: list[Mention], memory: Memory) -> ActorRef | None:
    """The vendor in "the ChatGPT maker", "the Claude company"."""
    person = any(m.actor.kind == "person" for m in inner)
    maker = noun in _OWNERS or (inner[0].actor.kind == "product" and noun in _COMPANIES)
    return _vendor(inner[0].actor, memory) if maker and not person else None


def _names_a_thing(match: regex.Match[str], text: str) -> bool:
    """Whether the noun is part of a longer one, or stands for no organization here."""
    noun, end = match.group("noun"), match.end()
    if text[end : end + 1] == "-" or _CAPITAL_NEXT.match(text[end : end + 3]):
        return True
    if noun in _OWNERS and not match.group("of") and noun != "developer":
        return True
    return noun in _THINGS and match.group("det").lower() != "the"


def _is_apposition(match: regex.Match[str], text: str, before: list[Mention], memory: Memory) -> bool:
    """Whether the words only describe the organization just named: "Oakmere, the Dutch publisher"."""
    previous = before[-1] if before else None
    if previous is None or previous.actor.kind != "organization":
        return False
    if not _COMMA_ONLY.fullmatch(text[previous.end : match.start()]):
        return False
    memory.describe(previous.actor, match.group("words") + match.group("noun"))
    return True


def _meant(match: regex.Match[str], sentence: Sentence, before: list[Mention], memory: Memory) -> ActorRef | None:
    """The organization an epithet without a name in it means, by what has been said so far."""
    noun, words = match.group("noun"), match.group("words")
    if noun in _RIVALS:
        orgs = (m.actor for m in before if m.actor.kind == "organization")
        owner = next(orgs, memory.subject.get(sentence.index - 1))
        return memory.find(noun, words, sentence, match.start(), other=owner)
    if match.group("det").lower() in ("its", "their"):
        return None
    same = _same_clause(before, sentence.plain, match.start())
    return memory.find(noun, words + (match.group("of") or ""), sentence, match.start(), other=same)


def _public_body(match: regex.Match[str], sentence: Sentence, memory: Memory) -> Mention | None:
    """The authority of the table that "Italy's privacy watchdog" means, by its country and its field."""
    lands = countries_of(match.group("land"))
    if not lands:
        return None
    words = fold_case(match.group("words"))
    field = next((f for f in _FIELDS if regex.search(f, words)), None)
    for actor in memory.table.public:
        names = " ".join((actor.name, *actor.aliases))
        ref = memory.table.refs[actor.slug]
        home = countries_of(names) | HOMES.get(fold_case(actor.name), set())
        if home & lands and field is not None and regex.search(field, fold_case(names)):
            return Mention(match.start(), match.end(), ref, "epithet", False, public=True)
    return None


def _same_clause(before: list[Mention], text: str, start: int) -> ActorRef | None:
    """The subject of the clause that an epithet stands in as object: it cannot mean the same."""
    orgs = [m for m in before if m.actor.kind == "organization" and not m.owns]
    if not orgs or _PARTS.search(text, orgs[-1].end, start):
        return None
    return orgs[-1].actor


def _vendor(actor: ActorRef, memory: Memory) -> ActorRef | None:
    """The organization behind a product, from the table or from what the article said of it."""
    known = memory.table.vendor_of(actor)
    if known is not None:
        return known
    words = set(WORD.findall(fold_case(actor.name)))
    for key, described in memory.words.items():
        if words <= described and key in memory.described and key != actor.key:
            return memory.described[key]
    return None


def _pronoun(match: regex.Match[str], sentence: Sentence, before: list[Mention], memory: Memory) -> Mention | None:
    word = match.group().lower()
    owns = word in ("its", "their", "his", "her")
    if match.group("he"):
        actor = memory.person
    elif match.group("they"):
        actor = None
    else:
        orgs = [m for m in before if m.actor.kind == "organization" and not m.media]
        here = next((m.actor for m in orgs if not m.owns), orgs[0].actor if orgs else None)
        actor = here or memory.subject.get(sentence.index - 1) or memory.find("company", "", sentence, match.start())
        if word == "it" and _EXPLETIVE.match(sentence.plain, match.end()):
            return None
    return Mention(match.start(), match.end(), actor, "pronoun", owns) if actor else None
