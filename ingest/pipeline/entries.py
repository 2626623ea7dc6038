"""Items of a poll under the addresses that tell them apart."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag

from ingest.models import Feed
from ingest.types import Item
from timeline.addresses import canonical_url, url_hash

LONGEST_URL = 2000
LONGEST_GUID = 2000
CROWD = 3  # different stories at one address, from which on it is a page of many and not a story told twice
WEB_BEGAN = datetime(1990, 1, 1, tzinfo=UTC)  # earlier dates stand for none, such as the first second of a clock
ZONES = timedelta(days=1)  # how far clocks and zones may be ahead of ours


@dataclass(frozen=True, slots=True)
class Entry:
    """An item under the address that tells it apart. `linked` is False where no page is its own."""

    url: str
    item: Item
    linked: bool

    @property
    def words(self) -> str:
        """The feed's own words: the title, and what follows it."""
        return f"{self.item.title or self.item.summary[:200]}\n\n{self.item.summary}"


def tell_apart(feed: Feed, items: Iterable[Item], now: datetime) -> dict[str, Entry]:
    """The items of one poll, last first, by the key of their address; of several at one address the first stays.

    Items that point to places on one page (a changelog, a list of episodes) have no page of their own: they are told
    apart by their guid, as those without a link are.

    Args:
        feed: where they stand.
        items: in the order of the feed.
        now: aware, UTC; dates later than this say nothing.
    """
    cleaned = [_with_short_guid(_without_wild_dates(item, now)) for item in items]
    crowded = _find_crowded(feed, cleaned)
    entries = {}
    for item in reversed(cleaned):
        entry = _make_entry(feed, item, crowded)
        entries[url_hash(entry.url)] = entry
    return entries


def is_plausible(at: datetime | None, now: datetime) -> bool:
    """Whether a date can be that of a publication: neither before the web nor in the future."""
    return at is not None and WEB_BEGAN <= at <= now + ZONES


def _without_wild_dates(item: Item, now: datetime) -> Item:
    if item.published_at is None or is_plausible(item.published_at, now):
        return item
    return replace(item, published_at=None)


def _with_short_guid(item: Item) -> Item:
    if len(item.guid) <= LONGEST_GUID:
        return item
    return replace(item, guid="sha256:" + hashlib.sha256(item.guid.encode()).hexdigest())


def _find_crowded(feed: Feed, items: Iterable[Item]) -> set[str]:
    """Keys of the addresses that are no story's own: those of several places or stories, and the feed's own site."""
    titles, places = defaultdict(set), defaultdict(set)
    for item in items:
        if item.url:
            key = url_hash(item.url)
            titles[key].add((item.guid, item.title.casefold()))
            places[key].add(urldefrag(item.url).fragment)
    crowded = {key for key in titles if len(places[key]) > 1 or _count_stories(titles[key]) >= CROWD}
    return crowded | ({url_hash(feed.site_url)} if feed.site_url else set())


def _count_stories(told: set[tuple[str, str]]) -> int:
    return min(len({guid for guid, _ in told}), len({title for _, title in told}))


def _make_entry(feed: Feed, item: Item, crowded: set[str]) -> Entry:
    url = canonical_url(item.url) if item.url else ""
    if not url or len(url) > LONGEST_URL:
        return Entry(_place_of(item, feed.site_url or feed.url), item, linked=False)
    if url_hash(url) in crowded:
        place, fragment = _place_of(item, url), urldefrag(item.url).fragment
        return Entry(f"{place}#{fragment}" if fragment else place, item, linked=False)
    return Entry(url, item, linked=True)


def _place_of(item: Item, page: str) -> str:
    """An address for an item without one: its page, and a mark by what the item says."""
    digest = hashlib.sha256((item.guid or f"{item.title}\n{item.summary}").encode()).hexdigest()[:16]
    return f"{page}{'&' if '?' in page else '?'}item={digest}"
