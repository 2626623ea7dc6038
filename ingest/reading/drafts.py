"""The quotations of an article on their way to a speaker."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ingest.reading.document import MASK_WORDS, Document, Quotation, Sentence
from ingest.reading.speakers import Voice


@dataclass
class Draft:
    """A quotation on its way to a speaker."""

    quotation: Quotation
    sentence: Sentence
    left: str
    right: str
    start: int  # of the opening mark, in the sentence
    end: int
    speaker: Voice | None = None
    strength: float = 0.0
    clause: bool = False
    previous: Draft | None = None
    earlier_clause: bool = False


def list_drafts(doc: Document) -> list[Draft]:
    """The quotations of an article, each in its sentence, of whom nobody knows yet who said them."""
    by_paragraph: dict[int, list[Sentence]] = {}
    for sentence in doc.sentences:
        by_paragraph.setdefault(sentence.paragraph, []).append(sentence)
    drafts = []
    for quotation in doc.quotations:
        if len(quotation.text.split()) < MASK_WORDS and not quotation.text.rstrip().endswith((",", ".", "!", "?")):
            continue
        at = doc.starts[quotation.paragraph] + quotation.span.start
        holder = _sentence_at(by_paragraph.get(quotation.paragraph, []), at)
        if holder is None:
            continue
        start = at - holder.start
        end = min(start + quotation.span.end - quotation.span.start, len(holder.text))
        drafts.append(Draft(quotation, holder, holder.plain[:start], holder.plain[end:], start, end))
    return drafts


def _sentence_at(sentences: list[Sentence], at: int) -> Sentence | None:
    """The sentence that holds the offset `at`."""
    found = bisect_right(sentences, at, key=lambda s: s.start) - 1
    return sentences[found] if found >= 0 and at < sentences[found].end else None
