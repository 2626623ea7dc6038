"""What PostgreSQL's statistics say of the record: how many events there are, and which words are frequent.

They are estimates, some minutes old: for choosing a way to ask, never for an answer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.db import connection

from timeline.queries.prepared import ask
from timeline.queries.stems import read_stems

FREQUENT: Final = 0.1  # of all events: rarer words are not known here
_SECONDS: Final = 600
_SIZE: Final = "SELECT reltuples::int FROM pg_class WHERE oid = 'timeline_event'::regclass"
_OF: Final = "FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'timeline_event' AND attname = 'search'"
_WORDS: Final = (
    "SELECT word, share FROM (SELECT unnest(most_common_elems::text::text[]) AS word,"
    f" unnest(most_common_elem_freqs) AS share {_OF}) AS known WHERE share >= {FREQUENT}"
)


@dataclass(frozen=True, slots=True)
class Shares:
    """`size` is how many events there are, `words` which part of them holds a stem."""

    size: int = 0
    words: Mapping[str, float] = field(default_factory=dict)

    def guess_share(self, q: str) -> float:
        """Which part of the events holds a single word; 0 where that is not known."""
        word = q.lower()
        return self.words.get(read_stems([word])[word], 0.0) if word.isalpha() else 0.0


def read_shares() -> Shares:
    """The latest shares."""
    return _read(str(connection.settings_dict["NAME"]), int(time.monotonic() // _SECONDS))


@lru_cache(maxsize=2)
def _read(name: str, span: int) -> Shares:
    ((size,),) = ask(_SIZE)
    return Shares(size, dict(ask(_WORDS)))
