"""Polling: from feeds that are due to articles and documents."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction

from ingest.errors import FetchError, ParseError
from ingest.models import Feed
from ingest.parse import parse_feed_parts, parse_listing
from ingest.pipeline.claims import ClaimLost, claim_feeds, give_back, release, renew
from ingest.pipeline.entries import tell_apart
from ingest.pipeline.items import store_items
from ingest.pipeline.outcomes import Poll, keep_polls
from ingest.pipeline.robots import find_pauses, open_feed, open_page
from ingest.pipeline.turns import ROUND_SECONDS, HeldTurns, HostBusy, hold_turns
from ingest.schedule import (
    NEW,
    UNCHANGED,
    PollOutcome,
    classify_error,
    classify_status,
    read_max_age,
    read_retry_after,
)
from ingest.types import ListingRules, ParsedFeed, Response

LONG_WAIT_SECONDS = 600.0
SOON_SECONDS = 1.0  # until those are polled whom a round has not reached
ROUND_SHARE = 0.25  # of a claim that a round may last before its last visit begins
LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of a poll. `documents` are the ids of the new ones; `error` is "" where all went well.

    `wait_seconds` is over 0.0 where nothing was done, because it was not our turn at the host or the round was over.
    """

    feed_id: int
    status: int = 0
    items: int = 0
    documents: tuple[int, ...] = ()
    changed: int = 0
    error: str = ""
    wait_seconds: float = 0.0

    @property
    def postponed(self) -> bool:
        return self.wait_seconds > 0


def poll_feed(feed_id: int, *, now: datetime) -> PollResult | None:
    """Poll a feed once and keep what it brought. None where the feed is held by another worker or polled no more."""
    return next(iter(poll_feeds([feed_id], now=now)), None)


def poll_feeds(feed_ids: Sequence[int], *, now: datetime) -> list[PollResult]:
    """Poll feeds one after the other and keep what they brought.

    What is claimed, asked of Valkey and kept of polls that found nothing new is one statement for all of them. Where
    servers are slow the round ends early, and those that it has not reached are given back.

    Args:
        feed_ids: the feeds; together with others none is polled whose last poll never ended.
        now: aware, UTC; when the first of them is polled.

    Returns:
        What came of each, without those that another worker holds or that are polled no more.
    """
    started, feeds = time.monotonic(), claim_feeds(feed_ids, now)
    pauses = find_pauses(feed.url for feed in feeds)
    longest = min(ROUND_SECONDS, settings.INGEST_LEASE_SECONDS * ROUND_SHARE)
    results: list[PollResult] = []
    waiting: list[Poll] = []
    with hold_turns([feed.url for feed in feeds]) as held:
        for place, feed in enumerate(feeds):
            passed = time.monotonic() - started if place else 0.0
            if passed > longest:
                give_back(feeds[place:])
                results += [PollResult(late.pk, wait_seconds=SOON_SECONDS) for late in feeds[place:]]
                break
            done = _poll(feed, now + timedelta(seconds=passed), pauses, held)
            if isinstance(done, Poll):
                waiting.append(done)
            elif done is not None:
                results.append(done)
    kept = keep_polls(waiting)
    return [*results, *(_tell(poll) for poll in waiting if poll.feed.pk in kept)]


def _poll(feed: Feed, now: datetime, pauses: Mapping[str, float], held: HeldTurns) -> Poll | PollResult | None:
    """Poll a feed that we hold.

    Returns:
        A `Poll` that is yet to be kept, the result of one that is kept, or None where the claim was lost.
    """
    validators = {"etag": feed.etag, "last_modified": feed.last_modified}
    try:
        if feed.kind == Feed.Kind.LISTING:
            response = open_page(feed.url, now=now, feed=feed, **validators)
        else:
            response = open_feed(feed.url, now=now, pauses=pauses, held=held, **validators)
        return _take(feed, response, now)
    except HostBusy as error:
        return _postpone(feed, now, error)
    except FetchError as error:
        return Poll(feed, now, PollOutcome(classify_error(error)), error=str(error))
    except ClaimLost:
        return None


