"""Acronyms that an article introduces in brackets: "the Autorité de la donnée de Valmère (ADV)".

The full name is found by its initials, read backwards from the bracket, after A. Schwartz and M. Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text" (2003), reduced to initials.
"""

from __future__ import annotations

import unicodedata

import regex

_BRACKETED = regex.compile(r"\s\((?:the\s+)?[\"“']?(?P<short>\p{Lu}[\p{Lu}\p{N}&]{1,6})[\"”']?\)")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'.-]*")
_REACH = 110  # characters before the bracket


def find_acronyms(text: str) -> list[tuple[int, int, int, int]]:
    """Where acronyms are introduced: (start, end) of the full name and (start, end) of the acronym."""
    found = []
    for match in _BRACKETED.finditer(text):
        start = _full_start(text, match.start(), match.group("short"))
        if start >= 0:
            found.append((start, match.start(), match.start("short"), match.end("short")))
    return found


def _full_start(text: str, end: int, short: str) -> int:
    """Where the name begins whose initials `short` gives, or -1. Small words may have a letter in it or none."""
    letters = [_plain(c) for c in short if c.isalpha()]
    words = [m for m in _WORD.finditer(text, max(0, end - _REACH), end) if "," not in text[m.end() : end]]
    for word in reversed(words):
        initial = _plain(word.group())[0]
        if letters and initial == letters[-1]:
            letters.pop()
        elif word.group()[0].isupper():
            return -1
        if not letters:
            return word.start() if word.group()[0].isupper() else -1
    return -1


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower() or "?"
