"""Feed bytes to items: RSS 0.9x to 2.0, RDF, Atom, JSON Feed, sitemaps."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.bounded import is_heavy, run_bounded_parts
from ingest.errors import ParseError
from ingest.parse.jsonfeed import parse_json_feed
from ingest.parse.sitemap import parse_sitemap
from ingest.parse.xmlfeed import parse_xml_feed
from ingest.types import Item, ParsedFeed

_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)
_HEAD_BYTES = 2_000
PART_ITEMS = 500


def parse_feed(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """Read a feed of any of the known formats.

    What the bytes are is told from the bytes; `content_type` only helps with the encoding. Each item has a `guid`
    that is stable from poll to poll and unique in the feed.

    Args:
        body: the feed, decompressed.
        url: its address, the base of relative links.
        content_type: the Content-Type header, "" where unknown.

    Raises:
        ParseError: the bytes are no feed; the message says what they seem to be.
    """
    parts = list(parse_feed_parts(body, url, content_type))
    return replace(parts[0], items=tuple(item for part in reversed(parts) for item in part.items))


def parse_feed_parts(body: bytes, url: str, content_type: str = "") -> Iterator[ParsedFeed]:
    """`parse_feed` in parts of at most `PART_ITEMS` items, the end of the feed first, so that no outsize feed need be
    held as a whole. Nothing is given before all of it was read.

    Takes and raises what `parse_feed` does.
    """
    if is_heavy(body):
        return run_bounded_parts(read_feed_parts, body, url, content_type, error=ParseError)
    return read_feed_parts(body, url, content_type)


def read_feed_parts(body: bytes, url: str, content_type: str = "") -> Iterator[ParsedFeed]:
    """`parse_feed_parts` without a limit of time and memory."""
    feed = read_feed(body, url, content_type)
    ends = range(len(feed.items), 0, -PART_ITEMS) or (0,)
    return (replace(feed, items=feed.items[max(0, end - PART_ITEMS) : end]) for end in ends)


def read_feed(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """`parse_feed` without a limit of time and memory."""
    head = body[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    if not head:
        raise ParseError("The answer is empty.", where=url)
    if head[:1] in (b"{", b"["):
        feed = parse_json_feed(body, url)
    elif _SITEMAP.search(head):
        feed = parse_sitemap(body, url)
    elif (read := parse_xml_feed(body, url, content_type)) is not None:
        feed = read
    else:
        raise ParseError(_what_it_is(head), where=url)
    return _with_identity(feed)


def looks_like_html(body: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return _HTML.search(body[:_HEAD_BYTES]) is not None


def _what_it_is(head: bytes) -> str:
    if looks_like_html(head):
        return "This is a web page, not a feed."
    return "This is not a feed in any known format."


def _with_identity(feed: ParsedFeed) -> ParsedFeed:
    """Give every item a guid of its own and drop exact repeats."""
    items = _with_guids(dict.fromkeys(feed.items))
    addresses: dict[str, set[str]] = {}
    for item in items:
        addresses.setdefault(item.guid, set()).add(item.url or _fingerprint(item, item.summary))
    shared = {guid for guid, found in addresses.items() if len(found) > 1}
    if not shared:
        return replace(feed, items=tuple(_latest_of_each(items)))
    # A guid that several addresses share tells nothing; then the address, or else the wording, is the identity.
    items = [
        replace(item, guid=item.url or _fingerprint(item, item.summary)) if item.guid in shared else item
        for item in items
    ]
    return replace(feed, items=tuple(_latest_of_each(items)), problems=(*feed.problems, "Several items share one id."))


def _with_guids(items: Iterable[Item]) -> list[Item]:
    """Items without a guid are known by their address, or by their wording where one address has several titles."""
    items = list(items)
    bare: dict[str, set[str]] = {}
    for item in items:
        if not item.guid:
            bare.setdefault(item.url, set()).add(item.title)
    own = {url for url, titles in bare.items() if url and len(titles) == 1}
    return [
        item if item.guid else replace(item, guid=item.url if item.url in own else _fingerprint(item)) for item in items
    ]


def _fingerprint(item: Item, *more: str) -> str:
    """An identity out of what an item says: its title and time, so that an edited text is the same item still."""
    text = "\n".join((item.title or item.summary, str(item.published_at or ""), *more))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _latest_of_each(items: Iterable[Item]) -> list[Item]:
    """One item a guid, in the order of the feed: the one last changed, the first of equals."""
    items = list(items)
    if max(Counter(item.guid for item in items).values(), default=1) == 1:
        return items
    latest: dict[str, Item] = {}
    for item in items:
        other = latest.get(item.guid)
        if other is None or _changed(item) > _changed(other):
            latest[item.guid] = item
    return list(latest.values())


def _changed(item: Item) -> float:
    at = item.updated_at or item.published_at
    return at.timestamp() if at else 0.0
