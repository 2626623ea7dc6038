"""Whether Valkey answers. The web asks this too, and must not load all that reads articles for it."""

from __future__ import annotations

from functools import lru_cache

import redis
from django.conf import settings
from django.db import connection

OUTAGE = "Valkey cannot be reached; nothing is fetched without it."


def is_reachable() -> bool:
    """Whether Valkey, without which nothing is fetched, answers."""
    try:
        return bool(open_valkey(settings.VALKEY_URL).ping())
    except redis.RedisError:
        return False


@lru_cache
def open_valkey(address: str) -> redis.Redis:
    """A client, the same for the same address."""
    connection.ensure_connection()  # the embedded servers start together, with the first use of the database
    return redis.Redis.from_url(address)
