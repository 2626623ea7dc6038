"""OPML 2.0 (http://opml.org/spec2.opml): lists of sources in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ingest.errors import ParseError
from ingest.parse.text import LONGEST_TITLE, line_of_text, web_address

FEED, LISTING = "rss", "listing"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A source as an OPML file lists it.

    `kind` is "rss" for a feed of any format, with its address in `url`, or "listing" for a page without a feed; then
    `url` is the page's address. `group` is the outline that it stands in.
    """

    title: str
    url: str
    kind: str = FEED
    site_url: str = ""
    group: str = ""


def parse_opml(body: bytes) -> tuple[FeedSource, ...]:
    """The sources of an OPML file, each address once.

    Raises:
        ParseError: not OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("This OPML file cannot be read.") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ParseError("This is not an OPML file.")
    sources = (_read_outline(outline) for outline in root.iter("outline"))
    return tuple({source.url: source for source in sources if source}.values())


def _read_outline(outline: etree._Element) -> FeedSource | None:
    site = web_address(outline.get("htmlUrl", ""), "")
    is_listing = outline.get("type", "").lower() == LISTING
    url = site if is_listing else web_address(outline.get("xmlUrl", ""), "")
    if not url:
        return None
    parent = outline.getparent()
    return FeedSource(
        title=_name(outline) or url,
        url=url,
        kind=LISTING if is_listing else FEED,
        site_url=site,
        group=_name(parent) if parent is not None and parent.tag == "outline" else "",
    )


def _name(outline: etree._Element) -> str:
    return line_of_text(outline.get("text") or outline.get("title") or "", LONGEST_TITLE)


def write_opml(sources: Iterable[FeedSource], title: str) -> bytes:
    """An OPML 2.0 file of `sources`, grouped, in their order; `parse_opml` reads it back the same."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    groups: dict[str, etree._Element] = {"": body}
    for source in sources:
        if source.group not in groups:
            groups[source.group] = etree.SubElement(body, "outline", text=source.group)
        _write_outline(groups[source.group], source)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_outline(parent: etree._Element, source: FeedSource) -> None:
    outline = etree.SubElement(parent, "outline", type=source.kind, text=source.title)
    if source.kind == FEED:
        outline.set("xmlUrl", source.url)
    if site := source.url if source.kind == LISTING else source.site_url:
        outline.set("htmlUrl", site)
