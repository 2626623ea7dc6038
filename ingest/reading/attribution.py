"""Who said the words of a quotation: from its own sentence, the next one, or the paragraph."""

from __future__ import annotations

import regex

from ingest.reading.document import MASK_WORDS, Document
from ingest.reading.drafts import Draft
from ingest.reading.speakers import SPEECH_VERB, Speakers, Voice, mentions_document
from ingest.reading.surroundings import (
    from_context,
    led_in,
    next_sentence,
    owner_before,
    owner_of_words,
    sentence_before,
    writer_after,
)

_VERB = regex.compile(rf"\b{SPEECH_VERB}\b", regex.IGNORECASE)


_SAID_NEXT = regex.compile(rf"[,.]?\s*(?:\w+\s+){{0,4}}{SPEECH_VERB}\b")


_TERMS = regex.compile(
    r"\b(?:terms|polic(?:y|ies)|agreement|clause|section|licen[cs]es?|contract|guidelines|robots\.txt|conditions|wording)\b",
    regex.IGNORECASE,
)


_RULES = regex.compile(
    r"\b(?:forbid\w*|forbade|prohibit\w*|bars?|barred|bans?|banned|may not|must not|not to|not allowed to|disallow\w*|outlaw\w*|requires?|rule[sd]? out|restricts?|agree to|agreed to|replacing|allows?|permits?|defines?)\b",
    regex.IGNORECASE,
)


# "The rewritten clause lets it": what stands in terms does.
_LETS = regex.compile(
    r"\b(?:lets?|allows?|permits?|entitles?)\s+(?:it|them|the\s+\w+|anyone|users|others)\s+(?:to\s+)?$",
    regex.IGNORECASE,
)
_MACHINE = regex.compile(
    r"\b(?:error|message (?:that )?(?:reads?|reading|says?|said)|notice (?:that )?read|banner|pop-up|prompt|status code|headline|headlined|heading|"
    r"entitled|titled|song|slogan|sign|poster)\b[^.]{0,40}$|\b(?:called|named|dubbed|label(?:led)?)\s*[,:]?\s*$",
    regex.IGNORECASE,
)


# "What the regulator called" passes on words; "a song called" names one.
_WHAT_CALLED = regex.compile(
    r"\b(?:what|which)\b[^.;]{0,60}?\b(?:call(?:s|ed)|describ(?:es|ed)\s+as|term(?:s|ed)|label(?:s|led)|dubb(?:s|ed))\s*$",
    regex.IGNORECASE,
)


_ACCORDING = regex.compile(r"\b(?:according to|in the words of|as)\s+(?P<who>[^,.;]{2,80})", regex.IGNORECASE)


_OPENING = regex.compile(r"[“\"«„]")


_NOTHING = regex.compile(r"\s*[,.]?\s*$")


_CAPITAL_NEXT = regex.compile(r"\s+\p{Lu}")


_TAIL = regex.compile(r"(?:[^.;:\x00\"“]|(?<=\b(?:Dr|Prof|Mr|Mrs|Ms|St|Sen|Rep|Gov|Hon|Rev|retd|\p{Lu}))\.){0,120}")


_COLON = regex.compile(r":\s*$")


# Words that pass on what somebody thinks, though they say of nobody that he spoke.
_WISHES = regex.compile(
    r"\b(?:wants?|wanted|wish(?:es|ed)?|hop(?:es?|ed)|plans?|planned|intends?|intended|aims?|aimed|means|meant|seeks?|sought|refus(?:es|ed)|"
    r"feels?|felt|fears?|feared|sees?|saw|regards?|regarded|considers?|considered|blam(?:es|ed)|speaks|spoke|talks?|talked|gives?|gave|go(?:es)? further|"
    r"points?\s+to|pointed\s+to|attribut(?:es|ed)|charg(?:es|ed)|disput(?:es|ed)|rejects?|rejected|den(?:ies|ied)|for)\b[^.;\"“”\x00]{0,70}$",
    regex.IGNORECASE,
)
LONG_WORDS = 5  # shorter words in mid-sentence are quoted for their colour
_COMMA = regex.compile(r",\s*$")


_REFERS_BACK = regex.compile(r"(?:it|they|the (?:company|firm|group|start-up|lab|notice|statement))", regex.IGNORECASE)
_SIGNED = regex.compile(r"\s*[—–-]{1,2}\s*(?=\p{Lu}[^.;:]{2,80}\.?\s*$)")
_IN_WORDS = regex.compile(r"\b(?:in|for)\s+(?!the words)(?P<who>[^,.;]{2,60}?)(?:'s?)?\s+(?:own\s+)?words\b")
_TOLD = regex.compile(r"\b(?:according to|in the words of) (?P<who>[^,;]{2,80})", regex.IGNORECASE)


def attribute(draft: Draft, previous: Draft | None, speakers: Speakers, doc: Document) -> None:
    """Find the speaker of one quotation from its own sentence, else from the quotation before; or that it is a clause."""
    draft.previous = previous
    if _is_clause(draft, sentence_before(draft, doc)) or (draft.earlier_clause and not _VERB.search(draft.right[:30])):
        draft.clause = True
    elif not _MACHINE.search(draft.left[-60:]) or _WHAT_CALLED.search(draft.left[-90:]):
        draft.speaker, draft.strength = _find_voice(draft, previous, speakers, doc)


