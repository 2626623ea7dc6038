"""Direct quotations: which words in quotation marks somebody said, who did, and on whose behalf.

What the words before or after a quotation say decides: a verb of speech with somebody beside it, or a document that
speaks for somebody. Quoted terms of service become clauses; titles, error messages and scare quotes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

from ingest.reading.document import MASK_WORDS, Document, Quotation, Sentence
from ingest.reading.mentions import Mention
from ingest.reading.people import People
from ingest.reading.speakers import SPEECH_VERB, Speakers, mentions_document
from ingest.types import ActorRef, ClauseRead, Evidence, QuoteRead

_VERB = regex.compile(rf"\b{SPEECH_VERB}\b", regex.IGNORECASE)
_TERMS = regex.compile(
    r"\b(?:terms|polic(?:y|ies)|agreement|clause|section|licen[cs]es?|contract|guidelines|robots\.txt|conditions|wording)\b",
    regex.IGNORECASE,
)
_RULES = regex.compile(
    r"\b(?:forbid\w*|forbade|prohibit\w*|bars?|barred|bans?|banned|may not|must not|not to|not allowed to|disallow\w*|outlaw\w*|requires?|rule[sd]? out|restricts?|agree to|agreed to|replacing|allows?|permits?|defines?)\b",
    regex.IGNORECASE,
)
_MACHINE = regex.compile(
    r"\b(?:error|message (?:that )?(?:read|reading|said)|notice (?:that )?read|banner|pop-up|prompt|status code|headline|headlined|entitled|titled|called|song|slogan|sign|poster|label(?:led)?|named)\b[^.]{0,40}$",
    regex.IGNORECASE,
)
_NAMED_AFTER = regex.compile(
    r"(?:That(?:'s|\s+is|\s+was)|The\s+(?:words|verdict|line|voice|speaker|author|writer)\s+(?:are|is|was|were|belongs?\s+to)|Those\s+(?:are|were)|So\s+(?:says?|said|writes|wrote)|Thus|This\s+(?:is|was|from)|It\s+was|Words\s+of)\b"
)
_ACCORDING = regex.compile(r"\b(?:according to|in the words of|as)\s+(?P<who>[^,.;]{2,80})", regex.IGNORECASE)


_OPENING = regex.compile(r"[“\"«„]")
_NOTHING = regex.compile(r"\s*[,.]?\s*$")
_CAPITAL_NEXT = regex.compile(r"\s+\p{Lu}")
_TAIL = regex.compile(r"[^.;:\x00\"“]{0,120}")
_COLON = regex.compile(r":\s*$")
_COMMA = regex.compile(r",\s*$")


@dataclass
class _Draft:
    """A quotation on its way to a speaker."""

    quotation: Quotation
    sentence: Sentence
    left: str
    right: str
    start: int  # of the opening mark, in the sentence
    end: int
    speaker: tuple[ActorRef | None, ActorRef | None] | None = None
    strength: float = 0.0
    clause: bool = False
    previous: _Draft | None = None


def find_quotes(
    doc: Document, mentions: dict[int, list[Mention]], people: People
) -> tuple[tuple[QuoteRead, ...], tuple[ClauseRead, ...]]:
    """The direct quotations of an article with their speakers, and the quoted clauses of terms."""
    speakers = Speakers(doc, mentions, people)
    drafts = _drafts(doc)
    previous: _Draft | None = None
    for draft in drafts:
        _attribute(draft, previous, speakers, doc)
        if draft.speaker and not draft.clause:
            previous = draft
    _carry_back(drafts)
    joined = _join_paragraphs(drafts)
    quotes = tuple(
        _quote(d, text, people)
        for d, text in joined
        if not d.clause and d.speaker is not None and len(text.split()) >= MASK_WORDS
    )
    clauses = tuple(_clause(d, mentions) for d, _ in joined if d.clause)
    return quotes, clauses


def _drafts(doc: Document) -> list[_Draft]:
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
        drafts.append(_Draft(quotation, holder, holder.plain[:start], holder.plain[end:], start, end))
    return drafts


def _sentence_at(sentences: list[Sentence], at: int) -> Sentence | None:
    """The sentence that holds the offset `at`."""
    found = bisect_right(sentences, at, key=lambda s: s.start) - 1
    return sentences[found] if found >= 0 and at < sentences[found].end else None


def _attribute(draft: _Draft, previous: _Draft | None, speakers: Speakers, doc: Document) -> None:
    """Find the speaker of one quotation from its own sentence, else from the quotation before."""
    draft.previous = previous
    same = previous is not None and previous.quotation.paragraph == draft.quotation.paragraph
    if _is_clause(draft):
        draft.clause = True
        return
    if _MACHINE.search(draft.left[-60:]):
        return
    for find in (_after, _before, _next_sentence):
        found = find(draft, speakers)
        if found is not None:
            draft.speaker, draft.strength = found, 0.9
            return
    if same and previous is not None and not _VERB.search(draft.left):
        draft.speaker, draft.strength = previous.speaker, 0.8
        return
    whole = len(draft.quotation.text.split()) >= 6 and not draft.left.strip(" \"'“‘«") and not draft.right.strip(" .,")
    if whole or _opens(draft):
        found = _from_context(draft, previous, speakers, doc)
        if found is not None:
            draft.speaker, draft.strength = found, 0.5


def _opens(draft: _Draft) -> bool:
    return (
        draft.quotation.text[:1].isupper()
        and len(draft.quotation.text.split()) >= MASK_WORDS
        and draft.left.rstrip()[-1:] in ("", ":", ",", ".")
    )


def _is_clause(draft: _Draft) -> bool:
    left, right = draft.left[-160:], draft.right[:80]
    if draft.quotation.text[:1].isupper() and draft.quotation.text.rstrip()[-1:] in ".," and _VERB.search(right[:30]):
        return False
    if _RULES.search(left) and (_TERMS.search(left) or _TERMS.search(right)):
        return not regex.match(rf"[,.]?\s*(?:\w+\s+){{0,4}}{SPEECH_VERB}\b", right)
    if regex.search(
        r"\b(?:forbid\w*|forbade|prohibit\w*|may not|must not|not to|barred from|bars? (?:\w+ )?from|bans?)\b[^.]{0,60}$",
        left,
    ):
        return not _VERB.search(right[:40]) and not draft.quotation.text[:1].isupper()
    return bool(
        regex.search(
            r"\b(?:terms|clause|section|policy|agreement|licen[cs]e)\b[^.]{0,40}\b(?:reads?|says?|states?|now|:)\b[^.]{0,20}$",
            left,
            regex.IGNORECASE,
        )
    )


def _after(draft: _Draft, speakers: Speakers) -> tuple[ActorRef | None, ActorRef | None] | None:
    """Attribution after the quotation: `," said Hannah Wong`, `," she said`, `," the statement said`."""
    right = draft.right
    cut = _OPENING.search(right)
    stop = cut.start() if cut else len(right)
    window = right[:stop][:170]
    if _NOTHING.match(window):
        return None
    verb = _VERB.search(window)
    ended = (
        draft.quotation.text.rstrip()[-1:] == "."
        and draft.right[:1].strip() == ""
        and _CAPITAL_NEXT.match(window)
        and not (verb and verb.start() < 30)
    )
    if verb is None or verb.start() > 110 or ended:
        told = _ACCORDING.match(window.lstrip(" ,."))
        if told:
            offset = draft.end + window.index(told.group("who"))
            return speakers.in_stretch(draft.sentence, offset, offset + len(told.group("who")))
        return None
    lead = window[: verb.start()]
    if regex.search(r"(?:[.;!?]|,\s+(?:and|but|while|who|which|a|an)\b)\s", lead.lstrip(" ,.?!")) and verb.start() > 70:
        return None
    base = draft.end
    if lead.strip(" ,.'’—–-") and not regex.fullmatch(
        r"[\s,.]*(?:is|was|as|that|were)?\s*(?:how|what|the way)?\s*", lead
    ):
        found = speakers.in_stretch(draft.sentence, base, base + verb.start(), last=False)
        if found is not None:
            return found
        if mentions_document(lead):
            return speakers.last_organization(draft.sentence)
    tail = _TAIL.match(window[verb.end() :])
    size = len(tail.group()) if tail else 0
    return speakers.in_stretch(draft.sentence, base + verb.end(), base + verb.end() + size)


def _before(draft: _Draft, speakers: Speakers) -> tuple[ActorRef | None, ActorRef | None] | None:
    """Attribution before it: `Nulty said it would "..."`, `in the company's words, "..."`, `tin_whistle: "..."`."""
    left = draft.left
    cut = max(left.rfind(c) for c in '“"”«»\x00')
    start = cut + 1
    window = left[start:]
    if not window.strip(" ,.:;"):
        return None
    verbs = list(_VERB.finditer(window))
    colon = _COLON.search(window)
    words = regex.search(r"\b(?:in|for)\s+(?!the words)(?P<who>[^,.;]{2,60}?)(?:'s?)?\s+(?:own\s+)?words\b", window)
    if words:
        return speakers.in_stretch(draft.sentence, start + words.start("who"), start + words.end("who") + 2)
    told = regex.search(r"\b(?:according to|in the words of) (?P<who>[^,;]{2,80})", window, regex.IGNORECASE)
    if told:
        return speakers.in_stretch(draft.sentence, start + told.start("who"), start + told.end("who"))
    if verbs:
        for verb in reversed(verbs):
            found = speakers.in_stretch(draft.sentence, start, start + verb.start(), last=False)
            if found is not None:
                return found
            found = speakers.in_stretch(draft.sentence, start + verb.end(), draft.start)
            if found is not None:
                return found
        if mentions_document(window):
            said = draft.previous.speaker if draft.previous else None
            return said or speakers.last_organization(draft.sentence)
        return None
    if colon or _COMMA.search(window):
        return speakers.in_stretch(draft.sentence, start, draft.start)
    return None


def _next_sentence(draft: _Draft, speakers: Speakers) -> tuple[ActorRef | None, ActorRef | None] | None:
    """Attribution in a sentence of its own: `"..." The words are those of its founder, Emil Rask.`"""
    if draft.right.strip(" ."):
        return None
    following = speakers.doc.sentences[draft.sentence.index + 1 : draft.sentence.index + 2]
    if not following or following[0].paragraph != draft.quotation.paragraph:
        return None
    named = _NAMED_AFTER.match(following[0].plain)
    return speakers.in_stretch(following[0], named.end(), len(following[0].plain)) if named else None


def _from_context(
    draft: _Draft, previous: _Draft | None, speakers: Speakers, doc: Document
) -> tuple[ActorRef | None, ActorRef | None] | None:
    """The speaker of a quotation that stands by itself: of the sentences before it in the paragraph, else the last speaker."""
    for sentence in reversed(doc.sentences[: draft.sentence.index]):
        if sentence.paragraph < draft.quotation.paragraph - 1:
            break
        same = sentence.paragraph == draft.quotation.paragraph
        people = [m for m in speakers.mentions[sentence.index] if m.actor.kind == "person"]
        if people:
            return speakers.person(people[-1].actor)
        if same and (_VERB.search(sentence.plain) or sentence.plain.endswith(":")):
            found = speakers.in_stretch(sentence, 0, len(sentence.plain))
            if found is not None:
                return found
    return previous.speaker if previous is not None else None


def _carry_back(drafts: list[_Draft]) -> None:
    """A quotation that only its second half attributes: `"...," he said. "..."` and paragraphs left open."""
    for first, second in zip(drafts, drafts[1:], strict=False):
        open_end = first.quotation.span.open and second.quotation.paragraph == first.quotation.paragraph + 1
        if open_end and second.speaker is not None and first.strength < 0.8:
            first.speaker, first.strength = second.speaker, second.strength
        elif open_end and first.speaker is not None and second.strength < 0.9:
            second.speaker, second.strength = first.speaker, first.strength


def _join_paragraphs(drafts: list[_Draft]) -> list[tuple[_Draft, str]]:
    """Quotations that run over paragraphs (each opens, only the last closes) are one."""
    joined: list[tuple[_Draft, str]] = []
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


def _goes_on(first: _Draft, so_far: str, second: _Draft) -> bool:
    """Whether `second` ends the sentence that `first` began: `"I like it," she said, "but not on Fridays."`"""
    return (
        first.sentence.index == second.sentence.index
        and so_far.endswith(",")
        and second.quotation.text[:1].islower()
        and not second.clause
        and not first.clause
        and second.speaker is not None
    )


def _continues(draft: _Draft, drafts: list[_Draft]) -> bool:
    at = drafts.index(draft)
    following = drafts[at + 1] if at + 1 < len(drafts) else None
    return (
        following is not None
        and following.quotation.paragraph == draft.quotation.paragraph + 1
        and following.quotation.span.start <= 2
    )


def _evidence(draft: _Draft) -> Evidence:
    return draft.sentence.evidence


def _quote(draft: _Draft, text: str, people: People) -> QuoteRead:
    speaker, behalf = draft.speaker or (None, None)
    title = people.title.get(speaker.key, "") if speaker is not None and speaker.kind == "person" else ""
    return QuoteRead(_tidy(text), speaker, behalf, _evidence(draft), draft.strength, title)


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip(",").rstrip()


def _clause(draft: _Draft, mentions: dict[int, list[Mention]]) -> ClauseRead:
    here = [m for m in mentions[draft.sentence.index] if m.actor.kind == "organization" and not m.media]
    before = [m for m in here if m.end <= draft.start] or here
    vendor = before[0].actor if before else None
    document = regex.search(
        r"\b(?:commercial |consumer |business |developer |usage |API |user )?(?:terms(?: of (?:service|use))?|polic(?:y|ies)|(?:developer |user )?agreement|licen[cs]e|guidelines)\b",
        draft.sentence.plain,
    )
    return ClauseRead(
        _tidy(draft.quotation.text), vendor, document.group().strip() if document else "", _evidence(draft), 0.7
    )
