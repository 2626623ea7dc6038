"""The network as the pipeline sees it: the settings' limits, one visit to a host at a time, pauses hosts ask for."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.conf import settings

from ingest.fetch import ACCEPT_PAGE, PAGE_BYTES, FetchPolicy, fetch_url
from ingest.pipeline.turns import HostBusy, take_turn
from ingest.schedule import LONGEST_SECONDS, read_retry_after
from ingest.types import Response

SLOW_STATUSES = frozenset({429, 503})
SLOW_SECONDS = 60.0  # the pause after a "too many requests" that names none
PATIENCE_SECONDS = 120.0

T = TypeVar("T")


def open_address(
    url: str,
    *,
    now: datetime,
    accept: str = ACCEPT_PAGE,
    max_bytes: int = PAGE_BYTES,
    pause: float = 0.0,
    etag: str = "",
    last_modified: str = "",
) -> Response:
    """Get an address when it is our turn at its host.

    Args:
        url: an http or https address.
        now: aware, UTC; what a Retry-After with a date is counted from.
        accept, max_bytes, etag, last_modified: as `fetch_url` takes them.
        pause: seconds that the host wishes between two visits.

    Raises:
        HostBusy: it is not our turn.
        ingest.errors.FetchError: as `fetch_url`.
    """
    policy = FetchPolicy(
        user_agent=settings.INGEST_USER_AGENT,
        allow_hosts=frozenset(settings.INGEST_ALLOW_HOSTS),
        max_bytes=max_bytes,
        deadline_seconds=settings.INGEST_DEADLINE_SECONDS,
    )
    with take_turn(url, pause=pause) as visit:
        response = fetch_url(url, policy, accept=accept, etag=etag, last_modified=last_modified)
        if response.status in SLOW_STATUSES:  # the host is slowed down, not only this address
            visit.ask_pause(min(read_retry_after(response.headers, now) or SLOW_SECONDS, LONGEST_SECONDS))
    return response


def wait_for(visit: Callable[[], T]) -> T:
    """What `visit` gives, waiting for turns at the host: for people at a terminal, never for workers.

    Raises:
        HostBusy: the host is to be left alone for longer than a person waits.
    """
    while True:
        try:
            return visit()
        except HostBusy as error:
            if error.seconds > PATIENCE_SECONDS:
                raise
            time.sleep(error.seconds)
