"""Addresses for search engines, and what an event's page says of itself to machines."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from lxml import etree

from tests.factories import cite, make_actor, make_dispute, make_event, make_quote
from timeline.metadata import cite_bibtex, cite_plain
from timeline.models import Event
from timeline.queries import sitemap

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def list_locations(client: Client, address: str) -> list[str]:
    return [
        str(text) for text in etree.fromstring(client.get(address).content).xpath("//s:loc/text()", namespaces=NAMES)
    ]


@pytest.mark.django_db
def test_the_sitemaps_hold_every_public_address_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 2)
    rows = [make_actor(), make_dispute(), *(make_event() for _ in range(5))]
    make_event(state="proposed")
    make_actor(state="proposed")
    found = [page for part in list_locations(client, "/sitemap.xml") for page in list_locations(client, part)]
    assert sorted(found) == sorted(f"http://testserver{row.get_absolute_url()}" for row in rows)


@pytest.mark.django_db
def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
    assert client.get("/sitemaps/editor-0.xml").status_code == 404


@pytest.mark.django_db
def test_an_event_describes_itself(client: Client) -> None:
    vendor = make_actor("Vendor")
    event = make_event("Cut", on=date(2025, 8, 1), precision="month", actors=[(vendor, "initiator")])
    make_quote(event, vendor, "</script><script>alert(1)</script>")
    cite(event)
    soup = BeautifulSoup(client.get(event.get_absolute_url()).content, "html.parser")
    described = json.loads(soup.find("script", type="application/ld+json").string)
    assert described["about"] == {"@type": "Event", "name": "Cut", "startDate": "2025-08"}
    assert described["hasPart"][0]["text"] == "</script><script>alert(1)</script>"
    assert soup.find("link", rel="canonical")["href"] == f"http://testserver{event.get_absolute_url()}"


def test_citations_hold_title_date_and_address() -> None:
    event = Event(slug="2025-01-01-a-b", title="50% of a_b & {c}", on=date(2025, 1, 1), precision="year")
    event.updated_at = date(2025, 2, 3)
    assert cite_plain(event, "https://x.example/") == (
        "“50% of a_b & {c}” (2025). aiwatch: the record of the AI API war. Last changed 2025-02-03. https://x.example/"
    )
    assert r"title = {{50\% of a\_b \& \{c\}}}" in cite_bibtex(event, "https://x.example/")
