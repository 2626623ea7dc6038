"""Paragraphs into sentences. Full stops of abbreviations, initials and numbers do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

LONGEST = 1500  # characters

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr gen col sen rep gov hon rev inc corp ltd co bros llc plc no nos vol fig art sec ch "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "vs v etc al approx est dept univ assn ave blvd ft mt pp ed eds cf ie eg".split()
)
_STOP = regex.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_WORD_BEFORE = regex.compile(r"([\p{L}\p{N}.&'-]{1,24})$")
_NEXT = regex.compile(r"\s+[\"'“‘«(\[–—-]*(\S)")


_SMALL = re.compile(r"[a-z]+")
_INITIALS = regex.compile(r"(?:\p{Lu}\.)+\p{Lu}")


@lru_cache(maxsize=512)  # an article's worth
def words_of(text: str) -> frozenset[str]:
    """The runs of plain letters in a sentence, made small: what a rule needs is looked up here before it is tried."""
    return frozenset(_SMALL.findall(text.lower()))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    following = _NEXT.match(text, end)
    if following is None or text[start] != "." or end - start > 1:
        return following is None or not following.group(1).islower()
    if following.group(1).islower():
        return False
    word = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if word is None:
        return True
    last = word.group(1)
    if last.lower().lstrip("'(") in ABBREVIATIONS and last[:1].isalpha():
        return False
    # "J. Smith" goes on; "the U.S. Department" goes on before a capital, "plan B. It" is rare.
    return not (len(last) == 1 and last.isupper() and last != "I") and not _INITIALS.fullmatch(last)


def _cut_long(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences beyond LONGEST in pieces: patterns run over single sentences, so this bounds what they cost."""
    for low, high in spans:
        while high - low > LONGEST:
            cut = text.rfind(" ", low + LONGEST // 2, low + LONGEST)
            cut = cut if cut > 0 else low + LONGEST
            yield low, cut
            low = cut
        yield low, high


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end), without the blanks between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() > start and _ends_sentence(text, match.start(), match.end()):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for low, high in _cut_long(text, spans):
        piece = text[low:high]
        if piece.strip():
            trimmed.append((low + len(piece) - len(piece.lstrip()), low + len(piece.rstrip())))
    return trimmed
