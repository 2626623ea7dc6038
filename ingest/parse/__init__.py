"""Feed bytes, listing pages and OPML files to values."""

from ingest.parse.discovery import find_feeds
from ingest.parse.feed import looks_like_html, parse_feed, parse_feed_parts
from ingest.parse.listing import parse_listing
from ingest.parse.opml import FeedSource, parse_opml, write_opml

__all__ = [
    "FeedSource",
    "find_feeds",
    "looks_like_html",
    "parse_feed",
    "parse_feed_parts",
    "parse_listing",
    "parse_opml",
    "write_opml",
]
