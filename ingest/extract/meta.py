"""Title, byline, publisher, time and address of a page, from what it declares and from what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.etree import XPath
from lxml.html import HtmlElement

from ingest.canonical import clean_text
from ingest.extract.jsonld import Linked, read_jsonld
from ingest.parse.dates import parse_date
from ingest.parse.text import web_address
from timeline.addresses import canonical_url, same_site

LONGEST_NAME = 80
LATEST_DATE = "2100-01-01"

_SEPARATOR = r"\s*(?:[|–—•·:»«]|\s-\s|\s/\s)\s*"
_BY = re.compile(r"^(?:by|von|par|por|di|written by|posted by|reported by)[:\s]+", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE_TEXT = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}})\b", re.I
)
_ISO_TIME = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_HOME_WORDS = frozenset(
    {"home", "homepage", "front page", "start", "back", "newsroom", "news", "blog", "menu", "index"}
)

_TITLE_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline", "citation_title", "title")
_AUTHOR_META = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author", "article:author")
_SITE_META = ("og:site_name", "application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title")
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "citation_publication_date",
    "article.published",
    "cxenseparse:recs:publishtime",
)
_BYLINE_CLASSES = (
    re.compile(r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]*name)?(?:[\s_-]|$)", re.I),
    re.compile(r"byline|author", re.I),
    re.compile(r"(?:^|[\s_-])(?:user|username|poster)(?:[\s_-]|$)", re.I),
)
_CREDIT = re.compile(r"\b(?:by|author)[:\s]+([^\W\d_][^|•·,\n]{2,60})", re.I)
_NOBODY = frozenset({"our correspondent", "staff", "staff writer", "staff reporter", "editor", "admin", "guest"})
_NEAR_HEADING = 6
_HOLDS_OTHERS = ("p", "div", "ul", "h2")
_STAMPED = XPath("//body//*[@title or @content or @data-time or @data-ts or @data-date or @data-timestamp]")
_BELOW_ROOT = re.compile(r"/[\w-]")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What is known of a page beside its text."""

    url: str
    title: str
    author: str
    publisher: str
    published_at: datetime | None
    language: str


def read_meta(tree: HtmlElement, url: str) -> PageMeta:
    """Read a page's metadata: JSON-LD first, then meta elements, then what stands around the heading."""
    linked, meta = read_jsonld(tree), _read_meta_elements(tree)
    heading = _heading(tree)
    shown = clean_text(tree.findtext(".//title") or "")
    site = linked.publisher or _first(meta, _SITE_META)
    declared = linked.headline or _first(meta, _TITLE_META)
    title = _title(heading, declared, shown, site)
    rest = _rest_of_title(shown, title)
    site = site or ("" if _BY.match(rest) else rest) or _home_link(tree)
    author = linked.author or _author_meta(meta) or _byline(tree) or (_BY.sub("", rest) if _BY.match(rest) else "")
    return PageMeta(
        url=_address(tree, linked, meta, url),
        title=title,
        author=_clean_author(author),
        publisher=site or (urlsplit(url).hostname or "").removeprefix("www."),
        published_at=_published_at(tree, linked, meta, url),
        language=_language(tree),
    )


