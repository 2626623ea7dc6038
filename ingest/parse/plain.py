"""RSS 2.0 and Atom 1.0 that keep their rules, read with lxml at a tenth of feedparser's cost.

Only what is beyond doubt is read here: elements that are known, each where and as often as its format says. At the
first thing that is not, the whole feed is left to feedparser, whose answer would be the same wherever there is one
from here; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from lxml import etree

from ingest.parse.dates import parse_date
from ingest.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, line_of_html, line_of_text, web_address
from ingest.types import Item, ParsedFeed

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
_WFW = "{http://wellformedweb.org/CommentAPI/}"

# Fields: what is read of an element, under which name. Idle: elements that change nothing of what is kept.
_RSS_FIELDS = {
    "title": "title", "link": "link", "guid": "guid", "description": "summary", "pubDate": "published",
    "author": "author", _DC + "creator": "author", _CONTENT: "content",
}  # fmt: skip
_RSS_IDLE = {"category", "comments", "enclosure", _WFW + "commentRss", _MEDIA + "content", _MEDIA + "thumbnail"}
_RSS_IDLE |= {_SLASH + name for name in ("comments", "section", "department")}
_CHANNEL_FIELDS = {
    "title": "title", "link": "link", "ttl": "ttl",
    _SYNDICATION + "updatePeriod": "sy_updateperiod", _SYNDICATION + "updateFrequency": "sy_updatefrequency",
}  # fmt: skip
_CHANNEL_IDLE = {
    "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category",
    "generator", "docs", "cloud", "rating", "skipHours", "skipDays", "image", _SYNDICATION + "updateBase",
}  # fmt: skip
_ATOM_FIELDS = {
    _ATOM + "title": "title", _ATOM + "id": "guid", _ATOM + "published": "published", _ATOM + "updated": "updated",
    _ATOM + "summary": "summary", _ATOM + "content": "content",
}  # fmt: skip
_ATOM_IDLE = frozenset([_ATOM + "category", _ATOM + "rights", _MEDIA + "thumbnail"])
_FEED_IDLE = frozenset(
    _ATOM + name
    for name in (
        "id",
        "updated",
        "subtitle",
        "author",
        "generator",
        "icon",
        "logo",
        "rights",
        "category",
        "contributor",
    )
)
_TEXT_TYPES = {"": "text", "text": "text", "html": "html"}
_QUIET_RELS = frozenset(["self", "hub", "next", "prev", "first", "last", "replies", "edit", "enclosure", "related"])

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
_UTF8 = frozenset(["utf-8", "utf8", "us-ascii", "ascii"])
_HEAD_BYTES = 1_000
_MAIL_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-3]?\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3})"
    r" ([0-2]\d):([0-5]\d):([0-5]\d) (?:GMT|UTC|Z|([+-])([01]\d)([0-5]\d))"
)
_MONTHS = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}
_CONTROLS = re.compile("[\x80-\x9f]")


class _Unplain(Exception):
    """Something that is feedparser's to judge."""


@dataclass(slots=True)
class _Found:
    """The values of an element's children by name, and which of them are said to be plain text."""

    values: dict[str, str] = field(default_factory=dict)
    literal: set[str] = field(default_factory=set)

    def add(self, name: str, value: str) -> None:
        if name in self.values:
            raise _Unplain(name)
        self.values[name] = value

    def line(self, name: str, longest: int) -> str:
        text = self.values.get(name, "")
        if "<" in text and name in self.literal:
            return line_of_text(text, longest)
        return line_of_html(text, longest)


@dataclass(frozen=True, slots=True)
class PlainFeed:
    """A feed and the fields of its head that tell how often it wishes to be asked."""

    feed: ParsedFeed
    wishes: Mapping[str, str]


def read_plain_feed(body: bytes, url: str, content_type: str) -> PlainFeed | None:
    """Read a feed that keeps its format's rules; None for any other, of which this says nothing.

    Args:
        body: the feed, in an encoding that writes ASCII as ASCII.
        url: its address, the base of relative links.
        content_type: the Content-Type header, "" where unknown.
    """
    if not _is_utf8(body, content_type) or b"<!DOCTYPE" in body or b"xml:base" in body:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
        if root.tag == "rss" and root.get("version") == "2.0":
            return _read_rss(root, url)
        return _read_atom(root, url) if root.tag == _ATOM + "feed" else None
    except (etree.XMLSyntaxError, _Unplain):
        return None


def _is_utf8(body: bytes, content_type: str) -> bool:
    said = [match[1].decode().lower() for match in [_ENCODING.match(body[:_HEAD_BYTES])] if match]
    said += [name.lower() for name in _CHARSET.findall(content_type)]
    return _UTF8.issuperset(said)


def _read_rss(root: etree._Element, url: str) -> PlainFeed:
    channel = root[0] if len(root) == 1 else root
    if channel.tag != "channel":
        raise _Unplain("channel")
    head, items = _Found(), []
    for child in channel:
        if child.tag == "item":
            items.append(_read_rss_item(child, url))
        elif child.tag in _CHANNEL_FIELDS:
            head.add(_CHANNEL_FIELDS[child.tag], _text(child))
        elif not (child.tag in _CHANNEL_IDLE or (child.tag == _ATOM + "link" and child.get("rel") in _QUIET_RELS)):
            raise _Unplain(child.tag)
    return _finish(head, items, web_address(_link(head), url))


