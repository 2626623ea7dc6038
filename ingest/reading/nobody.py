"""What is written as a name and names nobody who acts: places, offices, laws, amounts, words that describe."""

from __future__ import annotations

import regex

from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.names import fold_case
from ingest.reading.places import is_place
from ingest.reading.words import COMMON

# "Aarhus-based", "Microsoft-backed" describe and name nobody.
_DESCRIBES = regex.compile(
    r"-(?:based|born|backed|owned|led|made|run|style|era|funded|controlled|listed|trained|built|headquartered|wide|only|like|friendly)$"
)
_AMOUNT = regex.compile(r"(?:EUR|USD|GBP|CHF|INR|JPY|CNY|RMB|SEK|NOK|DKK|AUD|CAD|NZD|BRL|Rs|US)\.?(?:\s[\d.,]+)?")
_CLOCK = regex.compile(r"\b(?:Summer|Standard|Daylight|Mean|Universal)\s+Time$")
# "Chief Science Officer" names an office.
_OFFICE = regex.compile(
    r"\b(?:Officer|Executive|President|Director|Counsel|Secretary|Minister|Manager|Editor|Founder|Chairman|Chairwoman|Spokes\p{Ll}+|CEO|CTO|COO|CFO)$"
)
# "Digital Content Directive", "Competition Act".
_LAW = regex.compile(r"\s(?:Act|Acts|Directive|Treaty|Ordinance)$")
DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest".split())
# What somebody's document is: "Tindle Terms" are Tindle's, "Developer Terms" nobody's.
_PAPER = regex.compile(r"\s(?:Terms(?:\sof\s(?:Service|Use))?|Privacy\sPolicy|Developer\sAgreement)$")
# Letters after the name of somebody with two: "Ada Merrow KC".
_LETTERS = regex.compile(r"(?<=\s\S+),?\s(?:[KQ]C|MPs?|MEP|MSP|TD|[OMC]BE|Ph\.?D|Esq)\.?$")


def names_nobody(name: str) -> bool:
    """Whether `name`, though it has capitals, is no name of a person, an organization or a product."""
    return (
        is_place(name)
        or fold_case(name) in DIRECTIONS
        or _is_of_place(name)
        or any(pattern.search(name) for pattern in (_OFFICE, _CLOCK, _LAW, _DESCRIBES))
        or _AMOUNT.fullmatch(name) is not None
    )


def describes(word: str) -> bool:
    """Whether a word only describes: "Aarhus-based"."""
    return _DESCRIBES.search(word) is not None


def without_letters(name: str) -> str:
    """`name` without what stands after it and is no part: a person's letters, the document of an organization."""
    name = _LETTERS.sub("", name)
    owner = _PAPER.sub("", name)
    return name if owner == name or _is_plain(owner) else owner


def _is_plain(name: str) -> bool:
    return all(is_ordinary(fold_case(w)) or fold_case(w) in COMMON for w in name.split())


def _is_of_place(name: str) -> bool:
    """Whether a name only says where and of what trade, as in "the Copenhagen AI laboratory"."""
    first, *rest = name.split()
    return bool(rest) and is_place(first) and all(fold_case(w) in COMMON for w in rest)
