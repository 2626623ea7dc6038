"""Names that no table knows: which capitalised words of an article name a person, an organization or a product.

Every occurrence adds to the weight of a kind by the words around it; the article decides as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.acronyms import find_acronyms
from ingest.reading.capitals import is_title_case, is_upper
from ingest.reading.contexts import is_named_firm, weigh_context
from ingest.reading.document import TITLE, Document
from ingest.reading.lexicon.ordinary import is_city, is_ordinary
from ingest.reading.names import NameHit, NameTable, fold_case
from ingest.reading.places import is_place
from ingest.reading.shapes import weigh_shape
from ingest.reading.spans import find_spans
from ingest.reading.words import ORG_HEADS, ORG_NOUNS, ORG_SUFFIXES, PRODUCT_NOUNS, PRODUCT_TAILS
from ingest.types import ActorRef

_COMMON_SURNAMES = frozenset(
    "Smith Brown Lee Wang James Cook Lin Lane Best Wu Prince Jacobson Nelson Patel Rubin Mohan Holz Friar Becker".split()
)


ENOUGH = 8  # occurrences of a name: more say nothing new of its kind
IN_SMALL = 1.5  # what it says for an organization that a name in small letters acts as one
OF_MAKER = 2.5  # and for a product that its name begins with that of a company
KINDS = ("person", "organization", "product", "place")


_LEGAL_FORM = regex.compile(
    r"(?<=\w),?\s(?:Ltd|Limited|Inc|Incorporated|Corp|Corporation|LLC|PLC|plc|GmbH|AG|SA|S\.A|AS|A/S|I/S|K/S|ApS|ASA|AB|Oy|Oyj|BV|NV|SE|KG|KGaA|SpA|S\.p\.A|Srl|S\.r\.l|S\.L|Lda|Ltda|Kft|Zrt|d\.o\.o|s\.r\.o|Pty(?:\sLtd)?|Pte(?:\sLtd)?|PBC|KK)\.?$"
)
_ENDS_API = regex.compile(r"\bAPIs?$")


_APPOSED = regex.compile(r",\s(?:an?|the|which|(?:\p{Ll}+\s)?whose)\s")
_HE_BEGINS = regex.compile(r"(?:He|She|His|Her)\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """An actor named in a sentence; offsets count in the sentence."""

    start: int
    end: int
    actor: ActorRef
    known: bool


@dataclass
class _Candidate:
    """A name of the article and what speaks for each kind; `seen` are (sentence number, start, end)."""

    name: str
    seen: list[tuple[int, int, int]] = field(default_factory=list)
    weight: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    firm: bool = False  # whether the text gives this as the name of a company
    apposed: bool = False  # whether words set apart say more of whom it is where it is first named


def find_entities(doc: Document, table: NameTable) -> dict[int, list[Hit]]:
    """Every actor named in `doc`, by sentence number, in order of place: known ones and those read from the text."""
    known = {s.index: list(table.find_names(s.plain, upper=is_upper(s.plain))) for s in doc.sentences}
    spans, lower, small = find_spans(doc, known)
    candidates: dict[str, _Candidate] = {}
    for sentence in doc.sentences:
        for start, end in spans[sentence.index]:
            name = sentence.plain[start:end]
            candidate = candidates.setdefault(name, _Candidate(name))
            candidate.seen.append((sentence.index, start, end))
            told = len(candidate.seen) <= ENOUGH and (sentence.paragraph != TITLE or not is_title_case(sentence.plain))
            if told:
                weigh_context(candidate.weight, sentence.plain, start, end)
                candidate.firm |= is_named_firm(sentence.plain, start, end)
                candidate.apposed |= len(candidate.seen) == 1 and _APPOSED.match(sentence.plain, end) is not None
    for name, candidate in candidates.items():
        if name in small:
            candidate.weight["organization"] += IN_SMALL
        if _ENDS_API.search(name) and name.split()[0] in candidates:
            candidates[name.split()[0]].weight["organization"] += 1.2
        following = doc.sentences[candidate.seen[-1][0] + 1 : candidate.seen[-1][0] + 2]
        if " " in name and following and _HE_BEGINS.match(following[0].plain):
            candidate.weight["person"] += 0.7
    _drop_trades(candidates, lower)
    refs = _decide(candidates, table, {s.index for s in doc.sentences if s.paragraph == TITLE})
    hits = _merge(doc, known, candidates, refs)
    return _with_acronyms(doc, hits, table)


def _with_acronyms(doc: Document, hits: dict[int, list[Hit]], table: NameTable) -> dict[int, list[Hit]]:
    """`hits` with every acronym that the article explains standing for the full name, unless the table knows it."""
    for sentence in doc.sentences:
        for low, high, start, end in find_acronyms(sentence.plain):
            short = sentence.plain[start:end]
            if any(table.find_names(short)):
                continue
            actor = _as_known(sentence.plain[low:high], "organization", table)
            hits = {i: _stand_for(found, doc.sentences[i].plain, short, actor) for i, found in hits.items()}
            held = [h for h in hits[sentence.index] if h.end <= low or high <= h.start]
            hits[sentence.index] = _longest([*held, Hit(low, high, actor, actor.slug is not None)])
    return hits


def _stand_for(hits: list[Hit], text: str, short: str, actor: ActorRef) -> list[Hit]:
    """`hits` of one sentence, the places of `short` given to `actor`."""
    places = [
        m.span() for m in regex.finditer(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(short)}(?![\p{{L}}\p{{N}}])", text)
    ]
    free = [
        p for p in places if not any(h.start < p[1] and p[0] < h.end and text[h.start : h.end] != short for h in hits)
    ]
    kept = [h for h in hits if (h.start, h.end) not in free]
    return sorted([*kept, *(Hit(a, b, actor, actor.slug is not None) for a, b in free)], key=lambda h: h.start)


def _decide(candidates: dict[str, _Candidate], table: NameTable, titles: set[int]) -> dict[str, ActorRef]:
    """The kind of each name; short forms become the actor whose full name the article gives elsewhere."""
    for candidate in candidates.values():
        weigh_shape(candidate.weight, candidate.name, candidates)
        _take_from_maker(candidate, candidates)
        _take_from_owner(candidate, table)
        _take_from_short_form(candidate, candidates)
    refs: dict[str, ActorRef] = {}
    surnames = table.surnames
    for name in sorted(candidates, key=len, reverse=True):
        full = _full_name(name, refs, candidates, titles)
        if full is not None:
            refs[name] = full
            continue
        candidate = candidates[name]
        if name in surnames and name not in _COMMON_SURNAMES and candidate.weight["organization"] < 2:
            refs[name] = table.refs[surnames[name]]
            continue
        kind = max(KINDS, key=lambda k: candidate.weight[k])
        if _is_unexplained(candidate):
            kind, candidate.weight["organization"] = "organization", 0.8
        if kind != "place" and candidate.weight[kind] >= 0.8:
            refs[name] = _as_known(_canonical(name, kind), kind, table)
    return refs


def _is_unexplained(candidate: _Candidate) -> bool:
    """Whether a word that is no English one is named more than once, and nothing says what it is."""
    name = candidate.name
    weak = not any(w >= 0.8 for w in candidate.weight.values())
    return len(candidate.seen) > 1 and " " not in name and weak and not is_ordinary(fold_case(name))


def _drop_trades(candidates: dict[str, _Candidate], lower: set[str]) -> None:
    """In "Forecaster Stratoline cuts off", at the head of a sentence, the first word says what Stratoline does."""
    for name in [n for n in candidates if " " in n]:
        trade, rest = name.split(" ", 1)
        plain = fold_case(trade)
        if rest not in candidates or not (plain in lower or plain in ORG_NOUNS or plain in PRODUCT_NOUNS):
            continue
        candidate = candidates[name]
        first = [s for s in candidate.seen if s[1] == 0]
        candidates[rest].seen += [(index, start + len(trade) + 1, end) for index, start, end in first]
        candidate.seen = [s for s in candidate.seen if s[1] > 0]
        if not candidate.seen:
            del candidates[name]


def _take_from_owner(candidate: _Candidate, table: NameTable) -> None:
    """A name that begins with a known company's or product's is no person: "Slack Marketplace"."""
    hit = next((h for h in table.find_names(candidate.name) if h.start == 0), None)
    if hit is not None and hit.actor.kind != "person" and hit.end < len(candidate.name):
        candidate.weight["person"] -= 5
        candidate.weight["product"] += 1.2


def _take_from_maker(candidate: _Candidate, candidates: dict[str, _Candidate]) -> None:
    """What begins with the name that the text gives as a company's is a thing of it: "Oolite, a studio, sells Oolite Draw"."""
    first, _, rest = candidate.name.partition(" ")
    maker = candidates.get(first) if rest else None
    if maker is not None and maker.firm and not candidate.firm and fold_case(rest.split()[-1]) not in ORG_SUFFIXES:
        candidate.weight["product"] += OF_MAKER


