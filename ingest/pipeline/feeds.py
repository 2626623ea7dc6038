"""Polling: from a feed that is due to articles and documents."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from ingest.errors import FetchError, IngestError, ParseError
from ingest.models import Feed, Fetch
from ingest.parse import parse_feed_parts, parse_listing
from ingest.pipeline.claims import ClaimLost, claim_feed, release, renew
from ingest.pipeline.entries import tell_apart
from ingest.pipeline.items import Stored, store_items
from ingest.pipeline.robots import open_feed, open_page
from ingest.pipeline.turns import HostBusy
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
ANSWER_FIELDS = (
    "etag", "last_modified", "body_hash", "polled_at", "succeeded_at", "changed_at", "error", "broken_off",
)  # fmt: skip
LONG_WAIT_SECONDS = 600.0
LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of a poll. `documents` are the ids of the new ones; `error` is "" where all went well.

    `wait_seconds` is over 0.0 where nothing was done, because it was not our turn at the host.
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
    if (known := Feed.objects.filter(url__in=_spell(url)).first()) is not None:
        return known, False
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


def renew_feed(feed_id: int, *, now: datetime, rules: ListingRules | None = None) -> None:
    """Begin anew with a feed that was stopped or given up: polled at the next sweep, as if for the first time.

    Args:
        feed_id: the feed.
        now: aware, UTC.
        rules: the selectors of a listing page, where they are to change.
    """
    values = {"rules": asdict(rules)} if rules else {}
    Feed.objects.filter(pk=feed_id).update(
        **values, next_poll_at=now, soft_errors=0, hard_errors=0, broken_off=0, etag="", last_modified="", body_hash=""
    )


def poll_feed(feed_id: int, *, now: datetime) -> PollResult | None:
    """Poll a feed once and keep what it brought. None where the feed is held by another worker or polled no more."""
    feed = claim_feed(feed_id, now)
    if feed is None:
        return None
    try:
        return _poll(feed, now)
    except HostBusy as error:
        return _postpone(feed, now, error)
    except ClaimLost:
        return None


def _poll(feed: Feed, now: datetime) -> PollResult:
    validators = {"etag": feed.etag, "last_modified": feed.last_modified}
    try:
        if feed.kind == Feed.Kind.LISTING:
            response = open_page(feed.url, now=now, feed=feed, **validators)
        else:
            response = open_feed(feed.url, now=now, **validators)
    except HostBusy:
        raise
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
        permanent_url=response.permanent_url if len(response.permanent_url or "") <= LONGEST_URL else None,
    )
    if wishes.kind not in ("", UNCHANGED):
        fetch.error = f"The server answered {response.status}."
        return _keep(feed, now, wishes, fetch)
    if wishes.kind == UNCHANGED:  # what a 304 does not say of the validators still holds
        _set_validators(feed, {"etag": feed.etag, "last-modified": feed.last_modified} | response.headers)
        return _keep(feed, now, wishes, fetch)
    digest, stored = hashlib.sha256(response.body).hexdigest(), Stored()
    if digest != feed.body_hash:
        try:
            stored, wishes = _store(feed, _parse(feed, response), wishes, now)
        except ParseError as error:
            fetch.error = str(error)
            return _keep(feed, now, replace(wishes, kind=classify_error(error)), fetch)
        fetch.items, fetch.items_new, fetch.items_changed = stored.items, len(stored.new), stored.changed
    if response.complete:
        _set_validators(feed, response.headers)
        feed.body_hash = digest
    return _keep(feed, now, replace(wishes, kind=wishes.kind or UNCHANGED), fetch, stored.new)


def _parse(feed: Feed, response: Response) -> Iterator[ParsedFeed]:
    """What an answer holds, in parts, the last items first."""
    if feed.kind == Feed.Kind.LISTING:
        rules = ListingRules(**feed.rules) if feed.rules else None
        return iter([parse_listing(response.body, response.url, rules)])
    return parse_feed_parts(response.body, response.url, response.content_type)


def _store(feed: Feed, parts: Iterable[ParsedFeed], wishes: PollOutcome, now: datetime) -> tuple[Stored, PollOutcome]:
    """Keep the items, each part in a transaction of its own. Returns what was added, and the wishes with the feed's."""
    started = time.monotonic()
    stored = Stored()
    for part in parts:
        with transaction.atomic():
            renew(feed, now + timedelta(seconds=time.monotonic() - started))
            stored += store_items(feed, tell_apart(feed, part.items, now), now)
        wishes = replace(wishes, ttl_minutes=part.ttl_minutes, skip_hours=part.skip_hours)
    return stored, replace(wishes, kind=NEW if stored.new or stored.changed else UNCHANGED)


def _set_validators(feed: Feed, headers: Mapping[str, str]) -> None:
    feed.etag = headers.get("etag", "").replace("\0", "")[:1000]
    feed.last_modified = headers.get("last-modified", "").replace("\0", "")[:200]


@transaction.atomic
def _keep(feed: Feed, now: datetime, outcome: PollOutcome, fetch: Fetch, documents: tuple[int, ...] = ()) -> PollResult:
    """Store the fetch and the feed's next state, both or neither."""
    fetch.feed, fetch.at, fetch.error = feed, now, fetch.error.replace("\0", "")
    fetch.save()
    _advance(feed, now, outcome, fetch.error)
    return PollResult(
        feed.pk,
        fetch.status,
        items=fetch.items,
        documents=documents,
        changed=fetch.items_changed,
        error=fetch.error,
    )


def _advance(feed: Feed, now: datetime, outcome: PollOutcome, error: str) -> None:
    state = PollState(**{name: getattr(feed, name) for name in STATE_FIELDS})
    state = next_poll(state, outcome, now, random.random())  # noqa: S311  (jitter, no secret)
    fields = [*STATE_FIELDS, *ANSWER_FIELDS]
    if state.should_move and not Feed.objects.filter(url=state.moved_to).exists():
        feed.url, fields = state.moved_to, [*fields, "url"]
        state = replace(state, moved_to="", moved_polls=0)
    for name in STATE_FIELDS:
        setattr(feed, name, getattr(state, name))
    feed.polled_at, feed.error, feed.broken_off = now, error, 0
    if not error:
        feed.succeeded_at = now
    if outcome.kind == NEW:
        feed.changed_at = now
    release(feed, fields)


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


def _spell(url: str) -> list[str]:
    """Spellings of an address that lead to the same feed: with and without TLS and the last slash."""
    bare = urlsplit(url).netloc + url.partition(urlsplit(url).netloc)[2].rstrip("/")
    return [f"{scheme}://{bare}{slash}" for scheme in ("https", "http") for slash in ("", "/")]


def explain(error: IngestError) -> str:
    """An error in one line, with the address it is about."""
    return f"{error} ({error.where})" if error.where else str(error)
