"""A believable record of any size, made of chance: for measuring, never for reading.

Words follow Zipf's law (the r-th most frequent word is 1/r as frequent as the first; G. K. Zipf, "Human Behavior and
the Principle of Least Effort", 1949), and so do actors; news comes in bursts, and more of it in late years. The same
seed makes the same record. Nothing here knows the database.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2012, 1, 1)
DAYS = 5_400
VOCABULARY = 30_000
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st t th tr v w z".split()
_VOWELS = "a e i o u ai ea ee ou".split()
_CODAS = ["", "", "b", "ck", "d", "l", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rd", "s", "st", "t", "x"]
_COMMON = (
    "the of to and a in for its on that access by API with as after model data users from terms company said has "
    "service developers over not will be cuts license use training restrict"
).split()
KINDS = (
    "restriction ruling revocation accusation deal lawsuit response terms-change price-change regulation restoration"
).split()
STATUSES = ("confirmed", "confirmed", "confirmed", "reported", "alleged", "reversed")


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event; `actors` are (number of the actor, role), `articles` and `quotes` what hangs on it."""

    number: int
    slug: str
    title: str
    on: date
    kind: str
    status: str
    summary: str
    dispute: int | None
    actors: tuple[tuple[int, str], ...]
    articles: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[str, int], ...]


class Maker:
    """Makes names and events.

    Args:
        seed: the same seed and sizes make the same record.
        events: how many events are wanted; it decides how many actors, disputes and publishers there are.
    """

    def __init__(self, seed: int, events: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  (no secret)
        self._words = [*_COMMON, *itertools.islice(self._make_words(), VOCABULARY - len(_COMMON))]
        self._word_weights = _zipf(len(self._words))
        self.actors = self._make_names(max(40, min(20_000, events // 20)))
        self.disputes = max(5, min(5_000, events // 100))
        self.publishers = self._make_names(max(20, min(2_000, events // 200)))
        self._actor_weights = _zipf(len(self.actors))
        self._days = _busy_days(self._random)

    def make_events(self, count: int) -> Iterator[MadeEvent]:
        """Events by date, as a record grows, numbered from 1; one in ten is entered late, up to a year."""
        days = self._random.choices(range(DAYS), cum_weights=self._days, k=count)
        days.sort(key=lambda day: day + (self._random.randrange(365) if self._random.random() < 0.1 else 0))
        for number, day in enumerate(days, 1):
            yield self._make_event(number, FIRST_DAY + timedelta(days=day))

    def _make_event(self, number: int, on: date) -> MadeEvent:
        chance = self._random
        people = self._pick_actors(chance.choice((2, 2, 2, 3, 3, 4)))
        first, second = self.actors[people[0]], self.actors[people[1]]
        kind = chance.choice(KINDS)
        return MadeEvent(
            number=number,
            slug=f"{on}-{kind}-{number}",
            title=f"{first} {kind} {second} {self._make_text(4)}",
            on=on,
            kind=kind,
            status=chance.choice(STATUSES),
            summary=f"{first} {self._make_text(30)} {second} {self._make_text(30)}.",
            dispute=chance.randrange(self.disputes) if chance.random() < 0.6 else None,
            actors=tuple(zip(people, ("initiator", "target", "affected", "subject"), strict=False)),
            articles=tuple(
                (self._make_text(9).capitalize(), chance.randrange(len(self.publishers)))
                for _ in range(chance.choice((1, 1, 2, 2, 4)))
            ),
            quotes=tuple((self._make_text(14).capitalize(), p) for p in people[: chance.choice((0, 1, 2))]),
        )

    def _pick_actors(self, count: int) -> list[int]:
        picked: dict[int, None] = {}
        while len(picked) < count:
            picked |= dict.fromkeys(
                self._random.choices(range(len(self.actors)), cum_weights=self._actor_weights, k=count)
            )
        return list(picked)[:count]

    def _make_text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._word_weights, k=words))

    def _make_names(self, count: int) -> list[str]:
        words = (f"{a}{b}".capitalize() for a, b in zip(self._make_words(), self._make_words(), strict=True))
        return list(itertools.islice(dict.fromkeys(itertools.islice(words, count * 3)), count))

    def _make_words(self) -> Iterator[str]:
        while True:
            yield "".join(
                self._random.choice(_ONSETS) + self._random.choice(_VOWELS) + self._random.choice(_CODAS)
                for _ in range(self._random.choice((1, 2, 2, 3)))
            )


def _zipf(count: int) -> list[float]:
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


def _busy_days(chance: random.Random) -> Sequence[float]:
    """Cumulated weights of the days: growing over the years, quiet at weekends, with bursts."""
    weights = []
    burst = 1.0
    for day in range(DAYS):
        burst = max(1.0, burst * 0.7) if chance.random() > 0.01 else chance.uniform(3, 12)
        weekend = (FIRST_DAY + timedelta(days=day)).weekday() >= 5
        weights.append((1 + day / 600) ** 2 * burst * (0.2 if weekend else 1.0))
    return list(itertools.accumulate(weights))
