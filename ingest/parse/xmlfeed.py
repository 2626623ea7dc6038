"""RSS, RDF and Atom through feedparser.

feedparser's own sanitiser and link resolver are off: they take half its time, and all that is kept of a feed's markup
is its words.
"""

from __future__ import annotations

import codecs
import io
import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from time import struct_time
from typing import Any

import feedparser

from ingest.parse.dates import parse_date
from ingest.parse.slices import slice_feed
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
_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.I | re.S)
_HOUR = re.compile(rb"<hour>\s*([01]?\d|2[0-4])\s*</hour>", re.I)
_HEAD_BYTES = 20_000


def parse_xml_feed(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    """Read RSS, RDF or Atom; None for what is none of them."""
    if not body.startswith(_WIDE_STARTS):
        body = body.replace(b"\0", b"")
        content_type = _with_charset(body, content_type)
        slices = [_read_slice(part, url, content_type) for part in slice_feed(body)]
    else:
        slices = [_read_slice(body, url, content_type)]
    if slices[0] is None:
        return None
    read = [part for part in slices if part is not None]
    return replace(
        read[0],
        items=tuple(chain.from_iterable(part.items for part in read)),
        problems=tuple(dict.fromkeys(chain.from_iterable(part.problems for part in read))),
        skip_hours=_read_skip_hours(body),
    )


def _read_slice(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    result = _run_feedparser(body, url, content_type)
    if not result.version and not result.entries:
        return None
    problem = result.get("bozo_exception")
    return ParsedFeed(
        title=_line(result.feed, "title", LONGEST_TITLE),
        site_url=web_address(result.feed.get("link") or "", url),
        items=tuple(_read_item(entry, url) for entry in result.entries),
        ttl_minutes=_read_ttl(result.feed),
        problems=(line_of_text(str(problem), LONGEST_TITLE),) if problem else (),
    )


def _run_feedparser(body: bytes, url: str, content_type: str) -> Any:
    headers = {"content-type": content_type or "application/xml"}
    # As a stream: given bytes, feedparser would open what looks like an address or a file's name.
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
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


def _read_item(entry: Any, base: str) -> Item:
    return Item(
        guid=line_of_text(entry.get("id") or "", LONGEST_SUMMARY),
        url=web_address(_link(entry), base),
        title=_line(entry, "title", LONGEST_TITLE),
        author=line_of_html(entry.get("author") or "", LONGEST_TITLE),
        summary=_line(entry, "summary", LONGEST_SUMMARY) or _content(entry),
        published_at=_read_time(entry, "published"),
        updated_at=_read_time(entry, "updated"),
    )


def _link(entry: Any) -> str:
    link = entry.get("link") or ""
    if not link:
        enclosures = [one.get("href") for one in entry.get("links", ()) if one.get("href")]
        link = enclosures[0] if enclosures else ""
    return str(link)


def _line(values: Any, name: str, longest: int) -> str:
    """A text construct as a line; Atom's type="text" is literal, everything else may be markup."""
    text = values.get(name) or ""
    detail = values.get(f"{name}_detail") or {}
    if detail.get("type") == "text/plain" and "<" in text:
        return line_of_text(text, longest)
    return line_of_html(text, longest)


def _content(entry: Any) -> str:
    bodies = [one.get("value") or "" for one in entry.get("content", ())]
    return line_of_html(bodies[0], LONGEST_SUMMARY) if bodies else ""


def _read_time(entry: Any, name: str) -> datetime | None:
    if dict.get(entry, name) is None:  # feedparser gives `published` for a missing `updated`
        return None
    parsed = dict.get(entry, f"{name}_parsed")
    return _from_struct(parsed) if parsed else parse_date(str(dict.get(entry, name)))


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
