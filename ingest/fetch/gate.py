"""One request at a time to a host, and a pause between two, across all workers."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import redis

FORGET_MS = 2 * 24 * 3600 * 1000

# Hash per host: `token` of who is in, `until` when that token lapses, `free_at` when the next may enter. Both scripts
# take many hosts at once: most of what one costs is the way to the server.
_ENTER = """
local waits = {}
for place, key in ipairs(KEYS) do
    local until_at = tonumber(redis.call('HGET', key, 'until') or '0')
    local free_at = tonumber(redis.call('HGET', key, 'free_at') or '0')
    local wait = math.max(until_at, free_at) - tonumber(ARGV[1])
    if wait <= 0 then
        redis.call('HSET', key, 'token', ARGV[2], 'until', ARGV[3])
        redis.call('PEXPIRE', key, ARGV[4])
    end
    waits[place] = tostring(math.max(wait, 0)) .. (until_at > free_at and ' visited' or '')
end
return waits
"""
_LEAVE = """
for place, key in ipairs(KEYS) do
    local free_at = tonumber(redis.call('HGET', key, 'free_at') or '0')
    redis.call('HSET', key, 'free_at', tostring(math.max(free_at, tonumber(ARGV[place + 2]))))
    if redis.call('HGET', key, 'token') == ARGV[1] then redis.call('HDEL', key, 'token', 'until') end
    redis.call('PEXPIRE', key, ARGV[2])
end
return '0'
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to send one request to a host, or how long to wait for it.

    `wait_seconds` is 0.0 where the turn was given; `token` is then what `HostGate.leave` wants back. Where it was not,
    `visited` says that somebody is inside, who may leave long before the wait is over.
    """

    host: str
    token: str = ""
    wait_seconds: float = 0.0
    visited: bool = False

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
        return self.enter_all([url])[0]

    def enter_all(self, urls: Sequence[str], *, hold_seconds: float = 0.0) -> list[Turn]:
        """Ask for a turn at each of these hosts; never waits.

        Args:
            urls: addresses, each at another host.
            hold_seconds: how long all of the visits may last together, where that is longer than one may.
        """
        hosts = [host_of(url) for url in urls]
        now, token = self._clock(), uuid.uuid4().hex
        until = now + max(self._hold, hold_seconds)
        answers = self._enter([self._prefix + host for host in hosts], [now, token, until, FORGET_MS])
        return [_read_answer(host, answer, token) for host, answer in zip(hosts, answers, strict=True)]

    def leave(self, turn: Turn, *, gap_seconds: float = 0.0) -> None:
        """Give a turn back.

        Args:
            turn: as `enter` gave it.
            gap_seconds: the pause that the host asked for (Crawl-delay, Retry-After), where it is longer than ours.
        """
        self.leave_all({turn: self.find_end(gap_seconds)})

    def find_end(self, gap_seconds: float = 0.0) -> float:
        """When a host that was visited until now may be visited again, in seconds of the clock."""
        return self._clock() + max(self._gap, gap_seconds)

    def leave_all(self, ends: Mapping[Turn, float]) -> None:
        """Give turns back that were given together, each with the end of its pause as `find_end` told it."""
        turns = list(ends)
        self._leave([self._prefix + turn.host for turn in turns], [turns[0].token, FORGET_MS, *ends.values()])


def _read_answer(host: str, answer: bytes, token: str) -> Turn:
    wait, _, visited = answer.decode().partition(" ")
    return Turn(host, wait_seconds=float(wait), visited=bool(visited)) if float(wait) > 0 else Turn(host, token)


def host_of(url: str) -> str:
    """The name under which a host is known to the gate: host and port, in lower case."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
