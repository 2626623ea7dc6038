"""Names written in small letters, which no capital shows: domains, "kiln7", and words that are no English ones or are said
to be names."""

from __future__ import annotations

from collections import Counter

import regex

from ingest.reading.contexts import does_as_a_name, is_determined, is_introduced
from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.words import COMMON, ORG_NOUNS, PRODUCT_NOUNS

LOWER_WORD = regex.compile(r"(?<![\p{L}\p{N}'-])\p{Ll}[\p{L}-]++(?!\p{N})")
# What letters and digits together are when they are no name: versions, formats, measures.
_TECHNICAL = (
    "oauth|sha|utf|base|int|uint|float|double|web|covid|ipv|python|http|https|win|amd|arm|level|tier|version|step|page|mpeg|jpeg|gpt|log|"
    "top|area|part|week|month|year|day|file|test|foo|bar|user|item|example|line|row|col|node|host|key|rtx|cuda|ecma|latin|iso|rfc|cve|mach"
)
_MEASURES = (
    "hours?|minutes?|mins?|secs?|seconds?|days?|weeks?|months?|years?|stars?|people|persons?|[gmkt]?bps|[gmk]hz|tokens?|times|points?|pounds|"
    "euros|dollars|million|billion|thousand|metres?|meters?|fold|percent|pages?|users?|calls?|bits?|bytes?|inch|feet|miles?|ish"
)
DIGIT_NAME = rf"(?!(?:{_TECHNICAL})\p{{N}})\p{{Ll}}{{3,}}\p{{N}}{{1,2}}|\p{{N}}{{1,2}}(?!(?:{_MEASURES})(?!\p{{L}}))\p{{Ll}}{{4,}}"
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}@/.:_'#\\-])", r"(?![\p{L}\p{N}_(/=-]|\.\S)"
WITH_DIGITS = regex.compile(rf"{_BEFORE}(?:{DIGIT_NAME}){_AFTER}")
_SMALL_NAME = regex.compile(
    r"(?<![\p{L}\p{N}@/.:_'-])\p{Ll}[\p{Ll}\p{N}-]+\.(?:com|org|net|io|dev|ai|app|co|fm|tv|me|so|xyz|gg)(?![\p{L}\p{N}/_-])|"
    rf"{_BEFORE}(?:{DIGIT_NAME}){_AFTER}|"
    r"(?<![\p{L}\p{N}@/.:_'-])\p{Ll}{4,}(?![\p{L}\p{N}_-]|\.\S|'t(?!\p{L}))"
)
_CALLED = regex.compile(
    r"\b(?:company|firm|start-up|startup|lab|laboratory|studio|outfit|app|service|agency|assistant)\s+(?:is\s+)?(?:called|named)\s+(\p{Ll}{4,})(?![\p{L}\p{N}_-])"
)
# "Which spells itself without a capital".
_SPELLS = regex.compile(
    r"(?<![\p{L}\p{N}])(\p{Ll}{4,}),\s(?:which|who)\s(?:\w+ly\s|always\s)?(?:spells|writes|styles|(?:is|are)\s(?:spelled|spelt|written|styled))\s[^.;]{0,30}?"
    r"(?:without\s(?:an?\s|any\s)?capitals?|in\s(?:lower[\s-]?case|small\sletters)|with\san?\s(?:lower[\s-]?case|small))(?!\p{L})"
)
# "Maurits (lower case, please)", "called oolite, with a small o".
_SAID_SMALL = regex.compile(
    r"(?<![\p{L}\p{N}])(\p{Ll}{4,})(?:,\s(?:an?|the)\s[^.;,()]{3,60})?(?:,|\s\()\s?(?:all\s|always\s)?(?:in\s|with\s|written\s(?:in\s|with\s)?)?(?:an?\s|its\s)?(?:lower[\s-]?case|small\s(?:letters?|initial|\p{Ll})(?!\p{L}))"
)
_HEADS = regex.compile(r"(\p{Ll}{4,})(?![\p{L}\p{N}_-])")
# Rare words end so as well: "accelerators", "backlinking".
_INFLECTED = regex.compile(r"(?:s|ed|ing|ly|ers?|ors?|ism|ist|able|ness|tion|ware|tech|fi)$")
# "On the other side is brindlo, which makes maps".
_WHICH = regex.compile(r",\s(?:which|whose)\s\p{Ll}+")
_CAPITAL_BEFORE = regex.compile(r"(?r)\p{Lu}\S*\s$")
_WORD_BEFORE = regex.compile(r"(?r)(?<![\p{L}\p{N}@/.:_'-])(\p{Ll}{3,})\s$")
FEW = 4  # of so many paragraphs one may begin in small letters, for a name
Place = tuple[Sentence, int, int]


