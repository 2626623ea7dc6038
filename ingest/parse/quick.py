"""Plain feeds through fastfeedparser, in a sixth of feedparser's time.

fastfeedparser says nothing of what it mends, passes over or makes up: a guid out of a link, a day of publication out of
a guid. So only feeds come to it in which there is nothing of the kind. It would fetch what is given as text and begins
like an address, so it is given bytes, and those of a feed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import fastfeedparser
from lxml import etree

from ingest.parse.plainness import parse_plain
from ingest.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, line_of_html, line_of_text, web_address
from ingest.types import Item, ParsedFeed

_UNREAD = {"include_tags": False, "include_media": False, "include_enclosures": False}
_WISHES = {
    "ttl": "ttl",
    "sy_updateperiod": "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
    "sy_updatefrequency": "{http://purl.org/rss/1.0/modules/syndication/}updateFrequency",
}


def read_quick_feed(body: bytes, url: str, content_type: str) -> tuple[ParsedFeed, dict[str, str]] | None:
    """A feed that keeps its format's rules, and its wishes by feedparser's names for them; None for any other.

    Args:
        body: the feed, in an encoding that writes ASCII as ASCII.
        url: its address, the base of relative links.
        content_type: the Content-Type header, "" where unknown.
    """
    root = parse_plain(body, content_type)
    if root is None:
        return None
    try:
        read = _read_entries(body)
        items = tuple(_read_item(entry, url) for entry in read.entries)
    except (ValueError, KeyError):  # it fails, or has not found what the check has seen
        return None
    title, site_url = line_of_html(read.feed.get("title", ""), LONGEST_TITLE), read.feed.get("link", "")
    return ParsedFeed(title, web_address(site_url, url), items), _read_wishes(root)


def _read_entries(body: bytes) -> Any:
    """What fastfeedparser reads; with contents, of which it makes summaries, only where there is no summary."""
    read = fastfeedparser.parse(body, include_content=False, **_UNREAD)
    if not all(entry["description"] for entry in read.entries):
        full = fastfeedparser.parse(body, **_UNREAD)
        for entry, other in zip(read.entries, full.entries, strict=True):
            entry["content"] = other.get("content", ())
    return read


def _read_item(entry: Any, base: str) -> Item:
    contents = [one["value"] for one in entry.get("content", ())]
    return Item(
        guid=line_of_text(entry["id"], LONGEST_SUMMARY),
        url=web_address(entry["link"], base),
        title=line_of_html(entry["title"], LONGEST_TITLE),
        author=line_of_html(entry.get("author", ""), LONGEST_TITLE),
        summary=line_of_html(entry["description"] or "".join(contents[:1]), LONGEST_SUMMARY),
        published_at=_read_time(entry["published"]),
        updated_at=_read_time(entry["updated"]) if "updated" in entry else None,
    )


def _read_time(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def _read_wishes(root: etree._Element) -> dict[str, str]:
    channel = root if root.tag != "rss" else root[0]
    return {name: (channel.findtext(tag) or "").strip() for name, tag in _WISHES.items()}
