"""Whose turn it is at a host: one visit at a time, a pause after each, a place in line for those who come too early."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings

from ingest.errors import FetchError
from ingest.fetch import HostGate, Turn
from ingest.fetch.gate import host_of
from ingest.valkey import OUTAGE, open_valkey

VISIT_SECONDS, VISIT_SHARE = 0.05, 0.25  # room for the visit itself between two places in line, beside the gap
ROUND_SECONDS = 10.0  # how long after its beginning a round of visits begins another one
OUTAGE_SECONDS = 30.0
LINE_PREFIX = "aiwatch:line:"

# The end of the line at a host: each who asks gets the first free place not before `at`, `width` after the last one.
_QUEUE = """
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local at = math.max(tonumber(ARGV[1]), last + tonumber(ARGV[2]))
redis.call('SET', KEYS[1], tostring(at), 'EX', math.ceil(at - tonumber(ARGV[3])) + 60)
return tostring(at - tonumber(ARGV[3]))
"""


class HostBusy(FetchError):
    """It is not our turn at the host. `seconds` says how long to wait."""

    def __init__(self, seconds: float, *, where: str) -> None:
        super().__init__(f"Waiting {seconds:.0f} s for a turn at the host.", where=where)
        self.seconds = seconds


class TurnsUnknown(HostBusy):
    """Whose turn it is cannot be known, because Valkey is away; so it is nobody's."""

    def __init__(self, *, where: str) -> None:
        super().__init__(OUTAGE_SECONDS, where=where)

    def __str__(self) -> str:
        return OUTAGE


@dataclass(slots=True)
class Visit:
    """One visit to a host; `pause` is the gap in seconds that is left behind, where it is longer than ours."""

    pause: float = 0.0

    def ask_pause(self, seconds: float) -> None:
        self.pause = max(self.pause, seconds)


class HeldTurns:
    """Turns that were asked for together, and are given back together; each is taken once."""

    def __init__(self, turns: Iterable[Turn] = ()) -> None:
        self._waiting = {turn.host: turn for turn in turns if turn.granted}
        self._ends: dict[Turn, float] = {}

    def take(self, url: str) -> Turn | None:
        """The turn at the host of `url`; None where it was not given, or was taken already."""
        return self._waiting.pop(host_of(url), None)

    def leave(self, turn: Turn, pause: float) -> None:
        """End a visit; the pause of its host begins now."""
        self._ends[turn] = _gate().find_end(pause)

    def give_back(self) -> None:
        """Let others in, also where nobody was visited."""
        if ends := self._ends | dict.fromkeys(self._waiting.values(), 0.0):
            _gate().leave_all(ends)


@contextmanager
def hold_turns(urls: Sequence[str]) -> Iterator[HeldTurns]:
    """Turns for a round of visits, one after the other, of which none begins after `ROUND_SECONDS`.

    Hosts that are named more than once are left out: their visitors take each a turn of its own.

    Args:
        urls: what will be opened.
    """
    counts = Counter(host_of(url) for url in urls)
    single = [url for url in urls if counts[host_of(url)] == 1]
    held = HeldTurns()
    if len(single) > 1:
        with suppress(redis.RedisError):  # who asks for a turn will hear of it
            held = HeldTurns(_gate().enter_all(single, hold_seconds=ROUND_SECONDS + _hold_seconds()))
    try:
        yield held
    finally:
        with suppress(redis.RedisError):  # the hold lapses by itself
            held.give_back()


@contextmanager
def take_turn(url: str, *, pause: float = 0.0, held: HeldTurns | None = None) -> Iterator[Visit]:
    """Be the one who visits the host of `url`, and leave its gap behind.

    Args:
        url: what will be opened.
        pause: the gap in seconds that the host wishes, such as its Crawl-delay.
        held: turns that we have already.

    Raises:
        HostBusy: somebody else is there or was a moment ago.
        TurnsUnknown: Valkey is away.
    """
    if held is not None and (given := held.take(url)) is not None:
        visit = Visit(pause)
        try:
            yield visit
        finally:
            held.leave(given, visit.pause)
        return
    try:
        turn = _gate().enter(url)
        seconds = 0.0 if turn.granted else _wait_in_line(url, turn, pause)
    except redis.RedisError as error:
        raise TurnsUnknown(where=url) from error
    if not turn.granted:
        raise HostBusy(seconds, where=url)
    visit = Visit(pause)
    try:
        yield visit
    finally:
        with suppress(redis.RedisError):  # the hold lapses by itself
            _gate().leave(turn, gap_seconds=visit.pause)


def read_clock() -> float:
    """Seconds since the epoch, the same for all workers."""
    return time.time()


def _wait_in_line(url: str, turn: Turn, pause: float) -> float:
    """How long to wait, so that of many who wait for one host each comes at a time of its own."""
    width = max(settings.INGEST_HOST_GAP_SECONDS, pause) * (1 + VISIT_SHARE) + VISIT_SECONDS
    # Who is inside will not stay for as long as would be allowed.
    seconds = min(turn.wait_seconds, width) if turn.visited else turn.wait_seconds
    now = read_clock()
    place = open_valkey(settings.VALKEY_URL).eval(_QUEUE, 1, LINE_PREFIX + host_of(url), now + seconds, width, now)
    return float(place)


def _hold_seconds() -> float:
    return settings.INGEST_DEADLINE_SECONDS + 5.0


def _gate() -> HostGate:
    return _make_gate(settings.VALKEY_URL, settings.INGEST_HOST_GAP_SECONDS, _hold_seconds())


@lru_cache
def _make_gate(address: str, gap_seconds: float, hold_seconds: float) -> HostGate:
    return HostGate(
        open_valkey(address), gap_seconds=gap_seconds, hold_seconds=hold_seconds, clock=lambda: read_clock()
    )
