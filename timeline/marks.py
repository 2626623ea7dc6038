"""Words that were searched for, marked in the texts that hold them, as PostgreSQL's ts_headline does.

PostgreSQL reads a text anew to mark it, 30 µs for a summary, half of what a search cost. Here each text is searched for
the beginnings of the wanted words, and only what begins so is compared, by its stem, with what is wanted. Stems are
PostgreSQL's own (`queries.stems`): what is marked is what the index found. That a beginning is enough was tried with
61,000 English words: a stem but for its last letter begins each of its words, "dying", "lying" and "tying" apart.
Two things differ: words that are to be left out (-word) are not marked where a text holds them, and words inside of
addresses are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

MARK_START, MARK_END = "\ue000", "\ue001"  # from Unicode's private use area: a page makes them <mark> after escaping
BETWEEN = "\0"  # texts that are gone through as one: PostgreSQL has none that holds it

_MOST_WORDS, _LEAD = 30, 5  # of a part: in all, and before the first mark where text goes on long enough
_MOST_HITS = 100  # of a text, of which a part is chosen
_NEAR = 180  # characters: about as many as a part has
_LEXEME = re.compile(r"'((?:[^']|'')*)'")
_REST = r"[^\W_]*"  # of a word
_IRREGULAR = {"die": "d", "lie": "l", "tie": "t"}

Stems = Callable[[Collection[str]], Mapping[str, str]]


_Hit = tuple[int, int, str]  # start, end, stem


@dataclass(frozen=True, slots=True)
class Marks:
    """What is wanted: stems of words, and names that are no plain words (openai.com, 3.5), as they are written."""

    stems: frozenset[str]
    names: frozenset[str]

    def mark(self, texts: Sequence[str], read_stems: Stems) -> list[str]:
        """The texts with the words that are wanted between MARK_START and MARK_END."""
        texts = _clean(texts)
        found = self._find(texts, read_stems)
        return [_mark(text, hits, 0, len(text)) for text, hits in zip(texts, found, strict=True)]

    def cut(self, texts: Sequence[str], read_stems: Stems) -> list[str]:
        """The same of the part of each text where most of the words stand; its beginning where none does.

        An ellipsis stands where something is left out.
        """
        texts = _clean(texts)
        found = self._find(texts, read_stems)
        return [_mark_part(text, hits) for text, hits in zip(texts, found, strict=True)]

    def _find(self, texts: Sequence[str], read_stems: Stems) -> list[list[_Hit]]:
        """What is wanted in each text; all are gone through as one, which takes a third of the time of fifty."""
        beginnings = {_IRREGULAR.get(stem) or (stem[:-1] if len(stem) > 2 else stem) for stem in self.stems}
        whole = _lower(texts)
        places = _find_beginnings(whole, beginnings)
        stems = read_stems({whole[start:end] for start, end in places})
        hits = [(*place, stem) for place in places if (stem := stems[whole[slice(*place)]]) in self.stems]
        hits += [(*place, name) for name in self.names for place in _find_name(whole, name)]
        return _share_out(sorted(hits), texts)


@lru_cache(maxsize=1024)
def read_marks(query: str) -> Marks:
    """What is to be marked of a tsquery, as PostgreSQL writes it; what it leaves out (!) is not."""
    wanted = {found.replace("''", "'").replace("\\\\", "\\") for found in _LEXEME.findall(_drop_negated(query))}
    stems = frozenset(lexeme for lexeme in wanted if lexeme.isalnum())
    return Marks(stems, frozenset(wanted - stems - {""}))


def _drop_negated(query: str) -> str:
    """The query without what stands behind "!": a lexeme, or all in parentheses."""
    kept, depth, negated = list[str](), 0, -1  # negated: how deep the parentheses lie that are left out
    for part in re.findall(r"'(?:[^']|'')*'|[!()]|[^'!()]+", query):
        if part == "(":
            depth += 1
        elif part == ")":
            depth -= 1
            negated = -1 if depth == negated else negated
        elif part == "!":
            negated = depth if negated < 0 else negated
        elif part.startswith("'"):
            if negated < 0:
                kept.append(part)
            elif negated == depth:
                negated = -1
    return " ".join(kept)


def _clean(texts: Sequence[str]) -> Sequence[str]:
    """The texts without marks of their own."""
    whole = BETWEEN.join(texts)
    if MARK_START not in whole and MARK_END not in whole:
        return texts
    return [text.replace(MARK_START, "").replace(MARK_END, "") for text in texts]


def _lower(texts: Sequence[str]) -> str:
    """The texts in small letters, each of the same length: one letter has two when it is small."""
    whole = BETWEEN.join(texts)
    lowered = whole.lower()
    return lowered if len(lowered) == len(whole) else "".join(c.lower() if len(c.lower()) == 1 else c for c in whole)


def _share_out(hits: Sequence[_Hit], texts: Sequence[str]) -> list[list[_Hit]]:
    """The hits in all texts by text, counted from where each begins."""
    shared: list[list[_Hit]] = []
    begins = number = 0
    for text in texts:
        own: list[_Hit] = []
        ends = begins + len(text)
        while number < len(hits) and hits[number][0] < ends:
            start, end, stem = hits[number]
            own.append((start - begins, end - begins, stem))
            number += 1
        shared.append(own)
        begins = ends + len(BETWEEN)
    return shared


def _find_beginnings(text: str, beginnings: Collection[str]) -> list[tuple[int, int]]:
    """Where the words stand that begin so."""
    found = [one.span() for beginning in beginnings for one in re.finditer(beginning + _REST, text)]
    begun = [place for place in found if not place[0] or not text[place[0] - 1].isalnum()]
    return begun if len(beginnings) < 2 else list(set(begun))


def _find_name(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands that is no plain word, and is no part of a longer one."""
    if name not in text:
        return []
    return [found.span() for found in re.finditer(rf"(?<![\w@.]){re.escape(name)}(?![.@]?\w)", text)]


