"""Which language a page is in. Only English is read further."""

from __future__ import annotations

import py3langid
import regex

_ENGLISH = regex.compile(
    r"\b(?:the|of|and|to|in|that|is|was|for|with|its|has|by|from|said|it|on|as|are)\b", regex.IGNORECASE
)
_WORD = regex.compile(r"\p{L}+")
SAMPLE = 3000
# English prose holds three times as many of these small words, headlines and lists about as many.
ENGLISH_SHARE = 0.16


def detect_language(text: str, declared: str = "") -> str:
    """The ISO 639-1 code of `text`; what the page declares, or "", where it is too short to tell."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    if len(words) < 8:
        return declared[:2].lower()
    if len(_ENGLISH.findall(sample)) / len(words) > ENGLISH_SHARE:
        return "en"
    return str(py3langid.classify(sample)[0])
