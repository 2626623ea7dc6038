"""Names that the record never had: told where a list begins, and never to who follows one."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_dispute, make_event

pytestmark = pytest.mark.django_db

FOLLOWED = "/api/v1/events/?actor=antropic&updated_since=2020-01-01"


@pytest.fixture(autouse=True)
def record() -> None:
    anthropic = make_actor("Anthropic")
    make_actor("Quiet")
    make_actor("Antropica", state="proposed")
    event = make_event(dispute=make_dispute("War on words"), actors=[(anthropic, "initiator")])
    cite(event, make_article(publisher="Daily News"))


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/events/?actor=antropic", "/api/v1/events/?actor=antropic&count=true&order=oldest", FOLLOWED,
        "/api/v1/events/?q=actor:antropic", "/api/v1/disputes/?actor=antropic", "/api/v1/quotes/?actor=antropic",
        "/api/v1/articles/?actor=antropic", "/api/v1/stats/?actor=antropic", "/api/v1/search/?q=words&actor=antropic",
        "/api/v1/events/?actor=anthropic&actor=antropic", "/api/v1/events/?actor=Antropic",
    ],
)  # fmt: skip
def test_an_actor_that_the_record_never_had_is_refused_with_who_was_meant(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-parameters")
    assert answer.json()["parameters"] == {"actor": "“antropic” is no actor of the record; did you mean anthropic?"}


def test_disputes_and_publishers_too(client: Client) -> None:
    refused = client.get("/api/v1/articles/?dispute=war-on-word&source=xyz").json()["parameters"]
    assert refused == {
        "dispute": "“war-on-word” is no dispute of the record; did you mean war-on-words?",
        "source": "“xyz” is no source of the record",
    }
    assert client.get("/api/v1/actors/?dispute=peace").status_code == 400
    assert client.get("/api/v1/articles/?dispute=war-on-words&source=daily-news").status_code == 200


@pytest.mark.parametrize("slug", ["quiet", "antropica"])
def test_who_takes_part_in_nothing_is_known_and_so_is_who_is_not_public(client: Client, slug: str) -> None:
    for noun in ("events", "disputes", "quotes", "clauses", "articles"):
        assert client.get(f"/api/v1/{noun}/?actor={slug}").json()["results"] == []
    assert client.get(f"/api/v1/stats/?actor={slug}&fields=total").json() == {"total": 0}


def test_a_place_in_a_list_stays_good(client: Client) -> None:
    place = client.get(FOLLOWED.replace("antropic", "quiet")).json()["later"]
    followed = client.get(place.replace("quiet", "antropic"))
    assert (followed.status_code, followed.json()["results"]) == (200, [])
    assert client.get("/api/v1/events/?actor=antropic&cursor=2025-01-01~1").status_code == 200


def test_exports_refuse_them_and_pages_feeds_and_calendars_stay(client: Client) -> None:
    for address in ("/events.csv", "/events.ndjson"):
        answer = client.get(f"{address}?actor=antropic")
        assert (answer.status_code, "did you mean anthropic?" in answer.text) == (400, True)
    for address in ("/", "/feed.atom", "/feed.json", "/events.ics"):
        assert client.get(f"{address}?actor=antropic").status_code == 200
    assert "Anthropic" in client.get("/?actor=antropic").text
    assert json.loads(client.get("/feed.json?actor=antropic").text)["items"] == []