def _read_meta_elements(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = clean_text(element.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _heading(tree: HtmlElement) -> str:
    """The text of the page's h1; where there are several, of the one that the title element repeats."""
    headings = [text for h1 in tree.iter("h1") if (text := clean_text(h1.text_content()))]
    shown = clean_text(tree.findtext(".//title") or "")
    return next((text for text in headings if text in shown), headings[0] if len(headings) == 1 else "")


def _title(heading: str, declared: str, shown: str, site: str) -> str:
    """The headline as readers see it: the h1, the declared one, or the title element without the site's name."""
    if heading and (not declared or heading in shown or heading in declared or declared in heading):
        return heading
    return _without_site(declared or shown, site) or heading


def _without_site(title: str, site: str) -> str:
    if site:
        name = re.escape(site)
        return re.sub(rf"^{name}{_SEPARATOR}|{_SEPARATOR}{name}$", "", title, flags=re.I)
    parts = re.split(r"\s+[|–—•·»-]\s+", title)
    return title.removesuffix(parts[-1]).rstrip(" |–—•·»-") if len(parts) > 1 and len(parts[-1]) < 30 else title


def _rest_of_title(shown: str, title: str) -> str:
    """What the title element holds beside the headline: most often the name of the site."""
    if not title or title not in shown:
        return ""
    before, _, after = shown.partition(title)
    rest = re.sub(rf"^{_SEPARATOR}|{_SEPARATOR}$", "", f" {(after or before)} ").strip(" -|:–—•·»«")
    return rest if len(rest) <= LONGEST_NAME else ""


def _home_link(tree: HtmlElement) -> str:
    for link in tree.iterfind(".//a[@href]"):
        href = link.get("href")
        if not _BELOW_ROOT.match(href) and urlsplit(href).path in ("", "/") and not href.startswith("#"):
            text = clean_text(link.text_content())
            if text and text.lower() not in _HOME_WORDS and len(text) <= LONGEST_NAME:
                return text
    return ""


def _author_meta(meta: dict[str, str]) -> str:
    author = _first(meta, _AUTHOR_META)
    return "" if "://" in author else author


def _byline(tree: HtmlElement) -> str:
    """The name in an element that calls itself the byline, or that stands with the date below the heading."""
    for element in _bylines(list(tree.iter("*"))):
        text = clean_text(element.text_content())
        if 1 < len(text) <= LONGEST_NAME and element.tag not in ("meta", "link", "body", "html"):
            return text
    return _line_with_date(tree)


def _bylines(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Those that are marked as the author, then those whose class says so, the plainest first."""
    yield from (element for element in elements if "author" in (element.get("rel"), element.get("itemprop")))
    named = [(element, name) for element in elements if (name := element.get("class"))]
    for pattern in _BYLINE_CLASSES:
        yield from (element for element, name in named if pattern.search(name))


def _line_with_date(tree: HtmlElement) -> str:
    """The name in a short line after the heading: "By Ann Lee", or beside the date as in "Ann Lee, May 3, 2024"."""
    heading = next(tree.iter("h1"), None)
    for text in _lines_after(heading) if heading is not None else ():
        credit, match = _CREDIT.search(text), DATE_TEXT.search(text)
        if credit and text.lower().startswith(("by ", "author", "published", "posted", "written")):
            return credit[1]
        if match and match.start() > 1:
            return text[: match.start()]
    return ""


def _lines_after(heading: HtmlElement) -> Iterator[str]:
    """Short texts of the elements that follow a heading."""
    plain = (e for e in _following(heading) if next(e.iterdescendants(*_HOLDS_OTHERS), None) is None)
    for element in islice(plain, _NEAR_HEADING):
        text = clean_text(" ".join(element.itertext()))
        if text and len(text) <= LONGEST_NAME * 2:
            yield text


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that begin after the end of `element`, in the order of the page."""
    for level in (element, *element.iterancestors()):
        for sibling in level.itersiblings():
            yield from sibling.iter("*")


def _clean_author(author: str) -> str:
    author = DATE_TEXT.split(_BY.sub("", clean_text(author)))[0]
    author = author.strip(" ,;·•|–—-:")
    return author if len(author) <= LONGEST_NAME * 2 and author.lower() not in _NOBODY else ""


def _address(tree: HtmlElement, linked: Linked, meta: dict[str, str], url: str) -> str:
    """The canonical address: what the page declares, if it is of the same site and not the site's front page.

    A page out of a file is of whatever site it says.
    """
    saved = urlsplit(url).scheme == "file"
    link = tree.find('.//link[@rel="canonical"][@href]')
    for declared in (link.get("href") if link is not None else "", meta.get("og:url", ""), linked.url):
        address = canonical_url(web_address(declared, url)) if declared else ""
        if (
            address
            and (saved or same_site(address, url))
            and (urlsplit(address).path != "/" or urlsplit(url).path == "/")
        ):
            return address
    return canonical_url(url) or url


def _published_at(tree: HtmlElement, linked: Linked, meta: dict[str, str], url: str) -> datetime | None:
    stated = [linked.published, *(meta[name] for name in _DATE_META if name in meta), *_stamps(tree)]
    times = [at for text in stated if (at := parse_date(text))]
    if times:
        return next((at for at in times if at.time() != datetime.min.time() and at.date() == times[0].date()), times[0])
    if near := _date_near_heading(tree):
        return near
    found = find_date(tree, url=url, original_date=True, extensive_search=False, max_date=LATEST_DATE)
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None


def _date_near_heading(tree: HtmlElement) -> datetime | None:
    heading = next(tree.iter("h1"), None)
    lines = _lines_after(heading) if heading is not None else ()
    matches = (match for text in lines if (match := DATE_TEXT.search(text)))
    return next((at for match in matches if (at := parse_date(match[0]))), None)


def _stamps(tree: HtmlElement) -> list[str]:
    """Machine-readable times on elements, that of a time element first, in the order of the page."""
    times = [text for element in tree.iter("time") if (text := element.get("datetime"))]
    others = [
        value
        for element in cast("list[HtmlElement]", _STAMPED(tree))
        for name, value in element.attrib.items()
        if name.startswith(("title", "content", "data-")) and _ISO_TIME.match(value)
    ]
    return times[:1] + others[:1]


def _language(tree: HtmlElement) -> str:
    declared = (tree.get("lang") or "").strip().lower()
    return declared[:2] if re.match(r"^[a-z]{2}(-|_|$)", declared) else ""
