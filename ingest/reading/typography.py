"""Quotation marks: where direct quotations stand in a paragraph, whatever marks they use.

Offsets always count in the paragraph as given. Nothing here knows who speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

SPACES = {0x00A0: " ", 0x2009: " ", 0x202F: " ", 0x200A: " ", 0x3000: " ", 0x2007: " "}
APOSTROPHES = {0x2019: "'", 0x02BC: "'", 0xFF07: "'", 0x2018: "'"}
HYPHENS = {0x2010: "-", 0x2011: "-"}
_PLAIN = {**SPACES, **APOSTROPHES, **HYPHENS}

# What may stand before an opening and after a closing mark.
_OPENS_AFTER = regex.compile(r"(?:^|[\s(\[{—–\-:/>*_“\"'‘«])$")
PLURAL_WORDS = 5
NESTED = 60  # characters: a nested quotation is short
_CLOSES_BEFORE = regex.compile(r"[\s)\]}—–\-:;,.?!…/<*_”\"'’»]|$")
# Pairs whose two marks differ, so that neither can be mistaken for the other.
_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』", "»": "«", "‟": "”", "〝": "〞"}


_SINGLE_OPENS = regex.compile(r"(?<![^\s(\[—–\-“\"])[‘'](?=[^\s\d'])")
_DOUBLE = regex.compile('"')
_MARKS = regex.compile('[“«„‹「『»‟〝"]')
_SINGLE = regex.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation from `start` (its opening mark) to `end` (after its closing mark); the words between the marks
    go from `inner_start` to `inner_end`. `open` is True where the paragraph ends before the mark closes."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    mark: str
    open: bool = False


def fold_marks(text: str) -> str:
    """`text` with odd spaces, apostrophes and hyphens in their plain forms; offsets stay as they are."""
    return text if text.isascii() else text.translate(_PLAIN)


class _Marks:
    """The positions of every quotation mark of a paragraph, looked up in logarithmic time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.double = [m.start() for m in _DOUBLE.finditer(text)] if '"' in text else []
        self._closers: dict[str, list[int]] = {}

    def next_of(self, chars: str, start: int) -> int:
        """The first position from `start` of any of `chars`, -1 where there is none."""
        if chars not in self._closers:
            self._closers[chars] = [i for i, c in enumerate(self.text) if c in chars]
        found = self._closers[chars]
        at = bisect_left(found, start)
        return found[at] if at < len(found) else -1

    def next_double(self, start: int) -> int:
        """The straight double mark that closes one opened before `start`."""
        at = bisect_left(self.double, start)
        if at + 2 < len(self.double) and self._nests(at):
            at += 2
        return self.double[at] if at < len(self.double) else -1

    def _nests(self, at: int) -> bool:
        """Whether the double mark number `at` opens a short quotation within one: `"I'm a "spoofed client" now"`."""
        inner, closing, outer = self.double[at : at + 3]
        opens = self.text[inner - 1 : inner].isspace() and self.text[inner + 1 : inner + 2].isalnum()
        closes = not any(self.text[c - 1 : c].isspace() for c in (closing, outer))
        return opens and closes and closing - inner <= NESTED


def _may_open(text: str, at: int) -> bool:
    """Whether the mark at `at` opens: a word follows, after French guillemets also behind a space."""
    after = text[at + 1 : at + 3] if text[at] in "«‹" else text[at + 1 : at + 2]
    return (at == 0 or bool(_OPENS_AFTER.search(text[at - 1 : at]))) and after.strip() != ""


def _single_closers(text: str) -> tuple[list[int], list[int]]:
    """Single marks that surely close a quotation, and those that may as well be the apostrophe of a plural."""
    sure, maybe = [], []
    for match in _SINGLE.finditer(text):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if not before or before.isspace() or after.isalnum():
            continue
        if before in ".,?!…—–" or after in ',.;:?!)”"' or at + 1 == len(text):
            sure.append(at)
        else:
            maybe.append(at)
    return sure, maybe


