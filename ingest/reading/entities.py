"""Names that no table knows: which capitalised words of an article name a person, an organization or a product.

Every occurrence adds to the weight of a kind by the words around it; the article decides as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from ingest.reading.document import FILLER, TITLE, Document, Sentence
from ingest.reading.names import NameHit, NameTable, fold_case
from ingest.reading.places import is_place
from ingest.reading.words import COMMON, MONTHS, ORG_NOUNS, ORG_SUFFIXES, PRODUCT_NOUNS, TITLE_NOUNS, WEEKDAYS
from ingest.types import ActorRef

_TOKEN = r"(?:(?:\p{Lu}\.){2,}|\p{Lu}[\p{L}\p{N}&_]*(?:[.-][\p{L}\p{N}]+)*(?:'(?!s\b)\p{Lu}?\p{L}+)?|\p{Ll}{1,2}\p{Lu}[\p{L}\p{N}]+|\p{N}+\p{Lu}\p{L}+)"
_LINK = r"(?:\s+(?:van der|van den|van de|van|von der|von|de la|de|der|del|della|di|da|dos|du|bin|al|el|ten|ter|af|of the|of|for the|for|&|and)\s+|\s+|\s?&\s?)"
NAME = regex.compile(rf"(?<![\p{{L}}\p{{N}}_@#/]){_TOKEN}(?:{_LINK}{_TOKEN}|\s\d+(?:\.\d+)?(?![\p{{L}}\p{{N}}%,]))*")
_HANDLE = regex.compile(
    r"^([a-z][\w-]{2,})(?=(?:\s+(?:wrote|writes|said|says|posted|replied))?:\s*[“\"'])|(?<![\w@])(?:u/|@)?([a-z][a-z0-9]*_[a-z0-9_]+|(?<=@)\w+|(?<=u/)\w+)"
)
_SPLIT_LINKS = frozenset("of for and the".split())
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor judge justice sir dame lord lady sen senator rep mme herr frau chief".split()
)
_API = regex.compile(r"\s+(?:[\p{L}]+\s+){0,2}?(?:APIs?|SDK)(?![\p{L}\p{N}])")
_SPEECH = (
    r"(?:said|says|told|tells|wrote|writes|added|adds|posted|replied|tweeted|explained|argued|argues|insisted|insists|"
    r"recalled|joked|warned|noted|asked|asks|answered|complained|announced|declined|called|calls|described|thinks|believes)"
)
_PERSON_LEFT = regex.compile(
    rf"(?r)(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Justice|Senator|Sen|Sir|Dame)\.?|\b(?:{TITLE_NOUNS})),?\s+$"
)
_PERSON_RIGHT = regex.compile(
    rf"(?:,\s+(?:\d\d,|who\b|an?\s|the\s|its\s|their\s|\p{{Lu}}|one of|then\b|now\b|until\b)[^.;]{{0,50}}?\b(?:{TITLE_NOUNS})\b|,\s+who\b|,\s+(?:{TITLE_NOUNS})\b)"
)
_SPEAKS = regex.compile(rf"(?:,[^,.]{{0,60}},)?\s+(?:also |later |then |has |had )?{_SPEECH}\b")
_SPOKEN = regex.compile(rf"(?r)\b{_SPEECH}\s+$")
_ORG_LEFT = regex.compile(
    rf"(?r)(?:\b(?:{'|'.join(sorted(ORG_NOUNS, key=len, reverse=True))})(?:\s+(?:called|named))?,?\s+|\b(?:{TITLE_NOUNS}|customers?|clients?|users|employees|staff|engineers|"
    rf"subsidiary|unit|division|lawyers|shares|investors?|partners?)\s+(?:of|at|for|in)\s+(?:the\s+)?)$"
)
_ORG_RIGHT = regex.compile(
    rf"(?:\s\([^)]*\))?,\s+(?:an?|the|which|whose|one of|itself|now|part of)\b[^.;,]{{0,60}}?\b(?:{'|'.join(sorted(ORG_NOUNS, key=len, reverse=True))})(?!'s)\b|,\s+which\b"
)
_ORG_OWNS = regex.compile(
    r"'s?\s+(?:[\p{L}-]+\s+){0,3}?(?:APIs?|terms|models?|platform|lawyers|general counsel|spokes\w+|chief|service|services|users|customers|developers|"
    r"access|account|accounts|crawlers?|website|site|staff|engineers|policy|policies|licen[cs]e|board|boss|data|archive|content|subscribers|decision|move)\b"
)
_ORG_ACTS = regex.compile(
    r"\s+(?:has |had |have |is |was |will )?(?:also |now |quietly |abruptly |then |again |not )?"
    r"(?:cut|cuts|revoke[sd]?|suspend(?:s|ed)?|block(?:s|ed)?|sue[sd]?|accuse[sd]?|file[sd]?|bar(?:s|red)?|ban(?:s|ned)?|restrict(?:s|ed)?|limit(?:s|ed)?|raise[sd]?|"
    r"announce[sd]?|launch(?:es|ed)?|agree[sd]?|sign(?:s|ed)?|lose[s]?|lost|charge[sd]?|change[sd]?|withdr[ae]w[sn]?|license[sd]?|offers?|makes|sells|acquire[sd]?|b(?:uys|ought)|introduced?|updated?)\b"
)
_ONE_OF = regex.compile(
    r"(?r)\b(?:firms|companies|customers|clients|those|businesses|publishers|vendors|start-ups)\b[^.;]{0,40}\b(?:is|are|include|includes|was|were)\s+$"
)
_OF_PLACE = regex.compile(r"\s+of\s+\p{Lu}\p{L}+,\s+(?:where|which)\b")
_DOES = regex.compile(
    r"\s+(?:has |had |have |will )?(?:also |now |then |not |quietly |just )?(?!(?:used|based|called|named|owned|founded|need|indeed|is|was|does|goes)\b)\p{Ll}{2,}(?:ed|es|s|put|cut|set|let|told|made|took|gave|won)(?![\p{L}'])"
)
_INSTITUTION = regex.compile(
    r"\b(?:University|Department|Ministry|Bank|Institute|Court|Office|Bureau|College|School|Committee|Commission|Council|Authority|Federation|Association|Union|Society|Centre|Center|Board|Church|House|Library|Museum|Chamber|Academy|Guild|City|State|Republic|Port) (?:of|for)\b"
)
_HUMAN = regex.compile(
    r"(?r)(?:\b(?:friend|colleague|neighbou?r|wife|husband|brother|sister|user|reader|aunt|uncle|called|boss|founder)\s+)$"
)
_PRODUCT_RIGHT = regex.compile(
    rf"(?:,\s+(?:an?|the|its|their|our)\b[^.;,]{{0,50}}?\b(?:{'|'.join(sorted(PRODUCT_NOUNS))})\b|\s+(?:APIs?|SDK|models?|apps?|chatbot|assistant|platform|family|plugin|extension|subscription|endpoints?)\b)"
)
_PRODUCT_LEFT = regex.compile(
    r"(?r)(?:\b(?:apps?|models?|assistant|chatbot|tool|product|system|plugin|editor|service|crawler|bot|agent|engine|client|reader|dataset|called|named|dubbed|known as)\s+|"
    r"\b(?:access to|use of|using|uses?|version of|versions of|built on|trained on|runs? on|maker of|makes|sells|licen[cs]e (?:for|to)|users of|powered by)\s+(?:the\s+|its\s+)?)$"
)
_PLACE_LEFT = regex.compile(r"(?r)\b(?:in|near|across|outside|based in|from|around|throughout)\s+$")
_TWO_LETTERS = regex.compile(r"\p{L}{2}|^\p{Lu}\d")
_COMMON_SURNAMES = frozenset(
    "Smith Brown Lee Wang James Cook Lin Lane Best Wu Prince Jacobson Nelson Patel Rubin Mohan Holz Friar Becker".split()
)
KINDS = ("person", "organization", "product", "place")


_SMALL_RUN = regex.compile(r"\p{Ll}{3}")
_LOWER_WORD = regex.compile(r"(?<![\p{L}'-])\p{Ll}[\p{L}-]+")
_ENDS_API = regex.compile(r"\bAPIs?$")
_HE_BEGINS = regex.compile(r"(?:He|She|His|Her)\b")
_LONG_WORD = regex.compile(r"[\p{L}'-]{4,}")
_TOKEN_RUN = regex.compile(r"[^\s]+")
_TRAILING_LINK = regex.compile(r"\s+(?:of the|for the|of|for|and|the|van|de|&)$")
_KEEPS_STOP = regex.compile(r"\.\w+\.$|\b(?:Inc|Corp|Ltd|Co)\.$")
_HE_FOLLOWS = regex.compile(r"[^.]{0,80}?\b(?:he|she|his|her)\b")
_DIGIT = regex.compile(r"\d")
_CAMEL = regex.compile(r"\p{Ll}\p{Lu}")


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


def find_entities(doc: Document, table: NameTable) -> dict[int, list[Hit]]:
    """Every actor named in `doc`, by sentence number, in order of place: known ones and those read from the text."""
    known = {s.index: list(table.find_names(s.plain, upper=_is_upper(s.plain))) for s in doc.sentences}
    lower = set(_LOWER_WORD.findall(" ".join(s.plain for s in doc.sentences)))
    candidates: dict[str, _Candidate] = {}
    for sentence in doc.sentences:
        for start, end in _names_in(sentence, known[sentence.index], lower):
            name = sentence.plain[start:end]
            candidate = candidates.setdefault(name, _Candidate(name))
            candidate.seen.append((sentence.index, start, end))
            if sentence.paragraph != TITLE or not is_title_case(sentence.plain):
                _weigh_context(candidate, sentence.plain, start, end)
    for name, candidate in candidates.items():
        if _ENDS_API.search(name) and name.split()[0] in candidates:
            candidates[name.split()[0]].weight["organization"] += 1.2
        following = doc.sentences[candidate.seen[-1][0] + 1 : candidate.seen[-1][0] + 2]
        if " " in name and following and _HE_BEGINS.match(following[0].plain):
            candidate.weight["person"] += 0.7
    refs = _decide(candidates, table)
    return _merge(doc, known, candidates, refs)


def _is_upper(text: str) -> bool:
    """Whether a text is all in capitals, so that they tell nothing."""
    return len(text) > 12 and not _SMALL_RUN.search(text) and any(c.isalpha() for c in text)


def is_title_case(text: str) -> bool:
    """Whether a headline capitalises most of its words, so that capitals tell nothing."""
    words = [w for w in _LONG_WORD.findall(text)]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _names_in(sentence: Sentence, known: list[NameHit], lower: set[str]) -> list[tuple[int, int]]:
    """Where capitalised names stand in a sentence, without what only a sentence's beginning capitalises."""
    text = sentence.plain
    if _is_upper(text):
        return []
    found: list[tuple[int, int]] = []
    covered = [(h.start, h.end) for h in known]
    for match in NAME.finditer(text):
        for start, end in _trim(text, match.start(), match.end(), lower):
            inside = [c for c in covered if c[0] < end and start < c[1]]
            api = _API.match(text, end)
            if api and not inside and text[start:end].split()[-1].lower() not in ("api", "apis", "sdk"):
                found.append((start, api.end()))
            elif not inside:
                found.append((start, end))
            elif not is_title_case(text):
                found += _extends(text, start, end, inside)
    for hit in known:
        api = _API.match(text, hit.end)
        if api and hit.actor.kind != "person" and not any(s < api.end() and hit.start < e for s, e in found):
            found.append((hit.start, api.end()))
    found += [m.span(m.lastindex or 0) for m in _HANDLE.finditer(text) if FILLER not in m.group()]
    return found


