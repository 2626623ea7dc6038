"""What PostgreSQL's statistics say of the record: which words are frequent, and how its days lie.

They are estimates, some minutes old: for choosing a way to ask, never for an answer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from django.db import connection

from timeline.queries.prepared import ask
from timeline.queries.stems import read_stems

FREQUENT: Final = 0.1  # of all events: rarer words are not known here
_SECONDS: Final = 600
_SIZE: Final = "SELECT reltuples::int FROM pg_class WHERE oid = 'timeline_event'::regclass"
_OF: Final = "FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'timeline_event' AND attname = %s"
_WORDS: Final = (
    "SELECT word, share FROM (SELECT unnest(most_common_elems::text::text[]) AS word,"
    f" unnest(most_common_elem_freqs) AS share {_OF}) AS known WHERE share >= {FREQUENT}"
)
_DAYS: Final = f"SELECT unnest(histogram_bounds::text::date[]) {_OF}"


@dataclass(frozen=True, slots=True)
class Shares:
    """`size` is how many events there are, `words` which part of them holds a stem, and each two of the `days` in
    order have as many events between them as any two."""

    size: int = 0
    words: Mapping[str, float] = field(default_factory=dict)
    days: Sequence[date] = ()

    def guess_share(self, q: str) -> float:
        """Which part of the events holds a single word; 0 where that is not known."""
        word = q.lower()
        return self.words.get(read_stems([word])[word], 0.0) if word.isalpha() else 0.0

    def guess_day(self, number: float) -> date | None:
        """A day from which on there should be so many events; None where these are most of all."""
        back = int(number / max(self.size, 1) * (len(self.days) - 1)) + 1
        return self.days[-1 - back] if back < len(self.days) * 0.8 else None


def read_shares() -> Shares:
    """The latest shares."""
    return _read(str(connection.settings_dict["NAME"]), int(time.monotonic() // _SECONDS))


@lru_cache(maxsize=2)
def _read(name: str, span: int) -> Shares:
    ((size,),) = ask(_SIZE)
    return Shares(size, dict(ask(_WORDS, ["search"])), [day for (day,) in ask(_DAYS, ["on"])])
