"""The feeds of the starter record: valid, and read whole by programs that read feeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
import reader
from django.core.management import call_command
from django.test import Client

from tests.factories import cite, make_event
from tests.feed_rules import check_atom, check_rss
from tests.record import RECORD
from timeline import services
from timeline.models import Actor, Event

SCHEMA = Path(__file__).resolve().parent / "data" / "jsonfeed.schema.json"
FOLLOWED = ["feed", "quotes", "corrections"]
QUERIES = ["", "?actor=openai", "?dispute=anthropic-openai-claude-access&order=updated", "?q=nothingatall"]


@pytest.fixture
def corrected(db: None) -> None:
    """The starter record, with some of it put right."""
    call_command("load_record", str(RECORD), verbosity=0)
    rows = list(Event.objects.order_by("-on")[:4])
    services.correct_event(event_id=rows[0].pk, values={"title": "A < better & title"}, by="editor", reason="Wrong.")
    services.withdraw_event(event_id=rows[1].pk, by="editor", reason="It did not happen.")
    services.merge_events(event_id=rows[2].pk, into_id=rows[3].pk, by="editor", reason="The same.")


@pytest.mark.usefixtures("corrected")
def test_feeds_are_valid(client: Client) -> None:
    schema = json.loads(SCHEMA.read_text())
    for noun in FOLLOWED:
        for query in QUERIES:
            assert check_atom(client.get(f"/{noun}.atom{query}").content) == []
            assert check_rss(client.get(f"/{noun}.rss{query}").content) == []
            jsonschema.validate(client.get(f"/{noun}.json{query}").json(), schema)


@pytest.mark.usefixtures("corrected")
def test_the_rules_can_fail(client: Client) -> None:
    atom, rss = client.get("/feed.atom").content, client.get("/feed.rss").content
    assert check_atom(atom.replace(b"<updated>", b"<updated>x"))
    assert check_atom(atom.replace(b'href="http', b'href="'))
    assert check_rss(rss.replace(b"<guid", b"<gid").replace(b"/guid", b"/gid"))
    assert check_rss(rss.replace(b"&lt;p&gt;", b"&lt;script&gt;", 1))


@pytest.mark.usefixtures("corrected")
def test_corrections_tell_what_and_why(client: Client) -> None:
    entries = feedparser.parse(client.get("/corrections.atom").content).entries
    assert [entry.title.partition(":")[0] for entry in entries] == ["Merged", "Merged", "Withdrawn", "Corrected"]
    assert "A &lt; better &amp; title" in entries[3].content[0].value
    assert "It did not happen." in entries[2].content[0].value
    actor = Event.objects.order_by("-on")[0].participations.all()[0].actor.slug
    narrowed = feedparser.parse(client.get(f"/corrections.atom?actor={actor}").content).entries
    assert "Corrected" in {entry.title.partition(":")[0] for entry in narrowed}


@pytest.mark.django_db
def test_titles_name_people_not_slugs(client: Client) -> None:
    call_command("load_record", str(RECORD), verbosity=0)
    feed = client.get("/feed.json?actor=us-bis&kind=regulation").json()
    assert "us-bis" not in feed["title"]
    assert feed["title"].endswith("regulation)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_reader_follows_them(live_server: Any, form: str) -> None:
    """It finds every entry, asks again with what it knows, and takes what is new and what changed."""
    call_command("load_record", str(RECORD), verbosity=0)
    address = f"{live_server.url}/feed.{form}?actor=openai"
    expected = {item["id"] for item in Client().get("/feed.json?actor=openai").json()["items"]}
    with reader.make_reader(":memory:") as program:
        program.add_feed(address)
        program.update_feed(address)
        assert program.get_feed(address).last_exception is None
        assert {entry.id for entry in program.get_entries()} == expected
        assert all(entry.content or entry.summary for entry in program.get_entries())
        openai = Actor.objects.get(slug="openai")
        cite(make_event("Brand new", on=Event.objects.latest("on").on, actors=[(openai, "target")]))
        program.update_feed(address)
        assert "Brand new" in {entry.title for entry in program.get_entries()}
