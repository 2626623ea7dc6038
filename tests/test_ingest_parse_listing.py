"""Listing pages, feed autodiscovery and OPML."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import ParseError
from ingest.parse import FeedSource, find_feeds, parse_listing, parse_opml, write_opml
from ingest.types import Item, ListingRules

URL = "https://lab.example/news"
CARDS = (Path(__file__).parent / "data" / "pages" / "listing.html").read_text()
FIRST = Item(
    guid="https://lab.example/news/first-story",
    url="https://lab.example/news/first-story",
    title="The first story",
    published_at=datetime(2025, 8, 1, tzinfo=UTC),
)
SECOND = Item(
    guid="https://lab.example/news/second-story",
    url="https://lab.example/news/second-story",
    title="The second story",
    published_at=datetime(2025, 7, 30, tzinfo=UTC),
)


def test_links_below_the_page_are_guessed_to_be_its_articles() -> None:
    feed = parse_listing(CARDS.encode(), URL, None)
    assert feed.items == (FIRST, SECOND)
    assert feed.title == "News"


def test_rules_say_where_things_stand() -> None:
    rules = ListingRules(item=".card", link="a[href*='/news/']", title="h3, a", date="time, span")
    assert parse_listing(CARDS.encode(), URL, rules).items[:2] == (FIRST, SECOND)


@pytest.mark.parametrize("rules", [None, ListingRules(item=".no-such"), ListingRules(item="div[[")])
def test_a_page_without_articles_says_so(rules: ListingRules | None) -> None:
    with pytest.raises(ParseError):
        parse_listing(
            b"<html><body><a href='/news/x'>x</a></body></html>" if rules is None else CARDS.encode(), URL, rules
        )


def test_feeds_that_a_page_announces_come_before_those_it_links_to() -> None:
    page = b"""<html><head><base href="https://lab.example/blog/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed.xml">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="atom.xml">
    <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="/a.css"></head>
    <body><a href="/index.rss">RSS</a><a href="javascript:x">x</a></body></html>"""
    assert find_feeds(page, URL) == (
        "https://lab.example/blog/atom.xml",
        "https://lab.example/index.rss",
        "https://lab.example/blog/comments/feed.xml",
    )


SOURCES = (
    FeedSource("A & B", "https://a.example/feed?x=1&y=2", site_url="https://a.example/", group="Press"),
    FeedSource("Lab", "https://lab.example/news", kind="listing", site_url="https://lab.example/news", group="Vendors"),
    FeedSource("Ungrouped", "https://u.example/feed"),
)


def test_opml_is_read_back_as_it_was_written() -> None:
    assert parse_opml(write_opml(SOURCES, "Sources")) == SOURCES


def test_opml_of_others() -> None:
    body = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
    <opml version="1.0"><body>
    <outline title="G"><outline title="T &x;" xmlUrl="https://t.example/f"/><outline text="no address"/>
    <outline text="again" xmlUrl="https://t.example/f"/><outline text="bad" xmlUrl="javascript:x"/></outline>
    </body></opml>"""
    (source,) = parse_opml(body)
    assert (source.url, source.group) == ("https://t.example/f", "G")


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"no xml", b"\0"])
def test_what_is_no_opml(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse_opml(body)


def test_the_starter_list_can_be_read() -> None:
    sources = parse_opml((Path(__file__).parent.parent / "data" / "sources.opml").read_bytes())
    assert {source.kind for source in sources} == {"rss", "listing"}
    assert all(source.group for source in sources)