def _extends(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A name longer than the known one within it: "Google Ad Manager", "Reddit Data API"."""
    low, high = min(c[0] for c in inside), max(c[1] for c in inside)
    if len(inside) > 1 or (start == low and end <= high):
        return []
    if low > start and not text[:start].strip(" \"'“‘"):
        return [] if high >= end else [(low, end)]
    rest = (text[start:low] + " " + text[high:end]).split()
    if not rest or any(w.lower() in COMMON or w.lower() in _SPLIT_LINKS for w in rest[:1]):
        return [(start, end)] if rest and rest[-1].startswith("API") else []
    return [(start, end)]


def _trim(text: str, start: int, end: int, lower: set[str]) -> list[tuple[int, int]]:
    """The names in a run of capitalised words: cut at dates and joining words, common first words dropped."""
    pieces: list[tuple[int, int]] = []
    first, last = -1, -1
    for match in _TOKEN_RUN.finditer(text[start:end]):
        word = match.group()
        plain = fold_case(word.strip(".,"))
        at_start = start + match.start() == 0 or text[: start + match.start()].rstrip()[-1:] in ".:?!\"“'‘(—–-\x00"
        is_stop = plain in MONTHS or plain in WEEKDAYS or (first < 0 and (plain in COMMON or plain in _SPLIT_LINKS))
        ambiguous = at_start and first < 0 and plain in lower and not word[1:].lower() != word[1:]
        if plain == "of" and first >= 0 and not _INSTITUTION.match(f"{text[first:last].split()[-1]} of "):
            pieces.append((first, last))
            first = -1
            continue
        joins = plain in ("and", "for") and first >= 0 and not _one_name(text[start:end])
        if is_stop or joins or (first < 0 and word[0].isdigit() and word.isdigit()):
            if first >= 0:
                pieces.append((first, last))
            first = -1
        elif ambiguous and _goes_on(text[start + match.end() : end]):
            first, last = start + match.start(), start + match.end()
        elif ambiguous and not text[start + match.end() : start + match.end() + 2].strip().startswith("'"):
            continue
        elif first < 0 and plain in HONORIFICS:
            continue
        else:
            first = start + match.start() if first < 0 else first
            last = start + match.end()
    if first >= 0:
        pieces.append((first, last))
    stripped = (_strip_links(text, a, b) for a, b in pieces)
    return [(a, b) for a, b in stripped if _TWO_LETTERS.search(text[a:b]) and not is_place(text[a:b])]


def _goes_on(rest: str) -> bool:
    """Whether another capitalised word follows that is no date: then a first word belongs to the name."""
    word = rest.split()[0] if rest.split() else ""
    plain = fold_case(word.strip(".,"))
    return word[:1].isupper() and plain not in MONTHS and plain not in WEEKDAYS


def _one_name(run: str) -> bool:
    """Whether "and" or "for" belongs to a name: "Ministry for Digital Affairs", "Barlow and Sons"."""
    return bool(
        regex.search(
            r"\b(?:Ministry|Department|Court|Committee|Commission|Authority|Office|Centre|Center|Institute|Agency|Council|Sons|Society|Association)\b",
            run,
        )
    )


def _strip_links(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        match = _TRAILING_LINK.search(text[start:end])
        if not match:
            break
        end = start + match.start()
    if text[end - 1 : end] == "." and not _KEEPS_STOP.search(text[start:end]):
        end -= 1
    return start, end


def _weigh_context(candidate: _Candidate, text: str, start: int, end: int) -> None:
    """Add what the words around one occurrence say of the kind of a name."""
    left, weight = text[max(0, start - 60) : start], candidate.weight
    tokens = candidate.name.split()
    if _PERSON_LEFT.search(left) and not regex.search(
        r"(?i)\b(?:owner|maker|publisher|developer|author|lead|official|creator)\s+$", left
    ):
        weight["person"] += 2.5
    if _PERSON_RIGHT.match(text, end) and len(tokens) > 1:
        weight["person"] += 2.5
    if _SPEAKS.match(text, end) or _SPOKEN.search(left):
        weight["person" if len(tokens) > 1 else "organization"] += 0.8
    if _ORG_LEFT.search(left):
        weight["organization"] += 2.2
    if _ORG_RIGHT.match(text, end):
        weight["organization"] += 2.2
    if _ORG_OWNS.match(text, end):
        weight["organization"] += 1.5
    if _ORG_ACTS.match(text, end):
        weight["organization"] += 1.0
    if _DOES.match(text, end):
        weight["person" if len(tokens) > 1 else "organization"] += 0.5
    if _ONE_OF.search(left) or _OF_PLACE.match(text, end):
        weight["organization"] += 1.8
    if _HUMAN.search(left) and len(tokens) > 1:
        weight["person"] += 1.0
    if len(tokens) > 1 and _HE_FOLLOWS.match(text[end : end + 100]):
        weight["person"] += 0.7
    if _PRODUCT_RIGHT.match(text, end):
        weight["product"] += 2.0
    if _PRODUCT_LEFT.search(left):
        weight["product"] += 1.6
    if _PLACE_LEFT.search(left) and not _ORG_OWNS.match(text, end):
        weight["place"] += 0.9


def _weigh_shape(candidate: _Candidate, names: dict[str, _Candidate]) -> None:
    """Add what the form of a name says, and the short forms used elsewhere: people by their last name,
    organizations by their first."""
    tokens, weight = candidate.name.split(), candidate.weight
    last = fold_case(tokens[-1]).strip(".")
    if last in ("api", "apis", "sdk") or _DIGIT.search(tokens[-1]):
        weight["product"] += 4
    elif last in ORG_SUFFIXES and len(tokens) > 1:
        weight["organization"] += 3
    elif 2 <= len(tokens) <= 4 and all(t[0].isupper() or t.islower() for t in tokens) and tokens[0].isalpha():
        weight["person"] += 0.9
        if tokens[-1] in names:
            weight["person"] += 1.5
    if len(tokens) > 1 and tokens[0] in names and "&" not in candidate.name:
        weight["organization"] += 1.2
    if len(tokens) == 1 and (candidate.name.isupper() or _CAMEL.search(candidate.name)):
        weight["organization"] += 0.6
    if " & " in candidate.name or _INSTITUTION.search(candidate.name):
        weight["organization"] += 4
    if "_" in candidate.name or candidate.name[0].islower() and candidate.name.islower():
        weight["person"] += 3


def _decide(candidates: dict[str, _Candidate], table: NameTable) -> dict[str, ActorRef]:
    """The kind of each name; short forms become the actor whose full name the article gives elsewhere."""
    for candidate in candidates.values():
        _weigh_shape(candidate, candidates)
    refs: dict[str, ActorRef] = {}
    surnames = {k.name.split()[-1]: s for s, k in table.actors.items() if k.kind == "person"}
    for name in sorted(candidates, key=len, reverse=True):
        full = _full_name(name, refs)
        if full is not None:
            refs[name] = full
            continue
        candidate = candidates[name]
        if name in surnames and name not in _COMMON_SURNAMES and candidate.weight["organization"] < 2:
            refs[name] = table.refs[surnames[name]]
            continue
        kind = max(KINDS, key=lambda k: candidate.weight[k])
        if len(candidate.seen) > 1 and " " not in name and not any(candidate.weight.values()):
            kind, candidate.weight["organization"] = "organization", 0.8
        if kind != "place" and candidate.weight[kind] >= 0.8:
            refs[name] = _as_known(_canonical(name, kind), kind, table)
    return refs


def _canonical(name: str, kind: str) -> str:
    if kind == "product" and name.endswith(" APIs"):
        return name[:-1]
    return name


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


def _full_name(name: str, refs: dict[str, ActorRef]) -> ActorRef | None:
    """The actor of a longer name that `name` shortens."""
    for longer, ref in refs.items():
        tokens = longer.split()
        if len(tokens) < 2 or longer == name:
            continue
        if ref.kind == "person" and (name == tokens[-1] or name == tokens[0] or longer.endswith(" " + name)):
            return ref
        if ref.kind == "organization" and longer.startswith(name + " "):
            return ref
    return None


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
