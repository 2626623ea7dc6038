"""Feeds: what is polled, and from when on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from ingest.errors import IngestError
from ingest.models import Feed
from ingest.types import ListingRules
from timeline import services


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


def _spell(url: str) -> list[str]:
    """Spellings of an address that lead to the same feed: with and without TLS and the last slash."""
    bare = urlsplit(url).netloc + url.partition(urlsplit(url).netloc)[2].rstrip("/")
    return [f"{scheme}://{bare}{slash}" for scheme in ("https", "http") for slash in ("", "/")]


def explain(error: IngestError) -> str:
    """An error in one line, with the address it is about."""
    return f"{error} ({error.where})" if error.where else str(error)