def _take_from_short_form(candidate: _Candidate, candidates: dict[str, _Candidate]) -> None:
    """What is said of "Salt Marsh" is said of "Salt Marsh Letters": people are not called by all but their last name."""
    tokens = candidate.name.split()
    for size in range(2, len(tokens)):
        short = candidates.get(" ".join(tokens[:size]))
        if short is not None:
            candidate.weight["organization"] += short.weight["organization"]


def _canonical(name: str, kind: str) -> str:
    if kind == "product" and name.endswith(" APIs"):
        return name[:-1]
    return _without_home(_LEGAL_FORM.sub("", name)) if kind == "organization" else name


def _without_home(name: str) -> str:
    """Where somebody sits is no part of the name: "Fathomwell of Galveston", but "Bank of Galveston"."""
    who, _, where = name.partition(" of ")
    return who if " " not in who and is_city(where) and not is_ordinary(fold_case(who)) else name


def _as_known(name: str, kind: str, table: NameTable) -> ActorRef:
    """The actor of the table that bears exactly this name, else a new one."""
    hit = next((h for h in table.find_names(name) if (h.start, h.end) == (0, len(name))), None)
    return hit.actor if hit and hit.actor.slug else ActorRef(name, kind, None, _parent_in(name, kind, table))


def _parent_in(name: str, kind: str, table: NameTable) -> str | None:
    """The vendor whose name a product begins with."""
    if kind != "product":
        return None
    hit = next((h for h in table.find_names(name) if h.start == 0), None)
    if hit is None:
        return None
    return hit.actor.slug if hit.actor.kind == "organization" else hit.actor.parent


