"""Whose thing is it? What an article says of makers, owners and parents: "Larkfield's own Heron", "the group that owns it"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.authorities import is_court, is_government
from ingest.reading.document import TITLE, Document
from ingest.reading.memory import Mention
from ingest.reading.names import NameTable
from ingest.types import ActorRef

_MAKES = (
    r"(?:owns?|owned|makes?|made|runs?|ran|operates?|publishes|develops|developed|builds?|built|sells|created|launched|released|maintains|trains|trained|"
    r"bought|acquired|offers|hosts|behind)"
)
_MADE = r"(?:owned|made|run|operated|published|developed|built|sold|created|launched|released|maintained|trained|bought|acquired|brought\s+out|offered|hosted|put\s+out)"
_KIN = r"(?:owner|proprietor|maker|parent|parent\s+company|developer|operator|publisher|creator|vendor)"
_THING = (
    r"(?:product|brand|unit|arm|subsidiary|division|service|site|directory|database|model|models|app|assistant|chatbot|tool|editor|platform|interface|API|"
    r"library|archive|feed|browser|engine|crawler|agent|catalogue|forum|marketplace|system|family|plug-?in)"
)
_WORDS = r"(?:[\p{L}'-]+\s+)"
# What may stand between the two names, in the order thing, owner ...
_THING_FIRST = (
    regex.compile(
        rf",?\s+(?:which\s+|that\s+)?(?:is\s+|was\s+|has\s+been\s+)?{_MADE}\s+(?:in\s+\p{{Lu}}\S+\s+|last\s+\w+\s+|in\s+\d{{4}}\s+)?by\s+(?:the\s+)?{_WORDS}{{0,4}}"
    ),
    regex.compile(
        rf",\s+(?:an?|the|one\s+of|its)\s+{_WORDS}{{0,4}}?{_THING}\s+(?:of|from|by|made\s+by|run\s+by)\s+(?:the\s+)?{_WORDS}{{0,4}}"
    ),
    regex.compile(rf",\s+(?:an?|the)\s+{_WORDS}{{0,6}}?{_THING}\s+(?:that|which)\s+"),
    regex.compile(rf"(?:'s?)?\s+(?:{_KIN})s?,?\s+"),
    regex.compile(r",?\s+(?:which\s+)?(?:belongs?|belonging)\s+to\s+(?:the\s+)?" + _WORDS + "{0,4}"),
    regex.compile(rf",?\s+(?:from|by)\s+(?:the\s+)?{_WORDS}{{0,3}}"),
)
# ... and in the order owner, thing.
_OWNER_FIRST = (
    regex.compile(rf"'s?\s+(?:own\s+)?{_WORDS}{{0,3}}?"),
    regex.compile(
        rf",?\s+[^.;]{{0,60}}?\b(?:that|which|who)\s+(?:also\s+|now\s+)?{_MAKES}\s+(?:the\s+)?{_WORDS}{{0,3}}?"
    ),
    regex.compile(rf",?\s+(?:the\s+)?{_WORDS}{{0,5}}?(?:behind|{_KIN}\s+of|to\s+which|to\s+whom)\s+(?:the\s+)?"),
    regex.compile(rf"\s+(?:has\s+|had\s+)?(?:{_MAKES})\s+(?:the\s+)?{_WORDS}{{0,2}}?"),
)
REACH = 110  # characters between the two


@dataclass(frozen=True)
class Owners:
    """Who makes or owns what, by the key of the thing; `alone` are the products that their makers are known for, so
    that what is done to the product is done to the company."""

    of: dict[str, ActorRef] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()


def find_owners(doc: Document, mentions: dict[int, list[Mention]], table: NameTable) -> Owners:
    """The organizations that the table or the text of `doc` says make or own the things it names."""
    learned = _learn(doc, mentions)
    named = {m.actor.key: m.actor for held in mentions.values() for m in held}
    known: dict[str, ActorRef] = {}
    alone = {k for k in learned if named[k].kind == "product" and not named[k].slug}
    for key, actor in named.items():
        vendor = table.vendor_of(actor) if actor.kind == "product" else None
        if vendor is not None and (vendor.key in named or actor.name.startswith(f"{vendor.name} ")):
            known[key] = vendor
            if vendor.slug in table.one_product and vendor.key in named:
                alone.add(key)
    for key, actor in named.items():
        brand = next((k for k in learned if actor.kind == "product" and key != k and key.startswith(f"{k} ")), None)
        if brand is not None and key not in known:
            known[key] = learned[brand]
    return Owners({**learned, **known}, frozenset(alone))


def _learn(doc: Document, mentions: dict[int, list[Mention]]) -> dict[str, ActorRef]:
    """For the keys of products and brands of `doc`, the organization that its text says makes or owns them."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    owners: dict[str, ActorRef] = {}
    before: Mention | None = None
    for sentence in doc.sentences:
        if sentence.paragraph == TITLE and len(mentions[sentence.index]) < 2:
            continue
        here = [m for m in mentions[sentence.index] if m.actor.kind != "person" and not m.media]
        for first, second in ((a, b) for a in here for b in here if 0 <= b.start - a.end <= REACH):
            pair = _owned(sentence.plain, first, second)
            if pair is not None:
                thing, owner, weight = pair
                votes[thing][owner.key] += weight
                owners[owner.key] = owner
        for mention in here:
            if before is not None and _owns_it(sentence.plain, mention, before):
                votes[before.actor.key][mention.actor.key] += 1.0
                owners[mention.actor.key] = mention.actor
            before = mention if mention.how == "name" else before
    found = {thing: owners[max(held, key=lambda k: held[k])] for thing, held in votes.items()}
    return {thing: owner for thing, owner in found.items() if thing != owner.key and found.get(owner.key) is None}


