"""What the sentences around a quotation's own say of who speaks in it."""

from __future__ import annotations

import regex

from ingest.reading.document import Document, Sentence
from ingest.reading.drafts import Draft
from ingest.reading.speakers import SPEECH_VERB, Speakers, Voice

_VERB = regex.compile(rf"\b{SPEECH_VERB}\b", regex.IGNORECASE)
_NAMED_AFTER = regex.compile(
    r"(?:That(?:'s|\s+is|\s+was)|The\s+(?:words|verdict|line|voice|speaker|author|writer)\s+(?:are|is|was|were|belongs?\s+to)|Those\s+(?:are|were)|So\s+(?:says?|said|writes|wrote)|Thus|This\s+(?:is|was|from)|It\s+was|Words\s+of)\b"
)
# What may stand before the speaker's name in the sentence after a quotation.
_LEADS_TO = regex.compile(
    r"(?:(?:With|In)\s+(?:these|those|such)\s+words,?|So\s+\w+|Thus|(?:Then|And|But|Here)\b,?|For|(?:Chief|Founder|Co-founder|Director|President)[\w ]{0,25})\s+"
)
# A sentence that says no more than who wrote the document just quoted.
_WRITES = regex.compile(
    r"[^.;]{0,60}?\b(?:he|she)\s+(?:writes|wrote|says|said|adds|added|explains|explained)\b", regex.IGNORECASE
)
_GOES_ON = regex.compile(r"(?:They|He|She|It)\b")
_WORDS_OF = regex.compile(
    r"(?:'s?|\b(?:its|his|her|their))\s+(?:\p{Ll}+\s+){0,2}?(?P<noun>answer|reply|response|defen[cs]e|explanation|verdict|argument|"
    r"claim|line|message|comment|position|view|version|retort|rebuttal|conclusion|promise|complaint|reason|justification|"
    r"read|reading|take|assessment|gloss|judge?ment|estimate|guess|opinion|summary|description|objection|warning|plea|apology|statement|theory|advice|motto|word|words)\b"
)


def sentence_before(draft: Draft, doc: Document) -> str:
    """The sentence before a quotation's, in its paragraph."""
    before = doc.sentences[draft.sentence.index - 1] if draft.sentence.index else None
    return before.plain if before is not None and before.paragraph == draft.quotation.paragraph else ""


def owner_before(draft: Draft, speakers: Speakers) -> Voice | None:
    """Whose words the sentence before announces: `Oakmere's defence is weak. "...," the company says.`"""
    for earlier in speakers.doc.sentences[max(0, draft.sentence.index - 1) : draft.sentence.index]:
        if earlier.paragraph == draft.quotation.paragraph:
            return owner_of_words(earlier, 0, len(earlier.plain), speakers)
    return None


def owner_of_words(sentence: Sentence, start: int, end: int, speakers: Speakers) -> Voice | None:
    """Whose words a noun of speech announces: `The company's answer was that "..."`, `Oakmere's defence is weak.`"""
    noun = _WORDS_OF.search(sentence.plain, start, end)
    return speakers.owner_in(sentence, start, noun.start("noun")) if noun else None


def writer_after(draft: Draft, speakers: Speakers) -> Voice | None:
    """Who wrote a document, as the next sentence tells: `The post ends: "..." It was the price, she writes.`"""
    for following in speakers.doc.sentences[draft.sentence.index + 1 : draft.sentence.index + 2]:
        writes = _WRITES.match(following.plain)
        if writes and following.paragraph == draft.quotation.paragraph:
            return speakers.in_stretch(following, 0, writes.end())
    return None


def next_sentence(draft: Draft, speakers: Speakers) -> Voice | None:
    """Attribution in a sentence of its own: `"..." The words are those of its founder, Emil Rask.`"""
    if draft.right.strip(" ."):
        return None
    following = speakers.doc.sentences[draft.sentence.index + 1 : draft.sentence.index + 2]
    if not following or following[0].paragraph != draft.quotation.paragraph:
        return None
    named = _NAMED_AFTER.match(following[0].plain)
    if named:
        return speakers.in_stretch(following[0], named.end(), len(following[0].plain))
    lead = _LEADS_TO.match(following[0].plain)
    alone = not draft.left.strip(" \"'“‘«") and (
        draft.previous is None or draft.previous.quotation.paragraph != draft.quotation.paragraph
    )
    return speakers.named_at(following[0], lead.end() if lead else 0) if alone else None


def led_in(draft: Draft, speakers: Speakers) -> Voice | None:
    """The speaker of a quotation set off as a paragraph of its own, after words that lead up to it."""
    if draft.left.strip(" \"'“‘«") or draft.right.strip(" .,"):
        return None
    before = [s for s in speakers.doc.sentences[: draft.sentence.index] if s.paragraph == draft.quotation.paragraph - 1]
    if not before or before[-1].plain.rstrip()[-1:] in ".!?" or not _VERB.search(before[-1].plain):
        return None
    if _GOES_ON.match(before[-1].plain) and draft.previous is not None:
        return draft.previous.speaker
    verb = list(_VERB.finditer(before[-1].plain))[-1]
    return speakers.in_stretch(before[-1], 0, verb.start()) or speakers.in_stretch(before[-1], 0, len(before[-1].plain))


def from_context(draft: Draft, previous: Draft | None, speakers: Speakers, doc: Document) -> Voice | None:
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
