"""Feeds that keep their rules are read by a quick way, which has to say what feedparser says, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse.quick import read_quick_feed
from ingest.parse.xmlfeed import read_any_feed
from ingest.types import ParsedFeed

DATA = Path(__file__).parent / "data" / "feeds"
URL = "https://news.example/feed"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
RSS = """<rss version="2.0" {spaces}><channel><title>News</title><link>https://news.example/</link>
{head}{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" {spaces}><title>News</title><link href="https://news.example/"/>
{head}{items}</feed>"""


def read_parts(name: str) -> tuple[list[str], list[str]]:
    """Parts of an entry: one of each that a plain one may have, and others."""
    plain, odd = (DATA / name).read_text().split("\n\n")
    return plain.splitlines(), odd.rstrip("\n").split("\n")


PLAIN_RSS, ODD_RSS = read_parts("rss-parts.txt")
PLAIN_ATOM, ODD_ATOM = read_parts("atom-parts.txt")
RSS_PARTS, ATOM_PARTS = [*PLAIN_RSS, *ODD_RSS], [*PLAIN_ATOM, *ODD_ATOM]
HEADS = (
    "",
    "<ttl>60</ttl>",
    "<language>en</language>",
    '<atom:link rel="self" href="/feed"/>',
    "<image><title>I</title></image>",
    "<image><link><b/></link></image>",
    '<atom:link rel="self"/>',
)


def read_both(body: str, content_type: str = "application/xml") -> tuple[ParsedFeed | None, ParsedFeed | None]:
    """What the quick way says, and what feedparser says; the wishes of the head aside."""
    quick, slow = (
        read_quick_feed(body.encode(), URL, content_type),
        read_any_feed(body.encode(), URL, content_type),
    )
    return quick and quick[0], slow and replace(slow, ttl_minutes=None)


def join(frame: str, tag: str, head: str, items: list[list[str]]) -> str:
    entries = "".join(f"<{tag}>{''.join(parts)}</{tag}>" for parts in items)
    return frame.format(spaces=SPACES, head=head, items=entries)


@pytest.mark.parametrize(("frame", "tag", "parts"), [(RSS, "item", PLAIN_RSS), (ATOM, "entry", PLAIN_ATOM)])
def test_a_feed_that_keeps_the_rules_is_read_the_quick_way(frame: str, tag: str, parts: list[str]) -> None:
    quick, slow = read_both(join(frame, tag, "", [parts, parts]))
    assert quick is not None
    assert quick == slow
    assert quick.items[0].published_at is not None
    assert all((quick.items[0].url, quick.items[0].title, quick.items[0].author, quick.items[0].summary))


@given(st.sampled_from(HEADS), st.lists(st.lists(st.sampled_from(RSS_PARTS), max_size=9), min_size=1, max_size=2))
def test_rss_is_read_as_feedparser_reads_it_or_left_to_it(head: str, items: list[list[str]]) -> None:
    quick, slow = read_both(join(RSS, "item", head, [[*PLAIN_RSS[1:3], *items[0]], *items]))
    assert quick in (None, slow)


@given(st.lists(st.lists(st.sampled_from(ATOM_PARTS), max_size=9), min_size=1, max_size=2))
def test_atom_is_read_as_feedparser_reads_it_or_left_to_it(items: list[list[str]]) -> None:
    quick, slow = read_both(join(ATOM, "entry", "", items))
    assert quick in (None, slow)


@given(st.permutations(PLAIN_RSS), st.permutations(PLAIN_ATOM), st.sampled_from(RSS_PARTS), st.sampled_from(ATOM_PARTS))
def test_one_odd_part_among_plain_ones_changes_nothing(rss: list[str], atom: list[str], one: str, other: str) -> None:
    for frame, tag, parts in ((RSS, "item", [*rss, one]), (ATOM, "entry", [*atom, other])):
        quick, slow = read_both(join(frame, tag, "", [parts]))
        assert quick in (None, slow)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (join(RSS, "item", "", [PLAIN_RSS]), "text/xml; charset=utf-16"),
        ('<?xml version="1.0" encoding="windows-1252"?>' + join(RSS, "item", "", [PLAIN_RSS]), ""),
        ('<!DOCTYPE rss [<!ENTITY a "b">]>' + join(RSS, "item", "", [PLAIN_RSS]), ""),
        (join(RSS, "item xml:base='/x'", "", [PLAIN_RSS]).replace("</item xml:base='/x'>", "</item>"), ""),
        (join(RSS, "item", "", [PLAIN_RSS]).replace('"2.0"', '"0.91"'), ""),
        ("<rss version='2.0'/>", ""),
        ("<html/>", ""),
        (URL, ""),
        (join(RSS, "item", "", [PLAIN_RSS])[:-9], ""),
        (join(RSS, "item", "", [PLAIN_RSS]).replace("<pubDate>Fri", "<pubDate>Tun"), ""),
        (join(RSS, "item", "", [PLAIN_RSS]).replace("01 Aug", "31 Jun"), ""),
    ],
)
def test_what_leaves_a_choice_or_a_doubt_is_left_to_feedparser(body: str, content_type: str) -> None:
    assert read_quick_feed(body.encode(), URL, content_type) is None
