"""What stands at an address that somebody would like to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.errors import FetchError, ParseError
from ingest.models import Feed
from ingest.parse import find_feeds, parse_feed, parse_listing
from ingest.pipeline.network import wait_for
from ingest.pipeline.robots import open_feed, open_page
from ingest.types import ListingRules, ParsedFeed, Response


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was tried and can be polled."""

    url: str
    kind: Feed.Kind
    parsed: ParsedFeed
    rules: ListingRules | None = None


def find_source(url: str, *, now: datetime, listing: bool = False, rules: ListingRules | None = None) -> Found:
    """Open an address and find the feed there, or the one its page names; waits for turns at the host.

    Args:
        url: of a feed, or of a page whose head names one.
        now: aware, UTC.
        listing: take the page itself for a list of articles.
        rules: how to find the articles on it; guessed where None.

    Raises:
        FetchError: the address cannot be opened; a listing page also where robots.txt does not allow it.
        ParseError: there is neither a feed nor a page that names one; with `listing`, no articles were found.
    """
    response = _open(url, now, listing)
    if listing:
        parsed = parse_listing(response.body, response.url, rules)
        if not parsed.items:
            raise ParseError("No links to articles were found on the page.", where=url)
        return Found(url, Feed.Kind.LISTING, parsed, rules)
    try:
        return Found(url, Feed.Kind.FEED, parse_feed(response.body, response.url, response.content_type))
    except ParseError as error:
        feeds = [feed for feed in find_feeds(response.body, response.url) if feed != url]
        if not feeds:
            raise ParseError(f"{error} The page names no feed either; try --listing.", where=url) from error
    response = _open(feeds[0], now)
    return Found(feeds[0], Feed.Kind.FEED, parse_feed(response.body, response.url, response.content_type))


def _open(url: str, now: datetime, listing: bool = False) -> Response:
    response = wait_for(lambda: (open_page if listing else open_feed)(url, now=now))
    if response.status != 200:
        raise FetchError(f"The server answered {response.status}.", where=url)
    return response
