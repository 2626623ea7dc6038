"""How often one visitor may ask: several windows of fixed length, counted in Valkey for all processes.

The counters are those of the library `limits`, raised together by one script; a window begins at a multiple of its
length, so that its counter tells what is left and when it begins anew. Where Valkey does not answer, nobody is refused.
"""

from __future__ import annotations

import functools
import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

import redis
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage, storage_from_string

from visitors.clients import find_connection, find_secret
from visitors.keys import find_key

_DAY: Final = 86_400
USAGE_DAYS: Final = 30
# KEYS: counters. ARGV: the seconds for which each lives from its first request on.
_COUNT: Final = b"""
local used = {}
for number, key in ipairs(KEYS) do
    used[number] = redis.call('INCR', key)
    if used[number] == 1 then redis.call('EXPIRE', key, ARGV[number]) end
end
return used
"""
_COUNTED: Final = RateLimitItemPerSecond(1, namespace="api")  # only its name is used


@dataclass(frozen=True, slots=True)
class Window:
    """So many requests in so many seconds."""

    name: str
    seconds: int
    most: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a visitor has left of a window, less than 0 where it asked too often, and the seconds until it is over."""

    window: Window
    left: int
    seconds: int


def count_request(request: HttpRequest) -> list[Allowance]:
    """Count a request of its visitor; one allowance a window, none where there are no limits.

    Raises:
        UnknownKey: it brings a key that is not known, or was revoked.
    """
    secret = find_secret(request)
    windows = list_windows(keyed=bool(secret))
    if not (secret or windows):
        return []
    visitor = f"key-{find_key(secret, timezone.now())}" if secret else find_connection(request)
    keep = (USAGE_DAYS + 1) * _DAY if secret else 0
    try:
        return _count(visitor, windows, keep) if windows else []
    except redis.RedisError:
        return []


def list_windows(*, keyed: bool) -> list[Window]:
    """The limits of visitors with and without a key; 0 in the settings is none."""
    minute, day = (
        (settings.API_KEY_PER_MINUTE, settings.API_KEY_PER_DAY)
        if keyed
        else (settings.API_PER_MINUTE, settings.API_PER_DAY)
    )
    windows = (Window("minute", 60, minute), Window("day", _DAY, day))
    return [window for window in windows if window.most]


def find_wait(allowances: list[Allowance]) -> int:
    """Seconds after which a visitor may ask again, 0 for at once."""
    return max((allowance.seconds for allowance in allowances if allowance.left < 0), default=0)


def write_headers(allowances: list[Allowance]) -> dict[str, str]:
    """The limits and what is left of them, as draft-ietf-httpapi-ratelimit-headers writes them (draft 10)."""
    if not allowances:
        return {}
    policies = [f'"{a.window.name}";q={a.window.most};w={a.window.seconds}' for a in allowances]
    left = [f'"{a.window.name}";r={max(0, a.left)};t={a.seconds}' for a in allowances]
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}


def list_usage(key_id: int, today: date) -> list[tuple[date, int]]:
    """How many requests each of the last USAGE_DAYS days had, today first; none where Valkey does not answer."""
    days = [today - timedelta(days=n) for n in range(USAGE_DAYS)]
    epoch = date(1970, 1, 1)
    try:
        return [(day, _storage().get(_name(f"key-{key_id}", _DAY, (day - epoch).days))) for day in days]
    except redis.RedisError:
        return []


def _count(visitor: str, windows: list[Window], keep_seconds: int) -> list[Allowance]:
    """Count a request in all windows by one look-up; the counter of a day lives for `keep_seconds` where given."""
    now, storage = time.time(), _storage()
    numbers = [int(now // window.seconds) for window in windows]
    names = [_name(visitor, window.seconds, number) for window, number in zip(windows, numbers, strict=True)]
    expiries = [keep_seconds if window.seconds == _DAY and keep_seconds else window.seconds for window in windows]
    count = storage.get_connection().register_script(_COUNT)
    used = count([storage.prefixed_key(name) for name in names], expiries)
    return [
        Allowance(window, window.most - times, ceil((number + 1) * window.seconds - now))
        for window, number, times in zip(windows, numbers, used, strict=True)
    ]


def _name(visitor: str, seconds: int, number: int) -> str:
    return _COUNTED.key_for(visitor, str(seconds), str(number))


@functools.cache
def _storage() -> RedisStorage:
    address = re.sub("^unix:", "redis+unix:", settings.VALKEY_URL)
    found: RedisStorage = storage_from_string(address, socket_timeout=0.25, socket_connect_timeout=0.25)  # type: ignore[assignment]
    return found
