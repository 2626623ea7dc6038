"""Sitemaps and news sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from lxml import etree

from ingest.errors import ParseError
from ingest.parse.dates import parse_date
from ingest.parse.text import LONGEST_TITLE, line_of_text, web_address
from ingest.types import Item, ParsedFeed

SHOWN = 3


def parse_sitemap(body: bytes, url: str) -> ParsedFeed:
    """Read the pages that a sitemap lists, with the titles and times of a news sitemap.

    Raises:
        ParseError: a list of sitemaps, or nothing readable.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("This sitemap cannot be read.", where=url) from error
    if root is None or etree.QName(root).localname != "urlset":
        raise ParseError(f"This is a list of sitemaps; add one of those it lists{_name_some(root)}.", where=url)
    items = tuple(item for entry in root.iterfind("{*}url") if (item := _read_item(entry, url)))
    return ParsedFeed(title=_title(root), site_url=web_address("/", url), items=items)


def _name_some(root: etree._Element | None) -> str:
    listed = [] if root is None else [_text(entry, "{*}loc") for entry in root.iterfind("{*}sitemap")]
    some = [address for address in listed if address][:SHOWN]
    return f", such as {', '.join(some)}" if some else ""


def _read_item(entry: etree._Element, base: str) -> Item | None:
    address = web_address(_text(entry, "{*}loc"), base)
    if not address:
        return None
    return Item(
        guid=address,
        url=address,
        title=line_of_text(_text(entry, "{*}news/{*}title"), LONGEST_TITLE),
        published_at=parse_date(_text(entry, "{*}news/{*}publication_date")),
        updated_at=parse_date(_text(entry, "{*}lastmod")),
    )


def _title(root: etree._Element) -> str:
    return line_of_text(_text(root, "{*}url/{*}news/{*}publication/{*}name"), LONGEST_TITLE)


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
