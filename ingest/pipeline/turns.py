"""Whose turn it is at a host: one visit at a time, a pause after each, a place in line for those who come too early."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings

from ingest.errors import FetchError
from ingest.fetch import HostGate
from ingest.fetch.gate import host_of
from ingest.valkey import OUTAGE, open_valkey

VISIT_SECONDS, VISIT_SHARE = 0.05, 0.25  # room for the visit itself between two places in line, beside the gap
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


@contextmanager
def take_turn(url: str, *, pause: float = 0.0) -> Iterator[Visit]:
    """Be the one who visits the host of `url`, and leave its gap behind.

    Args:
        url: what will be opened.
        pause: the gap in seconds that the host wishes, such as its Crawl-delay.

    Raises:
        HostBusy: somebody else is there or was a moment ago.
        TurnsUnknown: Valkey is away.
    """
    try:
        turn = _gate().enter(url)
        seconds = 0.0 if turn.granted else _wait_in_line(url, turn.wait_seconds, pause)
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


def _wait_in_line(url: str, seconds: float, pause: float) -> float:
    """How long to wait, so that of many who wait for one host each comes at a time of its own."""
    width = max(settings.INGEST_HOST_GAP_SECONDS, pause) * (1 + VISIT_SHARE) + VISIT_SECONDS
    if seconds <= _hold_seconds():  # somebody is inside, and will not stay for as long as would be allowed
        seconds = min(seconds, width)
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
