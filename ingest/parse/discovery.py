"""Which feeds does a web page announce?"""

from __future__ import annotations

from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from ingest.bounded import is_heavy, run_bounded
from ingest.errors import ParseError
from ingest.parse.text import web_address

_FEED_TYPES = (
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
    "application/xml",
    "text/xml",
)
_FEED_ENDINGS = (
    ".rss",
    ".atom",
    ".rdf",
    "/feed",
    "/feed/",
    "/rss",
    "/rss/",
    "/atom",
    "feed.xml",
    "rss.xml",
    "feed.json",
)
_COMMENTS = "comment"


def find_feeds(body: bytes, url: str) -> tuple[str, ...]:
    """Addresses of the feeds of a page, the likeliest first.

    First those announced in link elements, then ordinary links that look like a feed; feeds of comments last.

    Raises:
        ParseError: the page takes too much to read.
    """
    return run_bounded(read_links, body, url, error=ParseError) if is_heavy(body) else read_links(body, url)


def read_links(body: bytes, url: str) -> tuple[str, ...]:
    """`find_feeds` without a limit of time and memory."""
    soup = BeautifulSoup(body, "lxml")
    base = base_of(soup, url)
    announced = [web_address(_href(link), base) for link in soup.find_all("link") if _announces(link)]
    linked = [web_address(_href(anchor), base) for anchor in soup.find_all("a", href=True)]
    looks = [address for address in linked if urlsplit(address).path.lower().endswith(_FEED_ENDINGS)]
    found = dict.fromkeys(address for address in announced + looks if address and address != url)
    return tuple(sorted(found, key=lambda address: _COMMENTS in address.lower()))


def base_of(soup: BeautifulSoup, url: str) -> str:
    """The address that relative links of a page start from."""
    base = soup.find("base", href=True)
    return (web_address(_href(base), url) if isinstance(base, Tag) else "") or url


def _announces(link: Tag) -> bool:
    words = [word.lower() for word in link.get_attribute_list("rel") if word]
    kind = str(link.get("type") or "").split(";")[0].strip().lower()
    return ("alternate" in words and kind in _FEED_TYPES) or "feed" in words


def _href(tag: Tag) -> str:
    return str(tag.get("href") or "")
