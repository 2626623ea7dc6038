"""The network as the pipeline sees it: the settings' limits, and one visit to a host at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import redis
from django.conf import settings
from django.db import connection

from ingest.errors import FetchError
from ingest.fetch import ACCEPT_FEED, ACCEPT_PAGE, FEED_BYTES, PAGE_BYTES, FetchPolicy, HostGate, fetch_url
from ingest.types import Response


class HostBusy(FetchError):
    """It is not our turn at the host. `seconds` says how long to wait."""

    def __init__(self, seconds: float, *, where: str) -> None:
        super().__init__(f"Waiting {seconds:.0f} s for a turn at the host.", where=where)
        self.seconds = seconds


def open_feed(url: str, *, etag: str = "", last_modified: str = "") -> Response:
    """Get a feed or a listing page. Raises what `fetch_url` does, and HostBusy."""
    return _open(url, FEED_BYTES, ACCEPT_FEED, etag=etag, last_modified=last_modified)


def open_page(url: str) -> Response:
    """Get a page. Raises what `fetch_url` does, and HostBusy."""
    return _open(url, PAGE_BYTES, ACCEPT_PAGE)


def _open(url: str, max_bytes: int, accept: str, *, etag: str = "", last_modified: str = "") -> Response:
    policy = FetchPolicy(
        user_agent=settings.INGEST_USER_AGENT,
        allow_hosts=frozenset(settings.INGEST_ALLOW_HOSTS),
        max_bytes=max_bytes,
        deadline_seconds=settings.INGEST_DEADLINE_SECONDS,
    )
    with take_turn(url):
        return fetch_url(url, policy, accept=accept, etag=etag, last_modified=last_modified)


@contextmanager
def take_turn(url: str) -> Iterator[None]:
    """Be the one who visits the host of `url`, and leave its gap behind.

    Raises:
        HostBusy: somebody else is there, or was a moment ago.
    """
    turn = _gate().enter(url)
    if not turn.granted:
        raise HostBusy(turn.wait_seconds, where=url)
    try:
        yield
    finally:
        _gate().leave(turn)


def _gate() -> HostGate:
    return _make_gate(settings.VALKEY_URL, settings.INGEST_HOST_GAP_SECONDS, settings.INGEST_DEADLINE_SECONDS + 5)


@lru_cache
def _make_gate(address: str, gap_seconds: float, hold_seconds: float) -> HostGate:
    connection.ensure_connection()  # the embedded servers start together, with the first use of the database
    return HostGate(redis.Redis.from_url(address), gap_seconds=gap_seconds, hold_seconds=hold_seconds)
