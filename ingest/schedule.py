"""When to look at a feed or an article again: decided by pure functions.

A feed's interval halves when a poll brought something new and grows by a fifth when it did not, so that about one poll
in five finds something. Errors stretch it up to a day and never end it; only 410 Gone does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ingest.errors import BadCertificate, FetchError, ParseError, TooLarge, Unresolved

SHORTEST_SECONDS = 5 * 60.0
LONGEST_SECONDS = 24 * 3600.0
FIRST_SECONDS = 3600.0
SPREAD = 0.1
SHRINK, GROW = 0.5, 1.2
SOFT_WEIGHT, HARD_WEIGHT, HEAVIEST = 0.5, 1.0, 10.0
POLLS_BEFORE_MOVE = 3

NEW, UNCHANGED, SOFT_ERROR, HARD_ERROR, GONE = "new", "unchanged", "soft-error", "hard-error", "gone"

CHECK_FOR = timedelta(days=14)
FIRST_CHECK = timedelta(hours=1)
CHECK_GROWTH = 1.0

_SOFT_STATUSES = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class PollState:
    """What is remembered of a feed's polls.

    `soft_errors` and `hard_errors` count since the last success. `moved_to` is where permanent redirects point and
    `moved_polls` on how many polls in a row they did.
    """

    interval_seconds: float = FIRST_SECONDS
    next_poll_at: datetime | None = None
    soft_errors: int = 0
    hard_errors: int = 0
    moved_to: str = ""
    moved_polls: int = 0
    stopped: bool = False

    @property
    def should_move(self) -> bool:
        """Whether the feed's address is to become `moved_to`."""
        return self.moved_polls >= POLLS_BEFORE_MOVE


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """How a poll went, and what the publisher wishes.

    `kind` is one of NEW, UNCHANGED, SOFT_ERROR, HARD_ERROR, GONE. `max_age_seconds` is from the caching headers,
    `ttl_minutes` and `skip_hours` (UTC) from the feed; `retry_after_seconds` from a 429 or 503.
    """

    kind: str
    retry_after_seconds: float = 0.0
    max_age_seconds: float = 0.0
    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    permanent_url: str | None = None


def next_poll(state: PollState, outcome: PollOutcome, now: datetime, jitter: float) -> PollState:
    """The state after a poll.

    Args:
        state: the state before it.
        outcome: how it went.
        now: aware, UTC.
        jitter: between 0 and 1, spreads feeds that were added together.
    """
    if outcome.kind == GONE:
        return replace(state, stopped=True, next_poll_at=None)
    state = _count(_move(state, outcome), outcome)
    wished = max(outcome.retry_after_seconds, outcome.max_age_seconds, (outcome.ttl_minutes or 0) * 60.0)
    pressure = min(HEAVIEST, state.soft_errors * SOFT_WEIGHT + state.hard_errors * HARD_WEIGHT)
    seconds = max(wished, state.interval_seconds * 2.0**pressure)
    seconds = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS / (1 + SPREAD)) * (1 + SPREAD * jitter)
    return replace(state, next_poll_at=_out_of(outcome.skip_hours, now + timedelta(seconds=seconds)))


def _count(state: PollState, outcome: PollOutcome) -> PollState:
    if outcome.kind == SOFT_ERROR:
        return replace(state, soft_errors=state.soft_errors + 1)
    if outcome.kind == HARD_ERROR:
        return replace(state, hard_errors=state.hard_errors + 1)
    interval = state.interval_seconds * (SHRINK if outcome.kind == NEW else GROW)
    interval = min(max(interval, SHORTEST_SECONDS), LONGEST_SECONDS)
    return replace(state, interval_seconds=interval, soft_errors=0, hard_errors=0)


def _move(state: PollState, outcome: PollOutcome) -> PollState:
    if outcome.kind not in (NEW, UNCHANGED):
        return state
    if not outcome.permanent_url:
        return replace(state, moved_to="", moved_polls=0)
    seen = state.moved_polls if state.moved_to == outcome.permanent_url else 0
    return replace(state, moved_to=outcome.permanent_url, moved_polls=seen + 1)


def _out_of(skip_hours: frozenset[int], at: datetime) -> datetime:
    """The first moment from `at` on whose hour is not one to skip."""
    if len(skip_hours) >= 24:
        return at
    while at.astimezone(UTC).hour in skip_hours:
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def next_check(first_seen_at: datetime, now: datetime, jitter: float) -> datetime | None:
    """When to look at an article again for changes: after an hour, then at about twice its age, for two weeks.

    Returns None once it is two weeks old.
    """
    age = max(now - first_seen_at, timedelta(0))
    if age >= CHECK_FOR:
        return None
    gap = max(FIRST_CHECK, age * CHECK_GROWTH) * (1 + SPREAD * jitter)
    return min(now + gap, max(first_seen_at + CHECK_FOR, now + FIRST_CHECK))


def classify_status(status: int) -> str:
    """The kind of outcome that an HTTP status alone decides; "" for one whose body decides."""
    if status == 304:
        return UNCHANGED
    if status == 410:
        return GONE
    if status in _SOFT_STATUSES or status >= 500:
        return SOFT_ERROR
    return "" if 200 <= status < 300 else HARD_ERROR


def classify_error(error: Exception) -> str:
    """The kind of outcome that an error of `ingest.errors` is."""
    if isinstance(error, FetchError | ParseError) and (
        error.permanent or isinstance(error, Unresolved | TooLarge | BadCertificate)
    ):
        return HARD_ERROR
    return SOFT_ERROR


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; 0.0 where there is none to be read."""
    value = headers.get("retry-after", "").strip()
    return float(value) if _is_number(value) else _seconds_until(value, now)


def read_max_age(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds for which the answer stays fresh (RFC 9111 section 4.2.1); 0.0 where nothing is said."""
    directives = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    for directive in directives:
        name, _, value = directive.partition("=")
        if name == "max-age" and _is_number(value := value.strip('" ')):
            age = headers.get("age", "").strip()
            return max(0.0, float(value) - (float(age) if _is_number(age) else 0.0))
    served_at = _read_date(headers.get("date", "")) or now
    return _seconds_until(headers.get("expires", ""), served_at)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 12


def _seconds_until(value: str, now: datetime) -> float:
    at = _read_date(value)
    return max(0.0, (at - now).total_seconds()) if at else 0.0


def _read_date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
