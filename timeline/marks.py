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
from typing import NamedTuple

MARK_START, MARK_END = "\ue000", "\ue001"  # from Unicode's private use area: a page makes them <mark> after escaping

_MOST_WORDS, _LEAD = 30, 5  # of a part: in all, and before the first mark where text goes on long enough
_MOST_HITS = 100  # of a text, of which a part is chosen
_NEAR = 180  # characters: about as many as a part has
_LEXEME = re.compile(r"'((?:[^']|'')*)'")
_WORD = re.compile(r"[^\W_]*")
_IRREGULAR = {"die": "d", "lie": "l", "tie": "t"}

Stems = Callable[[Collection[str]], Mapping[str, str]]


class _Hit(NamedTuple):
    start: int
    end: int
    stem: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is wanted: stems of words, and names that are no plain words (openai.com, 3.5), as they are written."""

    stems: frozenset[str]
    names: frozenset[str]

    def mark(self, texts: Sequence[str], read_stems: Stems) -> list[str]:
        """The texts with the words that are wanted between MARK_START and MARK_END."""
        texts = [_clean(text) for text in texts]
        found = self._find(texts, read_stems)
        return [_mark(text, hits, 0, len(text)) for text, hits in zip(texts, found, strict=True)]

    def cut(self, texts: Sequence[str], read_stems: Stems) -> list[str]:
        """The same of the part of each text where most of the words stand; its beginning where none does.

        An ellipsis stands where something is left out.
        """
        texts = [_clean(text) for text in texts]
        found = self._find(texts, read_stems)
        return [_mark_part(text, hits) for text, hits in zip(texts, found, strict=True)]

    def _find(self, texts: Sequence[str], read_stems: Stems) -> list[list[_Hit]]:
        beginnings = {_IRREGULAR.get(stem) or (stem[:-1] if len(stem) > 2 else stem) for stem in self.stems}
        lowered = [_lower(text) for text in texts]
        places = [_find_beginnings(text, beginnings) for text in lowered]
        words = {text[start:end] for text, hits in zip(lowered, places, strict=True) for start, end in hits}
        stems = read_stems(words)
        return [
            sorted(
                [_Hit(*place, stem) for place in hits if (stem := stems[text[slice(*place)]]) in self.stems]
                + [_Hit(*place, name) for name in self.names for place in _find_name(text, name)]
            )
            for text, hits in zip(lowered, places, strict=True)
        ]


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


def _clean(text: str) -> str:
    """The text without marks of its own."""
    return text.replace(MARK_START, "").replace(MARK_END, "")


def _lower(text: str) -> str:
    """The text in small letters, of the same length: one letter has two when it is small."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _find_beginnings(text: str, beginnings: Collection[str]) -> list[tuple[int, int]]:
    """Where the words stand that begin so."""
    found = set[tuple[int, int]]()
    for beginning in beginnings:
        start = text.find(beginning)
        while start >= 0:
            if not start or not text[start - 1].isalnum():
                found.add((start, _WORD.match(text, start).end()))  # type: ignore[union-attr]  # it matches nothing, too
            start = text.find(beginning, start + 1)
    return list(found)


def _find_name(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands that is no plain word, and is no part of a longer one."""
    if name not in text:
        return []
    return [found.span() for found in re.finditer(rf"(?<![\w@.]){re.escape(name)}(?![.@]?\w)", text)]


def _choose_part(text: str, hits: Sequence[_Hit]) -> tuple[int, int]:
    """Start and end of the part that is shown: from some words before the place where most different words stand."""
    if text.count(" ") < _MOST_WORDS:
        return 0, len(text)
    place = _find_thickest(hits[:_MOST_HITS])
    behind = len(text[place:].split(None, _MOST_WORDS)[:_MOST_WORDS])
    lead = max(_LEAD, _MOST_WORDS - behind)
    before = text[:place].rsplit(None, lead)
    start = len(before.pop(0)) if len(before) > lead else 0
    shown = text[place:].split(None, _MOST_WORDS - len(before))
    end = len(text) - len(shown[-1]) if len(before) + len(shown) > _MOST_WORDS else len(text)
    return start + len(text[start:]) - len(text[start:].lstrip()), start + len(text[start:end].rstrip())


def _find_thickest(hits: Sequence[_Hit]) -> int:
    """Where the hit stands near behind which most different words stand, then most in all, then the first."""
    if len(hits) < 2 or hits[-1].start - hits[0].start < _NEAR:  # none has more behind it than the first
        return hits[0].start if hits else 0
    best, place = (0, 0), 0
    for number, hit in enumerate(hits):
        near = [other.stem for other in hits[number:] if other.start < hit.start + _NEAR]
        if (weight := (len(set(near)), len(near))) > best:
            best, place = weight, hit.start
    return place


def _mark_part(text: str, hits: Sequence[_Hit]) -> str:
    start, end = _choose_part(text, hits)
    left, right = text[:start].strip(), text[end:].strip()
    return f"{'… ' if left else ''}{_mark(text, hits, start, end)}{' …' if right else ''}"


def _mark(text: str, hits: Sequence[_Hit], start: int, end: int) -> str:
    parts, at = list[str](), start
    for hit in hits:
        if hit.start >= at and hit.end <= end:
            parts += text[at : hit.start], MARK_START, text[hit.start : hit.end], MARK_END
            at = hit.end
    return "".join((*parts, text[at:end]))
