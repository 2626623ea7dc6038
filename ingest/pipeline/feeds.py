"""Polling: from a feed that is due to articles and documents."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from ingest.errors import FetchError, IngestError, ParseError
from ingest.models import Feed, Fetch
from ingest.parse import parse_feed, parse_listing
from ingest.pipeline.claims import claim_feed
from ingest.pipeline.items import Stored, store_items
from ingest.pipeline.network import HostBusy, open_feed
from ingest.schedule import (
    NEW,
    UNCHANGED,
    PollOutcome,
    PollState,
    classify_error,
    classify_status,
    next_poll,
    read_max_age,
    read_retry_after,
)
from ingest.types import ListingRules, ParsedFeed, Response
from timeline import services

STATE_FIELDS = ("interval_seconds", "next_poll_at", "soft_errors", "hard_errors", "moved_to", "moved_polls")


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of a poll. `documents` are the ids of the new ones; `error` is "" where all went well."""

    feed_id: int
    status: int = 0
    items: int = 0
    documents: tuple[int, ...] = ()
    changed: int = 0
    error: str = ""
    postponed: bool = False


@transaction.atomic
def add_feed(
    *,
    url: str,
    title: str,
    site_url: str = "",
    kind: str = Feed.Kind.FEED,
    group: str = "",
    rules: ListingRules | None = None,
) -> tuple[Feed, bool]:
    """Keep a feed or listing page to poll. Returns it, and whether it is new."""
    host = urlsplit(site_url or url).hostname or ""
    publisher_id = services.record_publisher(name=title, host=host, host_first=True)  # titles of feeds are wordy
    feed, created = Feed.objects.get_or_create(
        url=url,
        defaults={
            "title": title[:200],
            "site_url": site_url,
            "kind": kind,
            "group": group,
            "rules": asdict(rules) if rules else {},
            "publisher_id": publisher_id,
        },
    )
    return feed, created


def poll_feed(feed_id: int, *, now: datetime) -> PollResult | None:
    """Poll a feed once and keep what it brought. None where the feed is held by another worker or polled no more."""
    feed = claim_feed(feed_id, now)
    if feed is None:
        return None
    try:
        response = open_feed(feed.url, etag=feed.etag, last_modified=feed.last_modified)
    except HostBusy as error:
        return _postpone(feed, now, error)
    except FetchError as error:
        return _keep(feed, now, PollOutcome(classify_error(error)), Fetch(error=str(error)))
    return _take(feed, response, now)


def _take(feed: Feed, response: Response, now: datetime) -> PollResult:
    """Keep an answer, whatever it is."""
    fetch = Fetch(status=response.status, size=len(response.body), seconds=response.seconds)
    wishes = PollOutcome(
        kind=classify_status(response.status),
        retry_after_seconds=read_retry_after(response.headers, now),
        max_age_seconds=read_max_age(response.headers, now),
        permanent_url=response.permanent_url,
    )
    if wishes.kind not in ("", UNCHANGED):
        fetch.error = f"The server answered {response.status}."
        return _keep(feed, now, wishes, fetch)
    digest = hashlib.sha256(response.body).hexdigest()
    if wishes.kind == UNCHANGED or digest == feed.body_hash:
        return _keep(feed, now, replace(wishes, kind=UNCHANGED), fetch, validators=response.headers)
    try:
        parsed = _parse(feed, response)
    except ParseError as error:
        fetch.error = str(error)
        return _keep(feed, now, replace(wishes, kind=classify_error(error)), fetch)
    wishes = replace(wishes, ttl_minutes=parsed.ttl_minutes, skip_hours=parsed.skip_hours)
    feed.body_hash = digest if response.complete else ""
    return _keep(feed, now, wishes, fetch, parsed=parsed, validators=response.headers if response.complete else {})


def _parse(feed: Feed, response: Response) -> ParsedFeed:
    if feed.kind == Feed.Kind.LISTING:
        rules = ListingRules(**feed.rules) if feed.rules else None
        return parse_listing(response.body, response.url, rules)
    return parse_feed(response.body, response.url, response.content_type)


@transaction.atomic
def _keep(
    feed: Feed,
    now: datetime,
    outcome: PollOutcome,
    fetch: Fetch,
    *,
    parsed: ParsedFeed | None = None,
    validators: Mapping[str, str] | None = None,
) -> PollResult:
    """Store the items, the fetch and the feed's next state, all or nothing."""
    stored = store_items(feed, parsed, now) if parsed else Stored()
    if parsed:
        outcome = replace(outcome, kind=NEW if stored.new or stored.changed else UNCHANGED)
        fetch.items, fetch.items_new, fetch.items_changed = len(parsed.items), len(stored.new), stored.changed
    if validators is not None:
        feed.etag = validators.get("etag", feed.etag)[:1000]
        feed.last_modified = validators.get("last-modified", feed.last_modified)[:200]
    fetch.feed = feed
    fetch.save()
    _advance(feed, now, outcome, fetch.error)
    return PollResult(
        feed.pk, fetch.status, items=fetch.items, documents=stored.new, changed=stored.changed, error=fetch.error
    )


def _advance(feed: Feed, now: datetime, outcome: PollOutcome, error: str) -> None:
    state = PollState(**{name: getattr(feed, name) for name in STATE_FIELDS})
    state = next_poll(state, outcome, now, random.random())  # noqa: S311  (jitter, no secret)
    if state.should_move and not Feed.objects.filter(url=state.moved_to).exists():
        feed.url = state.moved_to
        state = replace(state, moved_to="", moved_polls=0)
    for name in STATE_FIELDS:
        setattr(feed, name, getattr(state, name))
    feed.polled_at, feed.claimed_until, feed.error = now, None, error
    if not error:
        feed.succeeded_at = now
    if outcome.kind == NEW:
        feed.changed_at = now
    feed.save()


def _postpone(feed: Feed, now: datetime, error: HostBusy) -> PollResult:
    feed.next_poll_at = now + timedelta(seconds=error.seconds)
    feed.claimed_until = None
    feed.save(update_fields=["next_poll_at", "claimed_until"])
    return PollResult(feed.pk, error=str(error), postponed=True)


def explain(error: IngestError) -> str:
    """An error in one line, with the address it is about."""
    return f"{error} ({error.where})" if error.where else str(error)
