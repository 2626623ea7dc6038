"""Which event of the record does an act tell of?

Only events near the act's date come into question (`MATCH_DAYS`); a candidate is weighed by kind, participants, date
and wording, and the verdict says why. An act that answers, reverses or escalates an earlier one is a new event, linked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import regex
from rapidfuzz import fuzz

from ingest.canonical import list_runs
from ingest.types import Candidate, EventRead, Match, Page, Reading

MATCH_DAYS = 45
THRESHOLD = 0.55
CONFLICT = 0.3  # for initiators, or targets, that have nothing in common
ALIKE = 0.6  # from which likeness on headlines say that two articles tell of one thing
ENOUGH = 0.4  # of agreement on the parties, whatever date and wording say
SAME_SUBJECT = 0.9  # of agreement on a side that one telling leaves open, where both are about the same API or product
# An act of which nobody says when: recounted without a date, or in an article that has none itself. It may be of any
# day, if both sides are the same.
ANY_DAY = 0.5
BOTH_SIDES = 0.9
# Who quotes the same words tells of the same event, if it is dated alike: later stories quote them too.
QUOTED = 0.25
QUOTED_WORDS = 5
QUOTED_DAYS = 7
UNDATED = "the article tells no date"
NEAR_KIND = 0.6  # for kinds that tellings of one event mix up:
_NEAR = (
    {"revocation", "restriction"},
    {"restriction", "terms-change"},
    {"terms-change", "price-change"},
    {"ruling", "regulation"},
    {"restriction", "price-change"},
    {"revocation", "terms-change"},
    {"restriction", "regulation"},
    {"revocation", "regulation"},
)
_SAYS_NOTHING = regex.compile(r"(?i)\bcomment(?:s|ed|ing)? on\b")  # as everybody does, in the same words
_FOLLOWS = {
    "response": "responds-to",
    "restoration": "reverses",
    "lawsuit": "escalates",
    "ruling": "follows",
    "accusation": "follows",
}


@dataclass(frozen=True, slots=True)
class _Score:
    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An act as an article tells it; `said` are the runs of words that it quotes, of the news alone."""

    event: EventRead
    page: Page
    published: date
    said: frozenset[str]


def match_events(
    reading: Reading, page: Page, published_at: datetime, candidates: Sequence[Candidate]
) -> tuple[Match, ...]:
    """One Match for each event of `reading`, in order: the candidate it belongs to, or None and perhaps a link.

    `candidates` are the events of the record within MATCH_DAYS of the acts; cost grows with their number alone.
    """
    matches: list[Match] = []
    taken: set[int] = set()
    said = frozenset().union(*(_runs(quote.text) for quote in reading.quotes))
    for event in reading.events:
        told = _Told(event, page, published_at.date(), said if event.main else frozenset())
        scored = [(c, _score(told, c)) for c in candidates if c.id not in taken]
        best = max(scored, key=lambda s: s[1].value, default=None)
        if best is not None and best[1].value >= THRESHOLD:
            taken.add(best[0].id)
            matches.append(Match(event, best[0].id, round(best[1].value, 3), best[1].reasons))
        else:
            matches.append(_new(event, page, candidates, best))
    return tuple(matches)


def _new(event: EventRead, page: Page, candidates: Sequence[Candidate], best: tuple[Candidate, _Score] | None) -> Match:
    earlier = _precursor(event, candidates)
    value = best[1].value if best else 0.0
    reasons: tuple[str, ...] = (
        ("no event of the record is close enough",) if best else ("the record has no event near this date",)
    )
    if event.date_evidence is None and page.published_at is None:
        reasons += (UNDATED,)
    if earlier is None:
        return Match(event, None, round(1 - value, 3), tuple(reasons))
    relation = _FOLLOWS.get(event.kind, "follows")
    return Match(event, None, round(1 - value, 3), (*reasons, f"{relation} event {earlier.id}"), earlier.id, relation)


def _precursor(event: EventRead, candidates: Sequence[Candidate]) -> Candidate | None:
    """The latest earlier event between the same parties."""
    if event.kind not in _FOLLOWS:
        return None
    who = _keys(event, "initiator", "target")
    found = [c for c in candidates if c.on <= event.on and len(who & _parties(c)) >= 2 and c.kind != event.kind]
    return max(found, key=lambda c: c.on, default=None)


def _keys(event: EventRead, *roles: str) -> set[str]:
    return {a.key for a in event.actors(*roles)}


