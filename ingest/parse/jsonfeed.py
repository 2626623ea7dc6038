"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from ingest.errors import ParseError
from ingest.parse.dates import parse_date
from ingest.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, line_of_html, line_of_text, web_address
from ingest.types import Item, ParsedFeed


def parse_json_feed(body: bytes, url: str) -> ParsedFeed:
    """Read a JSON Feed.

    Raises:
        ParseError: not JSON, or JSON of another kind.
    """
    try:
        feed = json.loads(body.replace(b"\0", b"") if body[:1] == b"{" and body[1:2] != b"\0" else body)
    except (ValueError, RecursionError) as error:
        raise ParseError("This is neither XML nor valid JSON.", where=url) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError("This is JSON, but not a JSON Feed.", where=url)
    entries = [entry for entry in feed["items"] if isinstance(entry, dict)]
    left_out = len(feed["items"]) - len(entries)
    return ParsedFeed(
        title=line_of_text(_text(feed, "title"), LONGEST_TITLE),
        site_url=web_address(_text(feed, "home_page_url"), url),
        items=tuple(_read_item(entry, url) for entry in entries),
        problems=(f"{left_out} entries are not objects.",) if left_out else (),
    )


def _read_item(entry: dict[str, Any], base: str) -> Item:
    # Text that is given as text is text; only content_html is markup.
    body = _text(entry, "summary") or _text(entry, "content_text")
    summary = line_of_text(body, LONGEST_SUMMARY) or line_of_html(_text(entry, "content_html"), LONGEST_SUMMARY)
    link = _text(entry, "url") or _text(entry, "external_url")
    return Item(
        guid=line_of_text(_text(entry, "id"), LONGEST_SUMMARY),
        url=web_address(link, base) if link else web_address(_text(entry, "id"), ""),
        title=line_of_text(_text(entry, "title"), LONGEST_TITLE),
        author=line_of_text(_authors(entry), LONGEST_TITLE),
        summary=summary,
        published_at=parse_date(_text(entry, "date_published")),
        updated_at=parse_date(_text(entry, "date_modified")),
    )


def _authors(entry: dict[str, Any]) -> str:
    """Names of 1.1 `authors`, or of the one 1.0 `author`."""
    authors = entry.get("authors")
    listed = authors if isinstance(authors, list) else [entry.get("author")]
    return ", ".join(_text(author, "name") for author in listed if isinstance(author, dict))


def _text(values: dict[str, Any], name: str) -> str:
    """A field as text: a number is what some feeds give as id; anything else but text is nothing."""
    value = values.get(name)
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int | float) else ""
