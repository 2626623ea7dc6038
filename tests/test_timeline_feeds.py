"""Feeds, read by the feed reader that the site itself reads feeds with."""

from __future__ import annotations

from datetime import date
from typing import Any

import feedparser
import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_event, make_quote

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & “quotes” ]]>"


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.rss"])
def test_a_reader_finds_every_entry(client: Client, address: str) -> None:
    event = make_event("Vendor cuts rival", on=date(2025, 8, 1), kind="revocation")
    make_event("Other", kind="deal")
    feed = feedparser.parse(client.get(f"{address}?kind=revocation").content)
    (entry,) = feed.entries
    assert not feed.bozo
    assert entry.title == "Vendor cuts rival"
    assert entry.link == f"http://testserver{event.get_absolute_url()}"
    assert entry.id == f"tag:localhost,2026:event/{event.pk}"
    assert entry.published_parsed[:3] == (2025, 8, 1)
    assert {tag.term for tag in entry.tags} == {"revocation", "confirmed"}


def test_the_json_feed_holds_the_same(client: Client) -> None:
    event = make_event("Vendor cuts rival", summary="In short.")
    feed = client.get("/feed.json").json()
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (item["id"], item["title"], item["summary"]) == (
        f"tag:localhost,2026:event/{event.pk}",
        "Vendor cuts rival",
        "In short.",
    )
    assert item["date_published"] == "2025-08-01T00:00:00+00:00"


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.rss", "/feed.json"])
def test_hostile_words_stay_words(client: Client, address: str) -> None:
    actor = make_actor(HOSTILE, slug="hostile")
    event = make_event(HOSTILE, slug="2025-08-01-hostile", summary=HOSTILE, actors=[(actor, "initiator")])
    make_quote(event, actor, HOSTILE)
    cite(event, make_article(HOSTILE))
    body = client.get(address).content
    if address == "/feed.json":
        html = client.get(address).json()["items"][0]["content_html"]
    else:
        (entry,) = feedparser.parse(body, sanitize_html=False).entries
        html = entry.content[0].value if address == "/feed.atom" else entry.summary
        assert "<script" not in entry.summary
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5  # who acts, the summary, the quote, its speaker, the source


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.rss", "/feed.json"])
def test_nothing_new_is_nothing_sent(client: Client, address: str) -> None:
    make_event()
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    make_event()
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.rss", "/feed.json"])
def test_a_filter_that_means_nothing_is_refused(client: Client, address: str) -> None:
    assert client.get(f"{address}?knd=deal").status_code == 400


@pytest.mark.parametrize(("order", "first"), [("oldest", "New"), ("relevance", "New"), ("updated", "Old")])
def test_a_feed_begins_with_what_is_new(client: Client, order: str, first: str) -> None:
    make_event("New", on=date(2025, 2, 1), summary="word")
    make_event("Old", on=date(2025, 1, 1), summary="word word")  # entered last
    assert client.get(f"/feed.json?q=word&order={order}").json()["items"][0]["title"] == first


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_hub_is_named_where_there_is_one(client: Client, settings: Any, form: str) -> None:
    make_event()
    hub = "https://hub.example/"
    found = []
    for settings.WEBSUB_HUB in ("", hub):
        settings.ANSWERS_MEGABYTES = 0
        found.append(feedparser.parse(client.get(f"/feed.{form}").content).feed.links)
    assert hub not in [link["href"] for link in found[0]]
    assert [link["href"] for link in found[1] if link["rel"] == "hub"] == [hub]
    assert client.get("/feed.json").json()["hubs"] == [{"type": "WebSub", "url": hub}]


@pytest.mark.django_db
def test_a_feed_leads_to_the_page_that_shows_the_same(client: Client) -> None:
    homes = {noun: client.get(f"/{noun}.json").json()["home_page_url"] for noun in ("feed", "quotes", "corrections")}
    assert homes == {
        "feed": "http://testserver/",
        "quotes": "http://testserver/quotes/",
        "corrections": "http://testserver/corrections/",
    }
