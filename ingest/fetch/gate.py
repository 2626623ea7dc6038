"""One request at a time to a host, and a pause between two, across all workers."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import redis

FORGET_MS = 2 * 24 * 3600 * 1000

# Hash per host: `token` of who is in, `until` when that token lapses, `free_at` when the next may enter.
_ENTER = """
local until_at = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
local free_at = tonumber(redis.call('HGET', KEYS[1], 'free_at') or '0')
local now = tonumber(ARGV[1])
local wait = math.max(until_at, free_at) - now
if wait > 0 then return tostring(wait) end
redis.call('HSET', KEYS[1], 'token', ARGV[2], 'until', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return '0'
"""
_LEAVE = """
local free_at = tonumber(redis.call('HGET', KEYS[1], 'free_at') or '0')
redis.call('HSET', KEYS[1], 'free_at', tostring(math.max(free_at, tonumber(ARGV[2]))))
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('HDEL', KEYS[1], 'token', 'until') end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return '0'
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to send one request to a host, or how long to wait for it.

    `wait_seconds` is 0.0 where the turn was given; `token` is then what `HostGate.leave` wants back.
    """

    host: str
    token: str = ""
    wait_seconds: float = 0.0

    @property
    def granted(self) -> bool:
        return bool(self.token)


class HostGate:
    """Lets one worker at a time reach a host and keeps the host's gap between two visits.

    A worker that dies inside frees the host once its hold lapses.

    Args:
        client: Valkey or Redis.
        gap_seconds: the least pause after each visit.
        hold_seconds: how long a visit may last at most: the deadline of a fetch and a little more.
        clock: seconds since the epoch; the same for all workers.
    """

    def __init__(
        self,
        client: redis.Redis,
        *,
        gap_seconds: float = 2.0,
        hold_seconds: float = 60.0,
        clock: Callable[[], float] = time.time,
        prefix: str = "aiwatch:host:",
    ) -> None:
        self._gap = gap_seconds
        self._hold = hold_seconds
        self._clock = clock
        self._prefix = prefix
        self._enter: Any = client.register_script(_ENTER)
        self._leave: Any = client.register_script(_LEAVE)

    def enter(self, url: str) -> Turn:
        """Ask for a turn at the host of `url`; never waits."""
        host = host_of(url)
        now, token = self._clock(), uuid.uuid4().hex
        wait = float(self._enter([self._prefix + host], [now, token, now + self._hold, FORGET_MS]))
        return Turn(host, wait_seconds=wait) if wait > 0 else Turn(host, token)

    def leave(self, turn: Turn, *, gap_seconds: float = 0.0) -> None:
        """Give a turn back.

        Args:
            turn: as `enter` gave it.
            gap_seconds: the pause that the host asked for (Crawl-delay, Retry-After), where it is longer than ours.
        """
        free_at = self._clock() + max(self._gap, gap_seconds)
        self._leave([self._prefix + turn.host], [turn.token, free_at, FORGET_MS])


def host_of(url: str) -> str:
    """The name under which a host is known to the gate: host and port, in lower case."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