def _parties(candidate: Candidate, *roles: str) -> set[str]:
    wanted = roles or ("initiator", "target")
    return {key for key, role in candidate.participants if role in wanted}


@lru_cache(maxsize=10_000)
def _runs(text: str) -> frozenset[str]:
    """Every QUOTED_WORDS words that stand side by side in `text`, none of one that declines to comment."""
    return frozenset() if _SAYS_NOTHING.search(text) else frozenset(list_runs(text, QUOTED_WORDS))


def _quote_the_same(told: _Told, candidate: Candidate) -> bool:
    """Whether words are quoted in an article that its event's other articles quote too, and the days are near."""
    event = told.event
    if not told.said or not candidate.said:
        return False
    if event.precision == candidate.precision == "day":
        near = abs((event.on - candidate.on).days) <= QUOTED_DAYS
    else:
        near = _date_score(event, told.published, candidate) > ANY_DAY
    return near and any(told.said & _runs(text) for text in candidate.said)


def _score(told: _Told, candidate: Candidate) -> _Score:
    event, page, published = told.event, told.page, told.published
    near_kind = NEAR_KIND if {event.kind, candidate.kind} in _NEAR else 0.0
    kind = 1.0 if event.kind == candidate.kind else near_kind
    alike, quoted = bool(kind), _quote_the_same(told, candidate)
    if not alike and not quoted:
        return _Score(0.0, ())
    undated = event.date_evidence is None and (page.published_at is None or not event.main)
    near = ANY_DAY if undated else _date_score(event, published, candidate)
    if not near:
        return _Score(0.0, ())
    reasons = [f"is a {candidate.kind}" if kind == 1 else f"{event.kind} is close to {candidate.kind}"] * alike
    if quoted:
        kind = max(kind, NEAR_KIND)
        reasons.append("the same words are quoted")
    who = _who_score(event, candidate, reasons)
    words = (
        max((fuzz.token_set_ratio(page.title, t) for t in (candidate.title, *candidate.texts) if t), default=0.0) / 100
    )
    if words > ALIKE:
        reasons.append("headlines are alike")
    reasons.append(UNDATED if undated else "dates agree" if near > 0.8 else "dates are near")
    value = 0.2 * kind + 0.45 * who + 0.2 * near + 0.15 * words * event.main
    enough = BOTH_SIDES if undated or kind < 1 else ENOUGH
    if words <= ALIKE and not _shares_any(event, candidate):
        return _Score(0.0, ())
    if quoted and (alike or who >= ENOUGH):  # an answer to the act has its sides the other way round
        return _Score(min(1.0, value + QUOTED), tuple(reasons))
    if not alike:
        return _Score(0.0, ())
    return _Score(value if who >= enough else value * 0.5, tuple(reasons))


def _who_score(event: EventRead, candidate: Candidate, reasons: list[str]) -> float:
    score = 0.0
    subjects = _keys(event, "subject") & _parties(candidate, "subject")
    for role, weight in (("initiator", 0.55), ("target", 0.45)):
        mine, theirs = _keys(event, role), _parties(candidate, role)
        if mine & theirs:
            score += weight
            reasons.append(f"same {role} ({', '.join(sorted(mine & theirs))})")
        elif not mine or not theirs:
            score += weight * (SAME_SUBJECT if subjects else 0.5)
        elif mine & _parties(candidate, "initiator", "target", "affected", "subject"):
            score += weight * 0.3
        else:
            score -= CONFLICT
    return score


def _shares_any(event: EventRead, candidate: Candidate) -> bool:
    """Whether anybody or anything is named on both sides: parties, or what it is about."""
    roles = ("initiator", "target", "subject")
    return bool(_keys(event, *roles) & _parties(candidate, *roles))


def _date_score(event: EventRead, published: date, candidate: Candidate) -> float:
    """1 where the dates agree at the coarser precision, less with each day between them, 0 beyond MATCH_DAYS."""
    if "year" in (event.precision, candidate.precision):
        return 0.8 if event.on.year == candidate.on.year else 0.0
    if "month" in (event.precision, candidate.precision):
        months = abs((event.on.year - candidate.on.year) * 12 + event.on.month - candidate.on.month)
        return (0.9, 0.5)[months] if months < 2 else 0.0
    days = min(
        [
            abs((event.on - candidate.on).days),
            *(abs((published - d).days) for d in candidate.article_days if event.main),
        ]
    )
    return max(0.0, 1 - days / MATCH_DAYS)