def _take(feed: Feed, response: Response, now: datetime) -> Poll | PollResult:
    """Take an answer, whatever it is."""
    wishes = PollOutcome(
        kind=classify_status(response.status),
        retry_after_seconds=read_retry_after(response.headers, now),
        max_age_seconds=read_max_age(response.headers, now),
        permanent_url=response.permanent_url if len(response.permanent_url or "") <= LONGEST_URL else None,
    )
    poll = Poll(feed, now, wishes, response.status, len(response.body), response.seconds)
    if wishes.kind == UNCHANGED:  # what a 304 does not say of the validators still holds
        _set_validators(feed, {"etag": feed.etag, "last-modified": feed.last_modified} | response.headers)
        return poll
    if wishes.kind:
        poll.error = f"The server answered {response.status}."
        return poll
    digest = hashlib.sha256(response.body).hexdigest()
    if digest == feed.body_hash:
        poll.outcome = replace(wishes, kind=UNCHANGED)
        if response.complete:
            _set_validators(feed, response.headers)
        return poll
    try:
        parts = _parse(feed, response)
    except ParseError as error:
        poll.outcome, poll.error = replace(wishes, kind=classify_error(error)), str(error)
        return poll
    if response.complete:
        _set_validators(feed, response.headers)
        feed.body_hash = digest
    return _store(poll, parts)


def _parse(feed: Feed, response: Response) -> Iterator[ParsedFeed]:
    """What an answer holds, in parts, the last items first.

    Raises:
        ParseError: it is no feed, or no page with items.
    """
    if feed.kind == Feed.Kind.LISTING:
        rules = ListingRules(**feed.rules) if feed.rules else None
        return iter([parse_listing(response.body, response.url, rules)])
    parts = parse_feed_parts(response.body, response.url, response.content_type)
    return chain([next(parts)], parts)  # what is no feed shows with the first part


def _store(poll: Poll, parts: Iterable[ParsedFeed]) -> PollResult:
    """Keep the items, each part in a transaction of its own, and with the last of them what came of the poll.

    Raises:
        ClaimLost: we hold the feed no more; what the last part brought is not kept.
    """
    feed, started = poll.feed, time.monotonic()
    for part, is_last in _mark_last(parts):
        poll.outcome = replace(poll.outcome, ttl_minutes=part.ttl_minutes, skip_hours=part.skip_hours)
        with transaction.atomic():
            if not is_last:
                renew(feed, poll.at + timedelta(seconds=time.monotonic() - started))
            poll.stored += store_items(feed, tell_apart(feed, part.items, poll.at), poll.at)
            if is_last:
                kind = NEW if poll.stored.new or poll.stored.changed else UNCHANGED
                poll.outcome = replace(poll.outcome, kind=kind)
                _keep(poll)
    return _tell(poll)


def _mark_last(parts: Iterable[ParsedFeed]) -> Iterator[tuple[ParsedFeed, bool]]:
    """Each part, and whether it is the last one."""
    parts = iter(parts)
    part = next(parts)
    for following in parts:
        yield part, False
        part = following
    yield part, True


def _keep(poll: Poll) -> None:
    if not keep_polls([poll]):
        raise ClaimLost("Another worker has taken it over.", where=poll.feed.url)


def _tell(poll: Poll) -> PollResult:
    stored = poll.stored
    return PollResult(poll.feed.pk, poll.status, stored.items, stored.new, stored.changed, poll.error)


def _set_validators(feed: Feed, headers: Mapping[str, str]) -> None:
    feed.etag = headers.get("etag", "").replace("\0", "")[:1000]
    feed.last_modified = headers.get("last-modified", "").replace("\0", "")[:200]


def _postpone(feed: Feed, now: datetime, error: HostBusy) -> PollResult | None:
    feed.next_poll_at = now + timedelta(seconds=error.seconds)
    feed.broken_off = 0
    if error.seconds > LONG_WAIT_SECONDS:
        feed.error = f"The host asks to be left alone for {timedelta(seconds=round(error.seconds))}."
    try:
        release(feed, ("next_poll_at", "broken_off", "error"))
    except ClaimLost:
        return None
    return PollResult(feed.pk, error=str(error), wait_seconds=error.seconds)
