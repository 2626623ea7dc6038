"""Tells whether a feed keeps the rules of its format so well that no reader has to mend, guess or choose.

Nothing is read here: it is only looked for what readers of feeds treat in ways of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
_WFW = "{http://wellformedweb.org/CommentAPI/}"

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
_UTF8 = frozenset(["utf-8", "utf8", "us-ascii", "ascii"])
_HEAD_BYTES = 1_000
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_MAIL_DATE = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-3]?\d) ([A-Z][a-z]{{2}}) ([12]\d{{3}}) {_TIME}"
    r" (?:GMT|[+-][01]\d[0-5]\d)"
)
_ISO_DATE = re.compile(rf"[12]\d{{3}}-\d\d-\d\dT{_TIME}(?:\.\d{{1,6}})?(?:Z|[+-][01]\d:[0-5]\d)")
_MONTHS = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}
# What comes of text that was read in a wrong encoding; feedparser puts it right.
_MISREAD = re.compile("[\x80-\x9f]|[\xc2-\xf4][\x80-\xbf]")
_QUIET_RELS = frozenset("self hub next prev first last replies edit enclosure related".split())


@dataclass(frozen=True, slots=True)
class _Rules:
    """The elements of one place by what they are to readers.

    `read` gives the field that each fills, which has to be there once at most, and once if it is `needed`. `idle` ones
    fill none.
    """

    needed: Set[str]
    read: Mapping[str, str]
    idle: Set[object]


def _names(space: str, names: str) -> dict[str, str]:
    return {space + name: name for name in names.split()}


_COMMENTS: Set[object] = {etree.Comment, etree.PI}
_CHANNEL = _Rules(
    {"title", "link"},
    _names("", "title link ttl") | _names(_SYNDICATION, "updatePeriod updateFrequency"),
    _COMMENTS
    | {_ATOM + "link", _SYNDICATION + "updateBase"}
    | _names(
        "",
        "item description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs"
        " cloud rating skipHours skipDays image",
    ).keys(),
)
_ITEM = _Rules(
    {"title", "link", "guid", "pubDate"},
    _names("", "title link guid description pubDate author")
    | {_DC + "creator": "author", _CONTENT + "encoded": "content"},
    _COMMENTS
    | {_WFW + "commentRss", _MEDIA + "content", _MEDIA + "thumbnail"}
    | _names("", "category comments enclosure").keys()
    | _names(_SLASH, "comments section department").keys(),
)
_FEED = _Rules(
    {"title"},
    _names(_ATOM, "title"),
    _COMMENTS
    | _names(_ATOM, "entry link id updated subtitle author generator icon logo rights category contributor").keys(),
)
_ENTRY = _Rules(
    {"title", "id", "published"},
    _names(_ATOM, "title id published updated summary content author"),
    _COMMENTS | {_MEDIA + "thumbnail"} | _names(_ATOM, "link category rights").keys(),
)
_ITEMS = {"item", _ATOM + "entry"}
_PERSON_PARTS = _names(_ATOM, "name uri email").keys()
_PARTS: Mapping[str, Set[str]] = {
    "image": _names("", "url title link width height description").keys(),
    "skipHours": {"hour"},
    "skipDays": {"day"},
    _ATOM + "author": _PERSON_PARTS,
    _ATOM + "contributor": _PERSON_PARTS,
}
_PERSON = _Rules({"name"}, _names(_ATOM, "name uri"), frozenset())


def parse_plain(body: bytes, content_type: str) -> etree._Element | None:
    """The tree of a feed in RSS 2.0 or Atom 1.0 that keeps the rules; None for any other.

    Args:
        body: the feed, in an encoding that writes ASCII as ASCII.
        content_type: the Content-Type header, "" where unknown.
    """
    if not _is_utf8(body, content_type) or b"<!DOCTYPE" in body or b"xml:base" in body:
        return None
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return root if _is_plain_rss(root) or _is_plain_atom(root) else None


def _is_utf8(body: bytes, content_type: str) -> bool:
    said = [match[1].decode().lower() for match in [_ENCODING.match(body[:_HEAD_BYTES])] if match]
    said += [name.lower() for name in _CHARSET.findall(content_type)]
    return _UTF8.issuperset(said)


def _is_plain_rss(root: etree._Element) -> bool:
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return False
    links = root[0].iterchildren(_ATOM + "link")
    return (
        _keeps(root[0], _CHANNEL)
        and _is_flat(root[0])
        and all(link.get("rel") in _QUIET_RELS and link.get("href") for link in links)
        and all(_keeps(item, _ITEM) and _is_flat(item) for item in root[0].iterchildren("item"))
    )


def _is_plain_atom(root: etree._Element) -> bool:
    return (
        root.tag == _ATOM + "feed"
        and _keeps(root, _FEED)
        and _is_flat(root)
        and _has_one_address(root)
        and all(
            _keeps(entry, _ENTRY) and _has_one_address(entry) and _is_flat(entry)
            for entry in root.iterchildren(_ATOM + "entry")
        )
    )


def _keeps(element: etree._Element, rules: _Rules) -> bool:
    seen = set()
    for child in element:
        if child.tag in rules.idle:
            continue
        name = rules.read.get(child.tag, "")
        if not name or name in seen or not _is_plain(name, child):
            return False
        seen.add(name)
    return rules.needed <= seen


def _is_flat(element: etree._Element) -> bool:
    """Whether the elements in a head or an item hold no others but those that they are there for."""
    return not any(
        len(child)
        and child.tag not in _ITEMS
        and any(len(part) or part.tag not in _PARTS.get(child.tag, ()) for part in child)
        for child in element
    )


def _is_plain(name: str, element: etree._Element) -> bool:
    """Whether what stands in an element can be read in one way only."""
    if element.tag == _ATOM + "author":
        return _keeps(element, _PERSON)
    text = (element.text or "").strip()
    if len(element) or not _has_plain_type(name, element, text) or (not text.isascii() and _MISREAD.search(text)):
        return False
    if name in ("pubDate", "published", "updated"):
        return _is_date(text)
    if name in ("author", "name"):
        return "@" not in text
    if name == "link":
        return _is_address(text)
    return bool(text) or name not in ("guid", "id")


def _has_plain_type(name: str, element: etree._Element, text: str) -> bool:
    """Whether an element's attributes leave no doubt of what its text is."""
    if not element.tag.startswith(_ATOM):
        return not element.attrib or name == "guid"
    kinds = element.attrib.items()
    return kinds == [("type", "html")] or (kinds in ([], [("type", "text")]) and ("<" not in text or name == "content"))


def _is_date(text: str) -> bool:
    """Whether this is a moment that is, in the notation of e-mail or of ISO 8601."""
    mail = _MAIL_DATE.fullmatch(text)
    if not mail and not _ISO_DATE.fullmatch(text):
        return False
    try:
        return bool(date(int(mail[3]), _MONTHS.get(mail[2], 0), int(mail[1])) if mail else datetime.fromisoformat(text))
    except ValueError:
        return False


def _has_one_address(element: etree._Element) -> bool:
    """Whether one link of Atom leads to the page that this is of; others but the best known say what nobody reads."""
    links = list(element.iterchildren(_ATOM + "link"))
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return (
        len(pages) == 1
        and (pages[0].get("rel") is not None or pages[0] is links[0])
        and pages[0].get("type", "text/html") == "text/html"
        and _is_address(pages[0].get("href", ""))
        and not any(link.text for link in links)
        and all(link in pages or (link.get("rel") in _QUIET_RELS and link.get("href")) for link in links)
    )


def _is_address(href: str) -> bool:
    """Whether this is one address in one line, without entities that were written twice."""
    return len(href.split()) == 1 and not ("&" in href and ";" in href)
