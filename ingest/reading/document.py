"""A page laid out for reading: its sentences, with the words inside quotation marks set aside."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from ingest.reading.sentences import split_sentences
from ingest.reading.typography import Span, find_spans, fold_marks
from ingest.types import Evidence, Page

TITLE = -1
# Words in quotation marks shorter than this stay in the sentence: names, scare quotes, titles.
MASK_WORDS = 4
FILLER = "\x00"
# Articles are read so far and no further: the news stands at the top, and the cost stays bounded.
_HEADING = regex.compile(r"#{1,6} ")
READ_LIMIT = 40_000  # characters


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is as printed, `plain` the same length with marks folded and long quotations masked by FILLER.

    `start` counts in `Page.text`; -1 for the title, whose paragraph is TITLE.
    """

    index: int
    paragraph: int
    start: int
    text: str
    plain: str

    @property
    def end(self) -> int:
        return -1 if self.start < 0 else self.start + len(self.text)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; offsets count in the paragraph."""

    paragraph: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The title as sentence 0, then the sentences of the paragraphs in order; `starts` are the paragraphs' offsets
    in `Page.text`, `headings` the numbers of those that are headings."""

    page: Page
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    starts: tuple[int, ...]
    headings: frozenset[int] = field(default_factory=frozenset)

    def of_paragraph(self, number: int) -> list[Sentence]:
        return [s for s in self.sentences if s.paragraph == number]


def _mask(text: str, spans: list[Span]) -> str:
    """`text` with the words of long quotations replaced; a final full stop stays, for it may end the sentence."""
    pieces, at = [], 0
    for span in spans:
        inner = text[span.inner_start : span.inner_end]
        if len(inner.split()) < MASK_WORDS:
            continue
        kept = inner[-1:] if inner[-1:] in ".!?…," else FILLER
        pieces += [text[at : span.inner_start], FILLER * (len(inner) - 1), kept]
        at = span.inner_end
    return "".join(pieces) + text[at:]


def build_document(page: Page) -> Document:
    """Lay out `page`: sentences, quotations and where they stand."""
    title = " ".join(page.title.split())
    sentences = [Sentence(0, TITLE, -1, title, fold_marks(_mask(title, find_spans(title))))] if title else []
    quotations: list[Quotation] = []
    starts: list[int] = []
    headings: set[int] = set()
    offset = 0
    for number, paragraph in enumerate(page.paragraphs):
        starts.append(offset)
        if offset >= READ_LIMIT:
            break
        paragraph = paragraph[: READ_LIMIT - offset]
        if _HEADING.match(paragraph):
            headings.add(number)
        spans = find_spans(paragraph)
        quotations += [Quotation(number, s, paragraph[s.inner_start : s.inner_end]) for s in spans]
        plain = fold_marks(_mask(paragraph, spans))
        skip = len(plain) - len(plain.lstrip("# ")) if number in headings else 0
        for low, high in split_sentences(plain[skip:]):
            low, high = low + skip, high + skip
            index = len(sentences)
            sentences.append(Sentence(index, number, offset + low, paragraph[low:high], plain[low:high]))
        offset += len(paragraph) + 2
    return Document(page, tuple(sentences), tuple(quotations), tuple(starts), frozenset(headings))
