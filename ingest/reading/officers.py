"""Whose officer somebody is who is introduced by title alone: "its president", "the guild's secretary"."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from ingest.reading.clauses import preposition_of
from ingest.reading.document import Document, Sentence
from ingest.reading.memory import Mention
from ingest.reading.names import fold_case
from ingest.types import ActorRef

NEARBY = 5  # sentences before an officer's in which the organization is looked for first
MUCH = 8  # mentions of an organization: more make it no likelier
_WORD = regex.compile(r"\p{L}+")


def by_noun(mentions: dict[int, list[Mention]]) -> dict[str, ActorRef]:
    """The organizations of an article by the words of their names that no other of them has."""
    named = {m.actor.key: m.actor for held in mentions.values() for m in held if m.how == "name"}
    found: dict[str, ActorRef | None] = {}
    for actor in named.values():
        for word in {fold_case(w) for w in _WORD.findall(actor.name)}:
            if actor.kind == "organization" and len(word) > 3:
                found[word] = None if word in found else actor
    return {word: actor for word, actor in found.items() if actor is not None}


def spoken_of(doc: Document, mentions: dict[int, list[Mention]], index: int, key: str) -> ActorRef | None:
    """The organization spoken of where an officer is introduced by title alone: near, and much spoken of in the article."""
    told = Counter(m.actor.key for held in mentions.values() for m in held if m.how == "name")
    weight: dict[str, float] = defaultdict(float)
    orgs: dict[str, ActorRef] = {}
    for sentence in reversed(doc.sentences[: index + 1]):
        if sentence.index < index - NEARBY and orgs:
            break
        here = [m for m in mentions[sentence.index] if m.actor.kind == "organization" and not m.media]
        here = _known_by_product(sentence, mentions[sentence.index], here) or here
        if sentence.index == index:
            place = next((m.start for m in mentions[index] if m.actor.key == key), 0)
            here = [m for m in here if m.start < place]
        first = next((m for m in here if not m.owns), here[0] if here else None)
        for mention in here:
            near = 1.0 / (1 + index - sentence.index)
            weight[mention.actor.key] += near * (1.0 if mention is first else 0.4) * (0.2 if mention.public else 1.0)
            orgs[mention.actor.key] = mention.actor
    if not orgs:
        return None
    return orgs[max(weight, key=lambda k: weight[k] * (1 + 0.3 * min(told[k], MUCH)))]


def _known_by_product(sentence: Sentence, here: list[Mention], orgs: list[Mention]) -> list[Mention]:
    """The app that a sentence is about, where its makers are known by its name alone."""
    things = [m for m in here if m.actor.kind == "product" and m.how == "name"]
    thing = things[0] if things else None
    if thing is None or thing.actor.slug or thing.owns or preposition_of(sentence.plain, thing):
        return []
    first = not any(m.end <= thing.start and not preposition_of(sentence.plain, m) for m in orgs)
    return [thing] if first else []
