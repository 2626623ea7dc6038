"""What is read of a feed beyond the titles that the hostile server checks."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ParseError
from ingest.parse import parse_feed
from ingest.parse.dates import parse_date
from ingest.parse.feed import read_feed
from ingest.types import Item, ParsedFeed
from tests.hostile.case import FEED, rss, story
from tests.hostile.items import DATES, WILD_DATES

URL = "https://news.example/feeds/all.xml"
TIME = datetime(2025, 8, 1, 22, 10, tzinfo=UTC)
FULL = """<title>T</title><link>/a?b=1&amp;c=2</link><guid isPermaLink="false">urn:1</guid>
<author>a@b.example (Ada)</author><description>&lt;p onclick="x()"&gt;One&lt;/p&gt;
&lt;p&gt;Two&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description>
<pubDate>Fri, 01 Aug 2025 22:10:00 GMT</pubDate>"""
HEAD = """<link>https://news.example/</link><ttl>90</ttl>
<skipHours><hour>0</hour><hour>7</hour><hour>24</hour></skipHours>"""


def parse(body: bytes | str, content_type: str = "") -> ParsedFeed:
    return parse_feed(body.encode() if isinstance(body, str) else body, URL, content_type)


def only(body: bytes | str) -> Item:
    (item,) = parse(body).items
    return item


def test_an_item_in_full() -> None:
    assert only(rss(FULL)) == Item(
        guid="urn:1",
        url="https://news.example/a?b=1&c=2",
        title="T",
        author="a@b.example (Ada)",
        summary="One Two",
        published_at=TIME,
    )


def test_the_feeds_own_wishes() -> None:
    feed = parse(rss(story(1), head=HEAD))
    assert (feed.title, feed.site_url, feed.ttl_minutes) == ("F", "https://news.example/", 90)
    assert feed.skip_hours == {0, 7}


def test_update_periods_are_wishes_too() -> None:
    module = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'
    assert parse(rss(story(1), head=module)).ttl_minutes == 1440


@pytest.mark.parametrize("written", DATES)
def test_every_usual_date_is_read(written: str) -> None:
    published = only(rss(f"{story(1)}<pubDate>{written}</pubDate>")).published_at
    assert published is not None
    assert published.replace(second=0, microsecond=0) == TIME


@pytest.mark.parametrize("written", WILD_DATES)
def test_what_is_no_date_is_none(written: str) -> None:
    assert only(rss(f"{story(1)}<pubDate>{written}</pubDate>")).published_at is None


def test_dates_of_people_need_day_month_and_year() -> None:
    assert parse_date("3 May 2024") == datetime(2024, 5, 3, tzinfo=UTC)
    assert [parse_date(text) for text in ("May 2024", "12:30", "yesterday", "3 days ago", "")] == [None] * 5


def test_atom_keeps_published_and_updated_apart() -> None:
    entry = "<entry><id>1</id><title>T</title><updated>2025-08-01T22:10:00Z</updated></entry>"
    item = only(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{entry}</feed>')
    assert (item.published_at, item.updated_at) == (None, TIME)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://news.example/a"),
        ("b", "https://news.example/feeds/b"),
        ("//cdn.example/c", "https://cdn.example/c"),
        (" https://news.example/d\n", "https://news.example/d"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_links_become_web_addresses_or_nothing(link: str, url: str) -> None:
    assert only(rss(f"<title>T</title><guid isPermaLink='false'>1</guid><link>{link}</link>")).url == url


def test_identity_survives_a_change_of_the_text() -> None:
    before, after = (only(rss(f"<title>T</title><description>{text}</description>")) for text in ("a", "b"))
    assert before.guid == after.guid


def test_a_guid_said_twice_is_the_later_version() -> None:
    old, new = (
        f"{story(1, title)}<pubDate>{day} Aug 2025 00:00:00 GMT</pubDate>" for title, day in (("A", 1), ("B", 2))
    )
    assert only(rss(old, new)).title == only(rss(new, old)).title == "B"


def test_a_guid_shared_by_addresses_gives_way_to_them() -> None:
    feed = parse(rss(story(1), story(1, "Other").replace("example/1", "example/2")))
    assert [item.guid for item in feed.items] == ["https://news.example/1", "https://news.example/2"]
    assert "Several items share one id." in feed.problems


def test_outsize_feeds_are_read_whole_in_slices() -> None:
    body = rss(*(story(number) for number in range(2_500)))
    assert [item.guid for item in read_feed(body, URL).items] == [f"g{number}" for number in range(2_500)]


def test_text_that_looks_like_the_end_of_an_item_cuts_no_feed() -> None:
    tricky = "<description><![CDATA[</item> </channel> <item>]]></description>"
    body = rss(*(story(number) + tricky for number in range(2_100)))
    assert len(read_feed(body, URL).items) == 2_100


@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, len(FEED)), st.integers(0, 60))
def test_no_damage_brings_any_other_error(noise: bytes, at: int, lost: int) -> None:
    with contextlib.suppress(ParseError):
        assert parse(FEED[:at] + noise + FEED[at + lost :]).items is not None