def _owned(text: str, first: Mention, second: Mention) -> tuple[str, ActorRef, float] | None:
    """(key of the thing, owner, weight) if the words between two mentions say that one owns the other."""
    if first.actor.key == second.actor.key:
        return None
    between = text[first.end : second.start]
    if _is_owner(second) and _is_thing(first):
        for number, pattern in enumerate(_THING_FIRST):
            if pattern.fullmatch(between) and (number < 5 or first.actor.kind == "product"):
                return (first.actor.key, second.actor, 1.0) if number != 2 else _relative(text, first, second)
    if _is_owner(first) and _is_thing(second):
        for number, pattern in enumerate(_OWNER_FIRST):
            loose = number in (0, 3)
            if pattern.fullmatch(between) and not (loose and second.actor.kind != "product"):
                return second.actor.key, first.actor, 0.6 if loose else 1.0
    return None


# "Cirrant, the Rotterdam company that owns it": whatever was named before.
_OWNS_IT = regex.compile(
    rf",\s+(?:the|an?|its|whose)\s+[^.;,]{{0,60}}?\b(?:that|which|who)\s+(?:{_MAKES})\s+(?:it|the\s+(?:site|app|service|feed|brand|model|tool))\b|,\s+its\s+(?:{_KIN})\b"
)


def _owns_it(text: str, owner: Mention, thing: Mention) -> bool:
    """Whether `owner` is said to own "it", the `thing` named before."""
    other = thing.actor.key != owner.actor.key and _is_owner(owner) and _is_thing(thing)
    return other and bool(_OWNS_IT.match(text, owner.end))


_BROUGHT_OUT = regex.compile(rf"\s+(?:has\s+|had\s+)?(?:{_MAKES}|brought\s+out|put\s+out|released)\b")


def _relative(text: str, thing: Mention, owner: Mention) -> tuple[str, ActorRef, float] | None:
    """ "Vine, the video app that Twitter released"."""
    return (thing.actor.key, owner.actor, 1.0) if _BROUGHT_OUT.match(text, owner.end) else None


def _is_owner(mention: Mention) -> bool:
    actor = mention.actor
    return actor.kind == "organization" and mention.how != "pronoun" and not (is_court(actor) or is_government(actor))


def _is_thing(mention: Mention) -> bool:
    return mention.actor.kind in ("product", "organization") and not mention.public
