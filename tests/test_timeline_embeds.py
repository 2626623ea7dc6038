"""Events on other sites: pictures, cards in frames, oEmbed."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image

from tests.factories import make_actor, make_event
from tests.payloads import PAYLOADS
from timeline import services
from timeline.cards import SIZE, Card, draw_card
from timeline.models import Event, Redirect

pytestmark = pytest.mark.django_db
LONG = "Incomprehensibilities " * 40


@pytest.fixture
def event() -> Event:
    return make_event("Vendor <b>cuts</b> off rival", actors=[(make_actor(), "initiator"), (make_actor(), "target")])


def test_the_page_names_a_picture_of_the_size_it_says(client: Client, event: Event) -> None:
    head = BeautifulSoup(client.get(event.get_absolute_url()).content, "html.parser").head
    assert head is not None
    address = str(head.select_one('meta[property="og:image"]')["content"])  # type: ignore[index]
    answer = client.get(address)
    image = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.size) == ("image/png", "PNG", SIZE)
    assert len(answer.content) < 60_000


@pytest.mark.parametrize(
    "text", ["", "x" * 900, LONG, "一条很长的标题" * 30, "عنوان\u202e مقلوب", *PAYLOADS[:5], "\x00\n\t"]
)
def test_any_text_becomes_a_picture(text: str) -> None:
    assert Image.open(BytesIO(draw_card(Card(text, text, text, text, text)))).size == SIZE


def test_only_the_card_may_stand_in_a_frame(client: Client, event: Event) -> None:
    card, page = client.get(f"{event.get_absolute_url()}card/"), client.get(event.get_absolute_url())
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'self'" in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "Vendor &lt;b&gt;cuts" in card.content.decode()


def test_oembed_is_announced_and_tells_how_to_embed(client: Client, event: Event) -> None:
    page = BeautifulSoup(client.get(event.get_absolute_url()).content, "html.parser")
    link = page.select_one('link[type="application/json+oembed"]')
    assert link is not None
    answer = client.get(str(link["href"]) + "&maxwidth=400&maxheight=2000").json()
    assert (answer["type"], answer["width"], answer["height"]) == ("rich", 400, 340)
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert frame is not None
    assert frame["title"] == event.title
    assert client.get(str(frame["src"])).status_code == 200


def test_oembed_follows_old_addresses(client: Client, event: Event) -> None:
    Redirect.objects.create(slug="2020-old", to=event, reason="renamed")
    assert client.get("/oembed", {"url": "http://testserver/events/2020-old/"}).json()["title"] == event.title


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 404),
        ({"url": "http://testserver/"}, 404),
        ({"url": "http://testserver/events/none/"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "http://testserver/events/2025-08-01-e/", "format": "xml"}, 501),
        ({"url": "http://testserver/events/2025-08-01-e/", "maxwidth": "wide"}, 400),
    ],
)
def test_oembed_says_what_it_cannot_do(client: Client, query: dict[str, str], status: int) -> None:
    make_event("E")
    assert client.get("/oembed", query).status_code == status


@pytest.mark.parametrize("page", ["card.png", "card/"])
def test_what_others_embed_leads_on_or_says_that_it_no_longer_holds(client: Client, event: Event, page: str) -> None:
    Redirect.objects.create(slug="2020-old", to=event, reason="renamed")
    moved = client.get(f"/events/2020-old/{page}")
    assert (moved.status_code, moved["Location"]) == (301, f"{event.get_absolute_url()}{page}")
    services.withdraw_event(event_id=event.pk, by="editor ada", reason="A <hoax>")
    gone = client.get(f"{event.get_absolute_url()}{page}")
    assert gone.status_code == 410
    if page == "card/":
        assert "The reason: A &lt;hoax&gt;" in gone.content.decode()
        assert "frame-ancestors *" in gone["Content-Security-Policy"]
        assert "X-Frame-Options" not in gone


@pytest.mark.parametrize("page", ["card.png", "card/"])
def test_what_is_not_public_has_no_picture(client: Client, page: str) -> None:
    event = make_event(state="proposed")
    assert client.get(f"{event.get_absolute_url()}{page}").status_code == 404
