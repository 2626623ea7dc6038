"""What stands at an address that somebody would like to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.errors import FetchError, ParseError
from ingest.models import Feed
from ingest.parse import find_feeds, looks_like_html, parse_feed, parse_listing
from ingest.pipeline.network import wait_for
from ingest.pipeline.robots import open_feed, open_page
from ingest.types import ListingRules, ParsedFeed, Response

MOST_FEEDS = 5


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
        ParseError: there is neither a feed nor a page that names a readable one, or no articles, with `listing`.
    """
    response = _open(url, now, listing)
    if listing:
        return Found(url, Feed.Kind.LISTING, parse_listing(response.body, response.url, rules), rules)
    try:
        return Found(url, Feed.Kind.FEED, parse_feed(response.body, response.url, response.content_type))
    except ParseError as error:
        if not looks_like_html(response.body):
            raise
        return _find_named(response, url, error, now)


def _find_named(page: Response, url: str, error: ParseError, now: datetime) -> Found:
    """The first feed that a page names and that can be read."""
    feeds = [feed for feed in find_feeds(page.body, page.url) if feed != url][:MOST_FEEDS]
    if not feeds:
        raise ParseError(f"{error} The page names no feed either; try --listing.", where=url) from error
    faults = []
    for feed in feeds:
        try:
            response = _open(feed, now)
            return Found(feed, Feed.Kind.FEED, parse_feed(response.body, response.url, response.content_type))
        except (FetchError, ParseError) as fault:
            faults.append(f"{feed}: {fault}")
    raise ParseError(f"{error} Of the feeds it names none can be read: {' '.join(faults)}", where=url) from error


def _open(url: str, now: datetime, listing: bool = False) -> Response:
    response = wait_for(lambda: (open_page if listing else open_feed)(url, now=now))
    if response.status != 200:
        raise FetchError(f"The server answered {response.status}.", where=url)
    return response
