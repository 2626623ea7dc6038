"""How sure the sources are: alleged, reported or confirmed; and what stays allowed: the scope sentence."""

from __future__ import annotations

import regex

from ingest.reading.document import Document, Sentence

_CONFIRMED = regex.compile(
    r"\b(?:confirm(?:s|ed|ing)?|announc(?:e[sd]?|ing)|acknowledg(?:e[sd]?|ing)|(?:said|says|wrote|posted|told)\b(?!\s+to be)|statement|blog post|press release|admit(?:s|ted)|ruled|ordered|filed|court)\b"
)
_UNCONFIRMED = regex.compile(r"\b(?:not|un)confirmed|declined to confirm|neither\b[^.]{0,30}confirmed")
_REPORTED = regex.compile(
    r"\b(?:reported(?:ly)?|reports?|according to (?:people|sources|a person|two|three|several|documents|internal|a report|the (?:report|magazine|newspaper))|people (?:familiar|with knowledge)|sources?|understood to|said to (?:be|have)|believed to|it emerged|leaked|memo)\b",
    regex.IGNORECASE,
)
_ALLEGED = regex.compile(
    r"\b(?:alleged(?:ly)?|alleges?|claims?|claimed|accus\w+|suspect\w*|purported\w*|supposed\w*|rumou?r\w*|apparently|unconfirmed)\b",
    regex.IGNORECASE,
)
_STAYS = regex.compile(
    r"\b(?:will continue to|continue[sd]? to (?:allow|have|be|offer|serve|ensure|work|permit|get)|still (?:be able|available|use|allowed|works?|see|permit\w*|have|look|read)|remains? (?:available|open|free|allowed|in place|accessible|unaffected)|"
    r"(?:will )?(?:not be|are not|is not|were not|was not) affected|unaffected|exempt\w*|except(?:ion|ions|ed)?\b|excluding|does not apply|do not apply|only (?:for|applies|to)|limited to|stays? (?:free|open|available)|"
    r"may still|can still|go on (?:granting|using|paying|serving)|keeps? (?:access|working)|continues? (?:to be )?(?:available|working)|will still|free allowance|non-commercial|for (?:existing|thirty|\d+) )\b",
    regex.IGNORECASE,
)


def read_status(kind: str, sentence: Sentence, neighbours: list[Sentence]) -> str:
    """alleged, reported or confirmed, from the hedges of the act's sentence and, where it has none, of the next ones."""
    if kind == "accusation":
        return "alleged"
    for text in [sentence.plain, *(s.plain for s in neighbours)]:
        if _CONFIRMED.search(text) and not _UNCONFIRMED.search(text):
            return "confirmed"
        if _REPORTED.search(text):
            return "reported"
        if _ALLEGED.search(text):
            return "alleged"
    return "reported"


def find_scope(doc: Document) -> Sentence | None:
    """The sentence that says what stays allowed, or whom the act does not touch."""
    body = (s for s in doc.sentences if s.paragraph >= 0 and s.index > 0)
    return next((s for s in body if _STAYS.search(s.plain)), None)
