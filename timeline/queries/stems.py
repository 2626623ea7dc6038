"""Words by their stems, as PostgreSQL's index of words has them. Each is asked once a process."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from timeline.marks import Marks, read_marks
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.prepared import ask

_MOST: Final = 50_000  # words that a process knows
_QUESTION: Final = (
    "SELECT word, COALESCE((ts_lexize(%s::regdictionary, word))[1], '') FROM unnest(%s::text[]) AS given(word)"
)
_QUERY: Final = "SELECT websearch_to_tsquery(%s::regconfig, %s)::text"
_known: Final = dict[str, str]()


def read_stems(words: Collection[str]) -> dict[str, str]:
    """The stems of words in small letters; "" of those that nobody searches for ("the"), itself of what has a digit."""
    stems = {word: _known.get(word) if word.isalpha() else word for word in words}
    missing = [word for word, stem in stems.items() if stem is None]
    found = dict(ask(_QUESTION, [f"{SEARCH_CONFIG}_stem", missing])) if missing else {}
    if len(_known) > _MOST:
        _known.clear()
    _known.update(found)
    return {word: found[word] if stem is None else stem for word, stem in stems.items()}


@lru_cache(maxsize=1024)
def read_query(q: str) -> str:
    """Words as people type them, as PostgreSQL reads them: a tsquery, as text."""
    ((query,),) = ask(_QUERY, [SEARCH_CONFIG, q])
    return str(query)


@lru_cache(maxsize=1024)
def read_wanted(q: str) -> Marks:
    """What is to be marked for words as people type them."""
    return read_marks(read_query(q))
