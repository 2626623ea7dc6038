"""The network as the pipeline sees it: the settings' limits, one visit to a host at a time, pauses hosts ask for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.conf import settings

from ingest.errors import FetchError
from ingest.fetch import ACCEPT_PAGE, PAGE_BYTES, FetchPolicy, fetch_url
from ingest.pipeline.turns import HeldTurns, HostBusy, TurnsUnknown, take_turn
from ingest.schedule import LONGEST_SECONDS, read_retry_after
from ingest.types import Response

SLOW_STATUSES = frozenset({429, 503})
SLOW_SECONDS = 60.0  # the pause after a "too many requests" that names none
PATIENCE_SECONDS = 120.0
LEAST_SECONDS = 1.0  # what is left to each host of a long way of redirects

T = TypeVar("T")


def open_address(
    url: str,
    *,
    now: datetime,
    ask: Callable[[str], float],
    accept: str = ACCEPT_PAGE,
    max_bytes: int = PAGE_BYTES,
    etag: str = "",
    last_modified: str = "",
    held: HeldTurns | None = None,
) -> Response:
    """Get an address when it is our turn at its host, and at each host that redirects lead to.

    Args:
        url: an http or https address.
        now: aware, UTC; what a Retry-After with a date is counted from.
        ask: for an address at each of these hosts, the pause in seconds that the host wishes between two visits; it
            raises where the address is not to be opened.
        accept, max_bytes, etag, last_modified: as `fetch_url` takes them.
        held: turns at hosts that we have already.

    Raises:
        HostBusy: it is not our turn.
        ingest.errors.FetchError: as `fetch_url`, or as `ask`.
    """
    policy = FetchPolicy(
        user_agent=settings.INGEST_USER_AGENT,
        allow_hosts=frozenset(settings.INGEST_ALLOW_HOSTS),
        max_bytes=max_bytes,
        deadline_seconds=settings.INGEST_DEADLINE_SECONDS,
    )
    fetch = partial(fetch_url, accept=accept, etag=etag, last_modified=last_modified, stay=True)
    response = _visit(url, policy, ask, fetch, now, held)
    while response.leads_to is not None:
        left = _what_is_left(policy, response)
        response = _join(response, _visit(response.leads_to, left, ask, fetch, now, held))
    return response


def _what_is_left(policy: FetchPolicy, way: Response) -> FetchPolicy:
    """The limits for the next host, after a part of the way.

    Raises:
        FetchError: there were too many redirects.
    """
    redirects = policy.max_redirects - way.redirects
    if redirects < 0:
        raise FetchError(f"More than {policy.max_redirects} redirects.", where=way.url)
    seconds = max(policy.deadline_seconds - way.seconds, LEAST_SECONDS)
    return replace(policy, max_redirects=redirects, deadline_seconds=seconds)


def _visit(
    url: str,
    policy: FetchPolicy,
    ask: Callable[[str], float],
    fetch: Callable[..., Response],
    now: datetime,
    held: HeldTurns | None,
) -> Response:
    """What one host answers."""
    with take_turn(url, pause=ask(url), held=held) as visit:
        response = fetch(url, policy)
        if response.status in SLOW_STATUSES:  # the host is slowed down, not only this address
            visit.ask_pause(min(read_retry_after(response.headers, now) or SLOW_SECONDS, LONGEST_SECONDS))
    return response


def _join(first: Response, then: Response) -> Response:
    """The answer of the next host, with the way that led there."""
    lasting = first.permanent_url == first.leads_to
    return replace(
        then,
        permanent_url=(then.permanent_url or first.leads_to) if lasting else first.permanent_url,
        seconds=first.seconds + then.seconds,
        redirects=first.redirects + then.redirects,
    )


def wait_for(visit: Callable[[], T]) -> T:
    """What `visit` gives, waiting for turns at the host: for people at a terminal, never for workers.

    Raises:
        HostBusy: the host is to be left alone for longer than a person waits, or Valkey is away.
    """
    while True:
        try:
            return visit()
        except HostBusy as error:
            if error.seconds > PATIENCE_SECONDS or isinstance(error, TurnsUnknown):
                raise
            time.sleep(error.seconds)
