"""The articles that a page without a feed lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from ingest.bounded import is_heavy, run_bounded
from ingest.errors import ParseError
from ingest.parse.dates import parse_date
from ingest.parse.discovery import base_of
from ingest.parse.text import LONGEST_TITLE, line_of_text, web_address
from ingest.types import Item, ListingRules, ParsedFeed
from timeline.addresses import same_site

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FURNITURE = ("nav", "header", "footer", "aside", "form")
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{4})\b",
    re.I,
)
_SHORTEST_GUESSED_TITLE = 8
_CARD_TEXT = 1_500


def parse_listing(body: bytes, url: str, rules: ListingRules | None) -> ParsedFeed:
    """Read the links of a listing page as items, in the order of the page.

    Args:
        body: the page.
        url: its address.
        rules: selectors of item, link, title and date; None to guess: links to addresses below the page's own.

    Raises:
        ParseError: a selector is not valid CSS, or nothing was found.
    """
    selectors = astuple(rules) if rules else ()
    if is_heavy(body):
        return run_bounded(read_listing, body, url, *selectors, error=ParseError)
    return read_listing(body, url, *selectors)


def read_listing(body: bytes, url: str, *selectors: str) -> ParsedFeed:
    """`parse_listing` without a limit of time and memory; `selectors` are the fields of the rules."""
    rules = ListingRules(*selectors) if selectors else None
    soup = BeautifulSoup(body, "lxml")
    base = base_of(soup, url)
    try:
        found = list(_by_rules(soup, base, rules) if rules else _by_guess(soup, base, url))
    except SelectorSyntaxError as error:
        raise ParseError(f"A selector is not valid: {error}", where=url) from error
    items = _merge(found)
    if not items:
        raise ParseError("No articles were found on this page.", where=url)
    title = line_of_text(soup.title.get_text(" ") if soup.title else "", LONGEST_TITLE)
    return ParsedFeed(title=title, site_url=url, items=items)


def _by_rules(soup: BeautifulSoup, base: str, rules: ListingRules) -> Iterator[Item]:
    for item in soup.select(rules.item):
        link = item if rules.link in ("", ":scope") or item.name == "a" else item.select_one(rules.link)
        address = web_address(str(link.get("href") or ""), base) if link else ""
        titles = item.select(rules.title) if rules.title else [_heading(item) or link]
        date = item.select_one(rules.date) if rules.date else item.find("time")
        if address:
            title = next((text for tag in titles if (text := _text(tag))), "")
            yield _item(address, title, _date_in(date) if isinstance(date, Tag) else _date_near(item))


def _by_guess(soup: BeautifulSoup, base: str, url: str) -> Iterator[Item]:
    for furniture in soup(_FURNITURE):
        if not furniture.find(_HEADINGS):
            furniture.decompose()
    below = urlsplit(url).path.rstrip("/") + "/"
    for link in soup.find_all("a", href=True):
        address = web_address(str(link["href"]), base)
        path = urlsplit(address).path
        if same_site(address, url) and path.startswith(below) and path.rstrip("/") + "/" != below:
            card = _card_of(link)
            title = _text(_heading(link) or _heading(card)) or _text(link)
            if len(title) >= _SHORTEST_GUESSED_TITLE:
                yield _item(address, title, _date_near(card))


def _card_of(link: Tag) -> Tag:
    """The widest element around a link that holds no other address."""
    card = link
    for parent in link.parents:
        hrefs = {str(a["href"]) for a in parent.find_all("a", href=True, limit=20)}
        if len(hrefs) > 1 or len(parent.get_text()) > _CARD_TEXT or parent.name in ("body", "main", "html"):
            break
        card = parent
    return card


def _item(address: str, title: str, published_at: datetime | None) -> Item:
    address = address.partition("#")[0]
    return Item(guid=address, url=address, title=title, published_at=published_at)


def _merge(found: list[Item]) -> tuple[Item, ...]:
    """One item an address: the one with a date where there is one, and the first title."""
    merged: dict[str, Item] = {}
    for item in found:
        other = merged.get(item.url)
        if other is None or (not other.published_at and item.published_at) or not other.title:
            merged[item.url] = item
    return tuple(merged.values())


def _heading(tag: Tag) -> Tag | None:
    heading = tag.find(_HEADINGS)
    return heading if isinstance(heading, Tag) else None


def _text(tag: Tag | None) -> str:
    return line_of_text(tag.get_text(" "), LONGEST_TITLE) if tag else ""


def _date_near(card: Tag) -> datetime | None:
    time = card.find("time")
    if isinstance(time, Tag):
        return _date_in(time)
    match = _DATE.search(card.get_text(" "))
    return parse_date(match[0]) if match else None


def _date_in(tag: Tag) -> datetime | None:
    return parse_date(str(tag.get("datetime") or "")) or parse_date(tag.get_text(" ", strip=True))
