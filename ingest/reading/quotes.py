"""Direct quotations: which words in quotation marks somebody said, who did, and on whose behalf.

What the words before or after a quotation say decides: a verb of speech with somebody beside it, or a document that
speaks for somebody. Quoted terms of service become clauses; titles, error messages and scare quotes nothing.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from ingest.reading.attribution import attribute
from ingest.reading.document import MASK_WORDS, Document
from ingest.reading.drafts import Draft, list_drafts
from ingest.reading.memory import Mention
from ingest.reading.names import NameTable
from ingest.reading.people import People
from ingest.reading.speakers import Speakers
from ingest.reading.voices import Listener
from ingest.types import ClauseRead, Evidence, QuoteRead

_DOCUMENT = regex.compile(
    r"\b(?:commercial |consumer |business |developer |usage |API |user )?(?:terms(?: of (?:service|use))?|polic(?:y|ies)|(?:developer |user )?agreement|licen[cs]e|guidelines)\b",
    regex.IGNORECASE,
)


def find_quotes(
    doc: Document,
    mentions: dict[int, list[Mention]],
    people: People,
    table: NameTable,
    listener: Listener | None = None,
) -> tuple[tuple[QuoteRead, ...], tuple[ClauseRead, ...]]:
    """The direct quotations of an article with their speakers, and the quoted clauses of terms. `listener` hears what the
    rules do not read."""
    joined = _join_paragraphs(attribute_all(doc, mentions, people, table))
    said = [(d, t) for d, t in joined if not d.clause and d.speaker is not None and len(t.split()) >= MASK_WORDS]
    if listener is not None:  # it costs much: only what is given out is asked about
        listener.correct([d for d, _ in said])
    quotes = tuple(_quote(d, text, people) for d, text in said)
    speakers = Speakers(doc, mentions, people, table)
    clauses = tuple(_clause(d, speakers) for d, _ in joined if d.clause)
    return quotes, clauses


def attribute_all(doc: Document, mentions: dict[int, list[Mention]], people: People, table: NameTable) -> list[Draft]:
    """The quotations of an article with the speakers that the rules find."""
    speakers = Speakers(doc, mentions, people, table)
    drafts = list_drafts(doc)
    previous: Draft | None = None
    clause: Draft | None = None
    for draft in drafts:
        draft.earlier_clause = clause is not None and clause.sentence.index == draft.sentence.index
        attribute(draft, previous, speakers, doc)
        clause = draft if draft.clause else clause
        if draft.speaker and not draft.clause:
            previous = draft
    _carry_back(drafts)
    return drafts


def _carry_back(drafts: list[Draft]) -> None:
    """A quotation that only its second half attributes: `"...," he said. "..."` and paragraphs left open."""
    for first, second in pairwise(drafts):
        open_end = first.quotation.span.open and second.quotation.paragraph == first.quotation.paragraph + 1
        if open_end and second.speaker is not None and first.strength < 0.8:
            first.speaker, first.strength = second.speaker, second.strength
        elif open_end and first.speaker is not None and second.strength < 0.9:
            second.speaker, second.strength = first.speaker, first.strength


def _join_paragraphs(drafts: list[Draft]) -> list[tuple[Draft, str]]:
    """Quotations that run over paragraphs (each opens, only the last closes) are one."""
    joined: list[tuple[Draft, str]] = []
    open_before = False
    for draft in drafts:
        text = draft.quotation.text.strip()
        if open_before and joined and draft.quotation.paragraph == joined[-1][0].quotation.paragraph + 1:
            first, so_far = joined[-1]
            joined[-1] = (first, f"{so_far} {text}")
            open_before = draft.quotation.span.open
            continue
        if joined and _goes_on(joined[-1][0], joined[-1][1], draft):
            first, so_far = joined[-1]
            joined[-1] = (first, f"{so_far} {text}")
            continue
        if draft.quotation.span.open and not _continues(draft, drafts):
            open_before = False
            continue
        joined.append((draft, text))
        open_before = draft.quotation.span.open
    return joined


def _goes_on(first: Draft, so_far: str, second: Draft) -> bool:
    """Whether `second` ends the sentence that `first` began: `"I like it," she said, "but not on Fridays."`"""
    return (
        first.sentence.index == second.sentence.index
        and so_far.endswith(",")
        and second.quotation.text[:1].islower()
        and not second.clause
        and not first.clause
        and second.speaker is not None
    )


def _continues(draft: Draft, drafts: list[Draft]) -> bool:
    at = drafts.index(draft)
    following = drafts[at + 1] if at + 1 < len(drafts) else None
    return (
        following is not None
        and following.quotation.paragraph == draft.quotation.paragraph + 1
        and following.quotation.span.start <= 2
    )


def _evidence(draft: Draft) -> Evidence:
    return draft.sentence.evidence


def _quote(draft: Draft, text: str, people: People) -> QuoteRead:
    speaker, behalf = draft.speaker or (None, None)
    if speaker is not None and speaker.key in people.alone:
        behalf = None
    title = people.title.get(speaker.key, "") if speaker is not None and speaker.kind == "person" else ""
    return QuoteRead(_tidy(text), speaker, behalf, _evidence(draft), draft.strength, title)


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip(",").rstrip()


def _clause(draft: Draft, speakers: Speakers) -> ClauseRead:
    """A quoted clause with the vendor and the document that its sentence, or else the one before, names."""
    here = [m for m in speakers.mentions[draft.sentence.index] if m.actor.kind == "organization" and not m.media]
    before = [m for m in here if m.end <= draft.start] or here
    spoken = speakers.last_organization(draft.sentence)
    vendor = before[0].actor if before else spoken[0] if spoken else None
    earlier = speakers.doc.sentences[max(0, draft.sentence.index - 1) : draft.sentence.index]
    texts = [draft.sentence.plain, *(s.plain for s in earlier if s.paragraph == draft.sentence.paragraph)]
    document = next((m.group().strip() for m in map(_DOCUMENT.search, texts) if m), "")
    return ClauseRead(_tidy(draft.quotation.text), vendor, document, _evidence(draft), 0.7)
