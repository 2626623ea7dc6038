"""What several articles together tell of one event, where each has its own kind, date and parties.

Kind and date are what most of them say; somebody plays a part if enough of those say so that name anybody in it, and in
the part in which most have them. The numbers were chosen on labelled articles of which two to five tell of one event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

# What a telling weighs: as the news of its article, in passing, and in an article that repeats another.
NEWS, PASSING, COPY = 1.0, 0.4, 0.5
UNDATED = 0.3  # of what it weighs about the date, where it does not say when
SILENT = 0.3  # of what it weighs about a part in which it names nobody
# From which share on somebody has a part, and from which one the first has it where nobody reaches that.
KEPT, LEAST = 0.35, 0.1
SUBJECTS = 2  # at most
_PARTS = ("initiator", "target", "court", "subject", "affected")
# What a date of this precision weighs, and what a less precise one that includes it adds to it.
_PRECISE = {"day": 1.0, "month": 0.6, "year": 0.3}
# By what actors are told apart.
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Telling(Generic[Key]):
    """An event as one article tells it.

    `dated` says whether the article tells when, `main` whether the event is its news, `copied` whether it repeats
    another article. `roles` are actors, by key, each with its role and how sure that is.
    """

    kind: str
    on: date
    precision: str
    dated: bool
    status: str
    main: bool
    copied: bool
    confidence: float
    roles: tuple[tuple[Key, str, float], ...]

    @property
    def weight(self) -> float:
        return (NEWS if self.main else PASSING) * (COPY if self.copied else 1.0)


@dataclass(frozen=True, slots=True)
class Agreed(Generic[Key]):
    """An event as its articles together tell it; `confidence` is that of the surest that tells of this kind."""

    kind: str
    on: date
    precision: str
    status: str
    confidence: float
    roles: tuple[tuple[Key, str, float], ...]


def agree(tellings: Sequence[Telling[Key]]) -> Agreed[Key]:
    """What the tellings, of which there is at least one, make of their event; of equals the first told counts."""
    kind = _most(tellings, "kind")
    of_kind = [t for t in tellings if t.kind == kind]
    on, precision = _agree_on_date(tellings)
    confidence = max(t.confidence for t in of_kind)
    return Agreed(kind, on, precision, _most(of_kind, "status"), confidence, tuple(_agree_on_parts(tellings)))


def _most(tellings: Sequence[Telling[Key]], field: str) -> str:
    votes: defaultdict[str, float] = defaultdict(float)
    for telling in tellings:
        votes[getattr(telling, field)] += telling.weight
    return max(votes, key=lambda value: votes[value])


def _agree_on_date(tellings: Sequence[Telling[Key]]) -> tuple[date, str]:
    votes: defaultdict[tuple[date, str], float] = defaultdict(float)
    for telling in tellings:
        votes[telling.on, telling.precision] += telling.weight * (1.0 if telling.dated else UNDATED)
    support = {
        dated: _PRECISE[dated[1]] * sum(vote * _fit(dated, other) for other, vote in votes.items()) for dated in votes
    }
    return max(support, key=lambda dated: support[dated])


def _fit(one: tuple[date, str], other: tuple[date, str]) -> float:
    """How far the second date speaks for the first."""
    if one == other:
        return 1.0
    (day, precision), (other_day, other_precision) = one, other
    if "year" in (precision, other_precision):
        return 0.5 if day.year == other_day.year else 0.0
    if "month" in (precision, other_precision):
        return 0.7 if (day.year, day.month) == (other_day.year, other_day.month) else 0.0
    return 0.0


def _agree_on_parts(tellings: Sequence[Telling[Key]]) -> list[tuple[Key, str, float]]:
    shares = _share_parts(tellings)
    best = {actor: max(held, key=lambda part: held[part]) for actor, held in shares.items()}
    agreed: list[tuple[Key, str, float]] = []
    for part in _PARTS:
        ranked = sorted((a for a in best if best[a] == part), key=lambda a: -shares[a][part])
        kept = [a for a in ranked if shares[a][part] >= KEPT] or [a for a in ranked[:1] if shares[a][part] >= LEAST]
        agreed += [(a, part, round(shares[a][part], 2)) for a in (kept[:SUBJECTS] if part == "subject" else kept)]
    taken = {actor for actor, _, _ in agreed}
    said = {actor: sure for t in tellings for actor, role, sure in t.roles if role == "commentator"}
    return [*agreed, *((actor, "commentator", sure) for actor, sure in said.items() if actor not in taken)]


def _share_parts(tellings: Sequence[Telling[Key]]) -> dict[Key, dict[str, float]]:
    """For each actor the share, of what is said of a part, that says it is theirs."""
    said: defaultdict[Key, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    whole: defaultdict[str, float] = defaultdict(float)
    for telling in tellings:
        named = {(actor, role): sure for actor, role, sure in telling.roles if role in _PARTS}
        filled = {role for _, role in named}
        for part in _PARTS:
            whole[part] += telling.weight * (1.0 if part in filled else SILENT)
        for (actor, role), sure in named.items():
            said[actor][role] += telling.weight * sure
    return {actor: {part: weight / whole[part] for part, weight in held.items()} for actor, held in said.items()}