def _read_rss_item(element: etree._Element, url: str) -> Item:
    found = _Found()
    for child in _children(element, _RSS_IDLE):
        name = _RSS_FIELDS.get(child.tag, "")
        if not name or (child.attrib and name != "guid"):
            raise _Unplain(child.tag)
        found.add(name, _text(child))
    return _make_item(found, url, _read_mail_date(found.values.get("published", "")))


def _read_atom(root: etree._Element, url: str) -> PlainFeed:
    head, items, links = _Found(), [], []
    for child in root:
        if child.tag == _ATOM + "entry":
            items.append(_read_atom_entry(child, url))
        elif child.tag == _ATOM + "title":
            _add_text(head, "title", child)
        elif child.tag == _ATOM + "link":
            links.append(child)
        elif child.tag not in _FEED_IDLE:
            raise _Unplain(child.tag)
    head.add("link", _find_alternate(links))
    return _finish(head, items, web_address(_link(head), url))


def _read_atom_entry(element: etree._Element, url: str) -> Item:
    found, links = _Found(), []
    for child in _children(element, _ATOM_IDLE, frozenset({_ATOM + "author"})):
        if child.tag == _ATOM + "link":
            links.append(child)
        elif child.tag == _ATOM + "author":
            found.add("author", _read_person(child))
        elif child.tag in _ATOM_FIELDS:
            _add_text(found, _ATOM_FIELDS[child.tag], child)
        else:
            raise _Unplain(child.tag)
    found.add("link", _find_alternate(links))
    return _make_item(found, url, parse_date(_iso(found, "published")), parse_date(_iso(found, "updated")))


def _children(element: etree._Element, idle: Set[str], deep: frozenset[str] = frozenset()) -> Iterator[etree._Element]:
    """The children of an item that say something; none of theirs may have children but those that are `deep`."""
    for child in element:
        if len(child) and child.tag not in deep:
            raise _Unplain(child.tag)
        if child.tag not in idle:
            yield child


def _add_text(found: _Found, name: str, element: etree._Element) -> None:
    """Add an Atom text construct; markup that is no text is left to feedparser."""
    kind = element.attrib.pop("type", "")
    if kind not in _TEXT_TYPES or element.attrib or len(element):
        raise _Unplain(name)
    found.add(name, _text(element))
    if _TEXT_TYPES[kind] == "text" and name in ("title", "summary"):
        found.literal.add(name)


def _text(element: etree._Element) -> str:
    """The text of an element without children, unless it is written in a way that feedparser would mend."""
    text = (element.text or "").strip()
    if len(element) or (not text.isascii() and (_CONTROLS.search(text) or _is_mangled(text))):
        raise _Unplain(element.tag)
    return text


def _is_mangled(text: str) -> bool:
    """Whether this is UTF-8 that was read as Latin-1 and written again."""
    try:
        text.encode("iso-8859-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False
    return True


def _link(found: _Found) -> str:
    """The address; entities in it that were written twice are left to feedparser."""
    link = found.values.get("link", "")
    if not link or ("&" in link and ";" in link):
        raise _Unplain("link")
    return link


def _find_alternate(links: list[etree._Element]) -> str:
    """The one page that is the same in another form."""
    hrefs = []
    for link in links:
        rel, kind = link.get("rel", "alternate"), link.get("type", "text/html")
        if link.text or (rel == "alternate" and kind != "text/html") or rel not in {"alternate", *_QUIET_RELS}:
            raise _Unplain("link")
        hrefs += [link.get("href", "")] if rel == "alternate" else []
    if len(hrefs) != 1:
        raise _Unplain("link")
    return hrefs[0]


def _read_person(element: etree._Element) -> str:
    found = _Found()
    for child in element:
        found.add(child.tag, _text(child))
    if found.values.keys() - {_ATOM + "name", _ATOM + "uri"} or not found.values.get(_ATOM + "name"):
        raise _Unplain("author")
    return found.values[_ATOM + "name"]


def _make_item(found: _Found, url: str, published_at: datetime | None, updated_at: datetime | None = None) -> Item:
    values = found.values
    if not values.get("guid") or "@" in values.get("author", ""):
        raise _Unplain("guid")
    content = line_of_html(values.get("content", ""), LONGEST_SUMMARY)
    return Item(
        guid=line_of_text(values["guid"], LONGEST_SUMMARY),
        url=web_address(_link(found), url),
        title=found.line("title", LONGEST_TITLE),
        author=line_of_html(values.get("author", ""), LONGEST_TITLE),
        summary=found.line("summary", LONGEST_SUMMARY) or content,
        published_at=published_at,
        updated_at=updated_at,
    )


def _finish(head: _Found, items: list[Item], site_url: str) -> PlainFeed:
    feed = ParsedFeed(title=head.line("title", LONGEST_TITLE), site_url=site_url, items=tuple(items))
    return PlainFeed(feed, head.values)


def _iso(found: _Found, name: str) -> str:
    """A time of Atom, which begins with its year."""
    text = found.values.get(name, "")
    if text and not text[:4].isdigit():
        raise _Unplain(name)
    return text


def _read_mail_date(text: str) -> datetime | None:
    """A date as e-mail writes it; None for none."""
    if not text:
        return None
    match = _MAIL_DATE.fullmatch(text)
    if match is None:
        raise _Unplain("pubDate")
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1) if sign else timedelta(0)
    try:
        at = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=timezone(ahead))
    except ValueError as error:
        raise _Unplain("pubDate") from error
    return at.astimezone(UTC)
