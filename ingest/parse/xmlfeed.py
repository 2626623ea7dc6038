"""RSS, RDF and Atom through feedparser, which reads whatever breaks the rules of its format as well.

feedparser's own sanitiser and link resolver are off: they take half its time, and all that is kept of a feed's markup
is its words.
"""

from __future__ import annotations

import codecs
import io
import re
from calendar import timegm
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from time import struct_time
from typing import Any
from xml.sax import SAXException

import feedparser

from ingest.errors import ParseError
from ingest.parse.dates import parse_date
from ingest.parse.mending import drop_dangerous_entities, drop_impossible_references, escape_bare_ampersands
from ingest.parse.quick import read_quick_feed
from ingest.parse.slices import count_items, slice_feed
from ingest.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, line_of_html, line_of_text, web_address
from ingest.types import Item, ParsedFeed

_WIDE_STARTS = (
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_BE,
    b"<\0",
    b"\0<",
    b"\0\0\0<",
)
# What feedparser lets through of its own mistakes on broken input.
_FEEDPARSER_FAILS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.I | re.S)
_HOUR = re.compile(rb"<hour>\s*([01]?\d|2[0-4])\s*</hour>", re.I)
_HEAD_BYTES = 20_000


def parse_xml_feed(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    """Read RSS, RDF or Atom; None for what is none of them.

    Raises:
        ParseError: feedparser fails on it.
    """
    if body.startswith(_WIDE_STARTS):
        return read_any_feed(body, url, content_type)
    body = drop_dangerous_entities(drop_impossible_references(body.replace(b"\0", b"")))
    content_type = _with_charset(body, content_type)
    read = _join(_read_part(part, url, content_type) for part in slice_feed(body))
    if read is None or not read.problems:
        return replace(read, skip_hours=_read_skip_hours(body)) if read else None
    return _mend(read, body, url, content_type)


def _mend(read: ParsedFeed, body: bytes, url: str, content_type: str) -> ParsedFeed:
    """The best reading of a feed that is not well-formed.

    Where an unclosed element has swallowed what follows it, more items are found by reading each for itself.
    """
    mended = escape_bare_ampersands(body)
    again = _join(_read_part(part, url, content_type) for part in slice_feed(mended)) if mended != body else None
    best = again if again and len(again.items) >= len(read.items) else read
    if len(best.items) < count_items(mended):
        single = _join(_read_part(part, url, content_type) for part in slice_feed(mended, size=1))
        best = single if single and len(single.items) > len(best.items) else best
    return replace(best, problems=read.problems, skip_hours=_read_skip_hours(body))


def _join(parts: Iterable[ParsedFeed | None]) -> ParsedFeed | None:
    read = [part for part in parts if part is not None]
    if not read:
        return None
    items = tuple(chain.from_iterable(part.items for part in read))
    problems = tuple(dict.fromkeys(chain.from_iterable(part.problems for part in read)))
    return replace(read[0], items=items, problems=problems)


def _read_part(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    if quick := read_quick_feed(body, url, content_type):
        feed, wishes = quick
        return replace(feed, ttl_minutes=_read_ttl(wishes))
    return read_any_feed(body, url, content_type)


def read_any_feed(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    """Read with feedparser; None for what is no feed.

    Raises:
        ParseError: feedparser fails on it.
    """
    headers = {"content-type": content_type or "application/xml"}
    try:
        # As a stream: given bytes, feedparser would open what looks like an address or a file's name.
        result = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except _FEEDPARSER_FAILS as error:
        raise ParseError("This feed is too broken to be read.", where=url) from error
    if not result.version and not result.entries:
        return None
    problem = result.get("bozo_exception")
    literal = result.version.startswith("atom")
    return ParsedFeed(
        title=_line(result.feed, "title", LONGEST_TITLE, literal),
        site_url=web_address(result.feed.get("link") or "", url),
        items=tuple(_read_item(entry, url, literal) for entry in result.entries),
        ttl_minutes=_read_ttl(result.feed),
        problems=(line_of_text(str(problem), LONGEST_TITLE),) if isinstance(problem, SAXException) else (),
    )


def _with_charset(body: bytes, content_type: str) -> str:
    """The content type with the encoding corrected where the bytes prove it.

    Text that is valid UTF-8 and not plain ASCII is UTF-8, whatever header and prolog say.
    """
    if body.isascii():
        return content_type
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return content_type
    return "application/xml; charset=utf-8"


def _read_item(entry: Any, base: str, literal: bool) -> Item:
    return Item(
        guid=line_of_text(entry.get("id") or "", LONGEST_SUMMARY),
        url=web_address(_link(entry), base),
        title=_line(entry, "title", LONGEST_TITLE, literal),
        author=line_of_html(entry.get("author") or "", LONGEST_TITLE),
        summary=_line(entry, "summary", LONGEST_SUMMARY, literal) or _content(entry),
        published_at=_read_time(entry, "published"),
        updated_at=_read_time(entry, "updated"),
    )


def _link(entry: Any) -> str:
    link = entry.get("link") or ""
    if not link:
        enclosures = [one.get("href") for one in entry.get("links", ()) if one.get("href")]
        link = enclosures[0] if enclosures else ""
    return str(link)


def _line(values: Any, name: str, longest: int, literal: bool) -> str:
    """A text construct as a line of its words. Atom says which text is no markup; in RSS none can be trusted."""
    text = values.get(name) or ""
    if literal and "<" in text and values.get(f"{name}_detail", {}).get("type") == "text/plain":
        return line_of_text(text, longest)
    return line_of_html(text, longest)


def _content(entry: Any) -> str:
    bodies = [one.get("value") or "" for one in entry.get("content", ())]
    return line_of_html(bodies[0], LONGEST_SUMMARY) if bodies else ""


def _read_time(entry: Any, name: str) -> datetime | None:
    """A time of an entry; by name, for feedparser gives `published` for an `updated` that is missing.

    feedparser reads the dates of e-mail well, but makes midnight or November of what begins with a year and is not
    quite ISO 8601.
    """
    written = str(dict.get(entry, name) or "").strip()
    parsed = dict.get(entry, f"{name}_parsed")
    return _from_struct(parsed) if parsed and not written[:4].isdigit() else parse_date(written)


def _from_struct(parsed: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _read_ttl(feed: Any) -> int | None:
    """Minutes between polls as RSS `ttl` or the syndication module's updatePeriod say."""
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 7:
        return int(ttl)
    period = _PERIOD_MINUTES.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    return period // max(1, int(frequency)) if period and frequency.isascii() and frequency.isdigit() else None


def _read_skip_hours(body: bytes) -> frozenset[int]:
    """RSS `skipHours`, of which feedparser keeps the last only."""
    match = _SKIP_HOURS.search(body, 0, _HEAD_BYTES)
    return frozenset(int(hour) % 24 for hour in _HOUR.findall(match[1])) if match else frozenset()