def _full_name(
    name: str, refs: dict[str, ActorRef], candidates: dict[str, _Candidate], titles: set[int]
) -> ActorRef | None:
    """The actor of a longer name that `name` shortens."""
    for longer, ref in refs.items():
        tokens = longer.split()
        if len(tokens) < 2 or longer == name:
            continue
        if ref.kind == "person" and (
            name in (tokens[0], tokens[-1]) or fold_case(longer).endswith(f" {fold_case(name)}")
        ):
            return ref
        if (
            ref.kind == "organization"
            and longer.startswith(name + " ")
            and not _is_things_name(longer, name, candidates)
            and not _stands_alone(candidates[name], candidates[longer], titles)
        ):
            return ref
        if ref.kind == "organization" and fold_case(tokens[0]) in ORG_HEADS and longer.endswith(" " + name):
            return ref
        if ref.kind == "organization" and len(tokens) > 2 and name == tokens[-1] and fold_case(name) in ORG_SUFFIXES:
            return ref
    return None


def _is_things_name(longer: str, name: str, candidates: dict[str, _Candidate]) -> bool:
    """Whether `longer` names a thing of the one named `name`, of whom more is said: "Edith Farrow Kitchen Feed"."""
    thing = fold_case(longer.split()[-1]) in PRODUCT_TAILS | PRODUCT_NOUNS
    return thing and " " in name and len(candidates[name].seen) > len(candidates[longer].seen)


def _stands_alone(short: _Candidate, longer: _Candidate, titles: set[int]) -> bool:
    """Whether the text introduces somebody by the short name, and the longer one is a thing of his or a phrase of the
    headline: full names come first, except for those that only add what sort of company it is ("Oakmere Labs"). Who adds a
    country's name is a daughter."""
    if fold_case(longer.name.split()[-1]) in ORG_SUFFIXES:
        return False
    if (short.firm and not longer.firm) or is_place(longer.name.removeprefix(f"{short.name} ")):
        return True
    if len(short.seen) <= len(longer.seen) and not short.apposed:
        return False
    told = [place for place in longer.seen if place[0] not in titles]
    first = next((place for place in short.seen if place[0] not in titles), None)
    return first is not None and (not told or first < told[0])


def _merge(
    doc: Document, known: dict[int, list[NameHit]], candidates: dict[str, _Candidate], refs: dict[str, ActorRef]
) -> dict[int, list[Hit]]:
    """Known and read names together; where they overlap the longer one stays."""
    people = {h.actor.name.split()[-1]: h.actor for hits in known.values() for h in hits if h.actor.kind == "person"}
    hits: dict[int, list[Hit]] = {
        index: [Hit(h.start, h.end, h.actor, True) for h in found] for index, found in known.items()
    }
    for name, candidate in candidates.items():
        ref = people.get(name) or refs.get(name)
        if ref is None:
            continue
        for index, start, end in candidate.seen:
            hits[index].append(Hit(start, end, ref, ref.slug is not None))
    return {index: _longest(found) for index, found in hits.items()}


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, h.start - h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end > kept[-1].end and hit.start == kept[-1].start:
            kept[-1] = hit
    return kept