def find_small_names(doc: Document, lower: set[str]) -> list[Place]:
    """Where names in small letters stand, whatever else may stand there; `lower` are the words that the article writes
    small. Once is enough for a name that is introduced; others have to come back and to act as names do."""
    told_so = _find_told(doc)
    strange = {w for w in lower if len(w) > 3 and w not in COMMON and "-" not in w and not is_ordinary(w)} | told_so
    found = [
        (sentence, match.start(), match.end())
        for sentence in doc.sentences
        if "." in sentence.plain[:-1] or _has_digits(sentence.plain) or any(w in sentence.plain for w in strange)
        for match in _SMALL_NAME.finditer(sentence.plain)
        if not match.group().isalpha() or match.group() in strange
    ]
    told = Counter(s.plain[a:b] for s, a, b in found)
    names = {s.plain[a:b] for s, a, b in found if _is_name(s.plain, a, b, told)}
    return [
        (s, _with_word_before(s.plain, a), b)
        for s, a, b in found
        if s.plain[a:b] in names | told_so and not (is_ordinary(s.plain[a:b]) and is_determined(s.plain, a))
    ]


def _with_word_before(text: str, start: int) -> int:
    """Where a name begins whose last word begins at `start`: another word that is no English one belongs to it."""
    before = _WORD_BEFORE.search(text[:start])
    strange = before and before.group(1) not in COMMON and not is_ordinary(before.group(1))
    return before.start(1) if before and strange else start


def _has_digits(text: str) -> bool:
    return WITH_DIGITS.search(text) is not None


def _is_name(text: str, start: int, end: int, told: Counter[str]) -> bool:
    word = text[start:end]
    if "." in word:
        return told[word] > 1
    if not word.isalpha():
        return told[word] > 1 or not is_determined(text, start)
    if told[word] > 1 and does_as_a_name(text, start, end):
        return True
    if _INFLECTED.search(word):
        return told[word] > 1 and word.endswith("er") and is_introduced(text, start, end)
    return is_introduced(text, start, end) or _is_set_apart(text, start, end)


def _is_set_apart(text: str, start: int, end: int) -> bool:
    """Whether ", which" follows a word that nothing before makes that of a thing or the last of a longer name."""
    bare = not is_determined(text, start) and not _CAPITAL_BEFORE.search(text[:start])
    return bare and _WHICH.match(text, end) is not None


def _find_told(doc: Document) -> set[str]:
    """Words, ordinary ones too, that are said to be names: by saying so, or by heading a headline or paragraph in small letters."""
    found: set[str] = set()
    heads = _find_heads(doc)
    for sentence in doc.sentences:
        text = sentence.plain
        found.update(m.group(1) for pattern in (_CALLED, _SAID_SMALL, _SPELLS) for m in pattern.finditer(text))
        head = _HEADS.match(text) if sentence.index in heads else None
        if head is not None and does_as_a_name(text, 0, head.end()):
            found.add(head.group(1))
    return found - COMMON - ORG_NOUNS - PRODUCT_NOUNS


def _find_heads(doc: Document) -> set[int]:
    """The numbers of the headline, if it has a capital, and of paragraphs' first sentences, if few begin in small letters."""
    title = {s.index for s in doc.sentences[:1] if any(c.isupper() for c in s.plain)}
    firsts = list({s.paragraph: s for s in reversed(doc.sentences) if s.paragraph != TITLE}.values())
    begun = {s.index for s in firsts if s.plain[:1].islower()}
    return title | (begun if len(begun) * FEW <= len(firsts) else set())