def _find_voice(draft: Draft, previous: Draft | None, speakers: Speakers, doc: Document) -> tuple[Voice | None, float]:
    """Who speaks, and how surely: the nearest evidence first."""
    for find in (next_sentence, _after, _before):
        found = find(draft, speakers)
        if found is not None:
            return found, 0.9
    same = previous is not None and previous.quotation.paragraph == draft.quotation.paragraph
    if same and previous is not None and not _VERB.search(draft.left[_words_start(draft) :]):
        return previous.speaker, 0.8
    found = led_in(draft, speakers)
    if found is not None:
        return found, 0.8
    alone = not draft.left.strip(" \"'“‘«") and not draft.right.strip(" .,")
    if (alone and len(draft.quotation.text.split()) >= 6) or _opens(draft):
        return from_context(draft, previous, speakers, doc), 0.5
    return _subject(draft, speakers), 0.5


def _words_start(draft: Draft) -> int:
    """Where the words before a quotation begin, behind any other quotation."""
    return max(draft.left.rfind(c) for c in '“"”«»\x00') + 1


def _subject(draft: Draft, speakers: Speakers) -> Voice | None:
    """The subject of a sentence that quotes without a verb of speech: `Mara Quist wants to "..."`."""
    if len(draft.quotation.text.split()) < LONG_WORDS or not _WISHES.search(draft.left):
        return None
    return speakers.in_stretch(draft.sentence, 0, draft.start)


def _opens(draft: Draft) -> bool:
    return (
        draft.quotation.text[:1].isupper()
        and len(draft.quotation.text.split()) >= MASK_WORDS
        and draft.left.rstrip()[-1:] in ("", ":", ",", ".")
    )


def _is_clause(draft: Draft, before: str) -> bool:
    left, right = draft.left[-160:], draft.right[:80]
    if draft.quotation.text[:1].isupper() and draft.quotation.text.rstrip()[-1:] in ".," and _VERB.search(right[:30]):
        return False
    if _LETS.search(left) and _TERMS.search(f"{before} {left}"):
        return True
    if _RULES.search(left) and (_TERMS.search(left) or _TERMS.search(right)):
        return not _SAID_NEXT.match(right)
    if regex.search(
        r"\b(?:forbid\w*|forbade|prohibit\w*|may not|must not|not to|barred from|bars? (?:\w+ )?from|bans?)\b[^.]{0,60}$",
        left,
    ):
        return not _VERB.match(right.lstrip(" ,.")) and not draft.quotation.text[:1].isupper()
    return bool(
        regex.search(
            r"\b(?:terms|clause|section|policy|agreement|licen[cs]e)\b[^.]{0,40}\b(?:reads?|says?|states?|now|:)\b[^.]{0,20}$",
            left,
            regex.IGNORECASE,
        )
    )


def _after(draft: Draft, speakers: Speakers) -> Voice | None:
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
    signed = _SIGNED.match(window)
    if signed and not (verb and verb.start() < 60):
        return speakers.in_stretch(draft.sentence, draft.end + signed.end(), draft.end + len(window))
    if verb is None or verb.start() > 110 or ended:
        told = _ACCORDING.match(window.lstrip(" ,."))
        if told:
            offset = draft.end + window.index(told.group("who"))
            return speakers.in_stretch(draft.sentence, offset, offset + len(told.group("who")))
        return None
    return _beside_verb(draft, speakers, window, verb)


def _beside_verb(draft: Draft, speakers: Speakers, window: str, verb: regex.Match[str]) -> Voice | None:
    """Who stands before or after the verb of speech that follows a quotation."""
    lead = window[: verb.start()]
    if _REFERS_BACK.fullmatch(lead.strip(" ,.")):
        owner = owner_before(draft, speakers)
        if owner is not None:
            return owner
    base = draft.end
    if regex.search(r"(?:[.;!?]|,\s+(?:and|but|while|who|which|a|an)\b)\s", lead.lstrip(" ,.?!")) and verb.start() > 70:
        first = len(lead) - len(lead.lstrip(" ,.'’\""))
        return speakers.named_at(draft.sentence, base + first)
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


def _before(draft: Draft, speakers: Speakers) -> Voice | None:
    """Attribution before it: `Nulty said it would "..."`, `in the company's words, "..."`, `tin_whistle: "..."`."""
    start = _words_start(draft)
    window = draft.left[start:]
    if not window.strip(" ,.:;"):
        return None
    told = _IN_WORDS.search(window) or _TOLD.search(window)
    if told:
        return speakers.in_stretch(draft.sentence, start + told.start("who"), start + told.end("who") + 2)
    verbs = list(_VERB.finditer(window))
    if verbs:
        return _by_verb(draft, speakers, start, verbs, window)
    owner = owner_of_words(draft.sentence, start, draft.start, speakers)
    if owner is not None:
        return owner
    if _COLON.search(window) or _COMMA.search(window):
        found = speakers.in_stretch(draft.sentence, start, draft.start)
        if found is None and _COLON.search(window) and mentions_document(window):
            found = writer_after(draft, speakers) or speakers.last_organization(draft.sentence)
        return found
    return None


def _by_verb(draft: Draft, speakers: Speakers, start: int, verbs: list[regex.Match[str]], window: str) -> Voice | None:
    """Who stands before or after the last verb of speech, or whose document speaks."""
    for verb in reversed(verbs):
        adds = verb.group().endswith("ing")  # "..., accusing the company of": whoever was named last
        found = speakers.in_stretch(draft.sentence, start, start + verb.start(), last=adds)
        found = found or speakers.in_stretch(draft.sentence, start + verb.end(), draft.start)
        if found is not None:
            return found
    if mentions_document(window):
        return writer_after(draft, speakers) or _said_before(draft) or speakers.last_organization(draft.sentence)
    return speakers.last_organization(draft.sentence) if _COLON.search(window) else None


def _said_before(draft: Draft) -> Voice | None:
    return draft.previous.speaker if draft.previous else None