def _single_end(text: str, openers: list[int], sure: list[int], maybe: list[int], start: int) -> int:
    """Where a quotation in single marks that opens at `start` closes: before the next one opens, -1 if nowhere."""
    following = bisect_left(openers, start + 1)
    limit = openers[following] if following < len(openers) else 1 << 60
    # One nested quotation may open and close before this one does.
    if following + 1 <= len(openers) and limit < 1 << 60 and not _closes_before(sure, maybe, start, limit):
        inner = min((_first(marks, limit, limit + NESTED) for marks in (sure, maybe)), default=1 << 60)
        if inner < 1 << 60:
            start = inner
            following = bisect_left(openers, start + 1)
            limit = openers[following] if following < len(openers) else 1 << 60
    at = bisect_left(sure, start + 1)
    if at < len(sure) and sure[at] < limit:
        return sure[at]
    low, high = bisect_left(maybe, start + 1), bisect_left(maybe, limit)
    return next((m for m in maybe[low : min(high, low + 8)] if not _is_plural(text, start, m)), -1)


def _first(marks: list[int], low: int, high: int) -> int:
    """The first of `marks` after `low` and before `high`; beyond any text if there is none."""
    at = bisect_left(marks, low + 1)
    return marks[at] if at < len(marks) and marks[at] < high else 1 << 60


def _closes_before(sure: list[int], maybe: list[int], start: int, limit: int) -> bool:
    """Whether any mark between `start` and `limit` may close a quotation."""
    return any(bisect_left(marks, start + 1) < bisect_left(marks, limit) for marks in (sure, maybe))


def _is_plural(text: str, start: int, at: int) -> bool:
    """Whether the mark at `at` is rather the apostrophe of a plural, as in "our clients' insurers": long quotations
    end with a stop, so after many words an s and before a small letter it is."""
    inside = text[start + 1 : at]
    return inside[-1:] == "s" and text[at + 2 : at + 3].islower() and inside.count(" ") >= PLURAL_WORDS


def _single_spans(text: str) -> list[Span]:
    """Quotations in single marks, curly or straight: opened after a space, closed where no word goes on."""
    openers = [m.start() for m in _SINGLE_OPENS.finditer(text)]
    if not openers:
        return []
    sure, maybe = _single_closers(text)
    spans: list[Span] = []
    for start in openers:
        if spans and start < spans[-1].end:
            continue
        end = _single_end(text, openers, sure, maybe, start)
        if end > 0:
            spans.append(Span(start, end + 1, start + 1, end, text[start]))
        elif text[start] == "‘" and start == openers[-1] and _starts_paragraph(text, start):
            spans.append(Span(start, len(text), start + 1, len(text), "‘", open=True))
    return spans


def _starts_paragraph(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1:] in ":.,"


def find_spans(text: str) -> list[Span]:
    """Every quotation of a paragraph, outermost ones only, in order.

    A double mark that never closes is a span to the end of the paragraph with `open` set: whether it is the first
    part of a longer quotation is seen from the next paragraph.
    """
    marks = _Marks(text)
    spans: list[Span] = []
    at = 0
    for match in _MARKS.finditer(text):
        start = match.start()
        if start < at:
            continue
        span = _span_at(text, marks, start)
        if span:
            spans.append(span)
            at = span.end
    return _with_singles(text, spans)


def _span_at(text: str, marks: _Marks, start: int) -> Span | None:
    mark = text[start]
    if not _may_open(text, start):
        return None
    end = marks.next_double(start + 1) if mark == '"' else marks.next_of(_PAIRS[mark], start + 1)
    if end > 0:
        return Span(start, end + 1, start + 1, end, mark)
    if mark in '"“':
        return Span(start, len(text), start + 1, len(text), mark, open=True)
    return None


def _with_singles(text: str, spans: list[Span]) -> list[Span]:
    """`spans` and the quotations in single marks that lie outside them."""
    singles = [s for s in _single_spans(text) if not s.open or not spans]
    if not spans or not singles:
        return spans or singles
    starts = [s.start for s in spans]
    for single in singles:
        before = bisect_left(starts, single.start) - 1
        inside = before >= 0 and spans[before].end > single.start
        after = bisect_left(starts, single.start)
        crosses = after < len(spans) and spans[after].start < single.end
        if not inside and not crosses:
            spans.append(single)
    return sorted(spans, key=lambda s: s.start)
