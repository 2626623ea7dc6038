"""Which words are ordinary English ones, and which names are those of cities: two lists, made by training/wordlists.py."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# What inflection adds to a stem, and what stands there without it.
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ers", "e"),
    ("est", ""),
)
_PREFIXES = ("re", "un", "in", "dis", "over", "pre", "non", "mis", "sub", "inter", "out", "under", "chat", "web", "de")
# British spellings by their American ones.
_SPELLINGS = (("our", "or"), ("isation", "ization"), ("ise", "ize"), ("tre", "ter"), ("ence", "ense"), ("amme", "am"))


@cache
def _load(name: str) -> frozenset[str]:
    return frozenset((_HERE / name).read_text(encoding="utf-8").split("\n"))


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """Whether `word`, in small letters, is an English word in some form: "fees", "recapped", "organise"."""
    return _is_stem(word) or any(_is_stem(stem) for stem in _stems(word))


def _stems(word: str) -> list[str]:
    """What `word` may be a form of: "licensing" of "licens" and "license", "stopped" of "stop"."""
    found = []
    for ending, stem in _ENDINGS:
        cut = word[: -len(ending)] + stem
        if word.endswith(ending) and len(cut) > 2:
            found.append(cut)
            if not stem and cut[-1] == cut[-2]:
                found.append(cut[:-1])
    return found


def _is_stem(word: str) -> bool:
    words = _load("words.txt")
    if word in words or any(word.startswith(p) and word[len(p) :] in words for p in _PREFIXES):
        return True
    return any(word.endswith(british) and word[: -len(british)] + american in words for british, american in _SPELLINGS)


def is_city(name: str) -> bool:
    """Whether `name` is that of a city, which somebody else may bear as well."""
    return name.casefold() in _load("cities.txt")
