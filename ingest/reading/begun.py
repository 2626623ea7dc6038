"""Ordinary words that have a capital for beginning a sentence, and act no part: "Websites", "Sign-ups", "Third-party"."""

from __future__ import annotations

import regex

from ingest.reading.document import Document
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.names import fold_case
from ingest.reading.places import is_place
from ingest.reading.words import COMMON

_BEGUN = regex.compile(r"(?:^|[.?!:]\s|[\"'(]|\s-\s)(\p{Lu}[\p{L}-]{3,})(?=\s\p{Ll})")
_WITHIN = regex.compile(r"(?<=[\p{Ll},]\s)(\p{Lu}[\p{L}-]{3,})(?!\p{L})")
# What is written in capitals and is a trade, a format or a law.
_INITIALS = frozenset(
    "HR PR IT TV JSON XML CSV HTML PDF SQL CSS SSL DNS RSS SEO CRM ERP CMS SaaS OCR TTS NLP RAG CPU DMCA GDPR VAT IPO NDA EULA".split()
)


def find_begun(doc: Document) -> frozenset[str]:
    """The words of `doc` that name nobody though they have capitals: plurals and compounds of ordinary words that only begin
    sentences, and initials of things."""
    begun = {m.group(1) for s in doc.sentences for m in _BEGUN.finditer(s.plain)}
    begun -= {word for s in doc.sentences for word in _WITHIN.findall(s.plain)}
    return _INITIALS | {word for word in begun if _is_plural(fold_case(word)) or _is_compound(fold_case(word))}


def _is_plural(plain: str) -> bool:
    """Whether a word says that there are many of a thing, or of a people: "resellers", "italians"."""
    if plain[-1] != "s" or plain[-2:] == "ss":
        return False
    return is_ordinary(plain) or (is_place(plain) and is_place(plain[:-1]))


def _is_compound(plain: str) -> bool:
    return "-" in plain and all(is_ordinary(p) or p.removesuffix("s") in COMMON for p in plain.split("-"))