def _mark_part(text: str, hits: Sequence[_Hit]) -> str:
    """The part from some words before the place where most different words stand."""
    if text.count(" ") < _MOST_WORDS:
        return _mark(text, hits, 0, len(text))
    place = _find_thickest(hits) if len(hits) > 1 else hits[0][0] if hits else 0
    start, before = _go_back(text, place, _LEAD)
    number = _MOST_WORDS - before
    behind = text[place:].split(None, number)  # words, and all that comes after them
    if len(behind) > number:
        end = len(text) - len(behind[number])
    else:
        start, end = _go_back(text, place, max(_LEAD, _MOST_WORDS - len(behind)))[0], len(text)
    left, right = "… " if start else "", " …" if end < len(text) else ""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return f"{left}{_mark(text, hits, start, end)}{right}"


def _go_back(text: str, place: int, most: int) -> tuple[int, int]:
    """Where the last words before a place begin, or what stands before them ends, and how many these are."""
    words = text[:place].rsplit(None, most)
    return (len(words[0]), most) if len(words) > most else (0, len(words))


def _find_thickest(hits: Sequence[_Hit]) -> int:
    """Where the hit stands near behind which most different words stand, then most in all, then the first."""
    if hits[-1][0] - hits[0][0] < _NEAR:  # none has more behind it than the first
        return hits[0][0]
    best, place = (0, 0), 0
    hits = hits[:_MOST_HITS]
    for number, (start, _, _) in enumerate(hits):
        near = [stem for other, _, stem in hits[number:] if other < start + _NEAR]
        if (weight := (len(set(near)), len(near))) > best:
            best, place = weight, start
    return place


def _mark(text: str, hits: Sequence[_Hit], start: int, end: int) -> str:
    marked, at = "", start
    for first, last, _ in hits:
        if first >= at and last <= end:
            marked += f"{text[at:first]}{MARK_START}{text[first:last]}{MARK_END}"
            at = last
    return marked + text[at:end]
