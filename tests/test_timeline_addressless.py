"""Articles of which nobody knows the address: cited by title and publisher, nowhere by what takes its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_clause, make_event, make_quote
from timeline.addresses import make_stand_in
from timeline.models import Article, Change, Event
from timeline.queries.record import get_record
from timeline.record import read_record, write_record
from timeline.services.history import note_change

pytestmark = pytest.mark.django_db

URL = make_stand_in("0a1b2c")
FACES = (
    "/", "/events/{}/", "/events/{}/card/", "/quotes/", "/clauses/", "/corrections/", "/feed.atom", "/feed.rss",
    "/feed.json",
    "/quotes.atom", "/quotes.json", "/corrections.atom", "/events.csv", "/events.ndjson", "/events.ics", "/sources/",
    "/api/v1/events/{}/?expand=history", "/api/v1/events/?expand=history", "/api/v1/quotes/", "/api/v1/clauses/",
    "/api/v1/articles/", "/api/v1/sources/", "/api/v1/articles/lookup/?url=" + URL,
    "/desk/", "/desk/words/", "/desk/history/",
)  # fmt: skip


@pytest.fixture
def event() -> Event:
    """A public event that such an article tells of, with words out of it."""
    maker = make_actor("Brackwater Labs")
    event = make_event("Brackwater cuts off Tessellate", actors=[(maker, "initiator")], summary="It did.")
    article = make_article("The story on paper", publisher="The Evening Post", url=URL)
    cite(event, article)
    cite(event, make_article("A copy", url=make_stand_in("3d"), original=article))
    make_quote(event, maker, "Exact words.", article=article)
    make_clause(event, maker, "No rival products.", document="Terms", article=article)
    make_quote(event, maker, "Words that wait.", article=article, state="proposed")
    note_change(
        noun=Change.Noun.EVENT, row_id=event.pk, slug=event.slug, action="cite", by="pipeline 1", after={"article": URL}
    )
    note_change(
        noun=Change.Noun.EVENT, row_id=event.pk, slug=event.slug, action="correct", by="editor",
        after={"sources": [URL], "title": "x"}, before={"sources": [], "title": "y"},
    )  # fmt: skip
    return event


@pytest.mark.parametrize("face", FACES)
def test_what_takes_the_place_of_an_address_is_shown_nowhere(event: Event, client: Client, face: str) -> None:
    if face.startswith("/desk/"):
        client.force_login(User.objects.create_superuser("editor"))
    answer = client.get(face.format(event.slug))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert "file.invalid" not in body.decode()
    assert 'href=""' not in body.decode()


def test_it_is_cited_by_title_and_publisher(event: Event, client: Client) -> None:
    page = client.get(event.get_absolute_url()).content.decode()
    assert '<p dir="auto">The story on paper</p>' in page
    assert "The Evening Post" in page
    source = client.get(f"/api/v1/events/{event.slug}/").json()["sources"][0]
    assert (source["url"], source["title"], source["publisher"]) == (None, "The story on paper", "The Evening Post")
    article = client.get("/api/v1/articles/").json()["results"][0]
    assert (article["url"], article["original"]) == (None, None)


def test_a_record_file_names_it_and_finds_it_again(event: Event, tmp_path: Path) -> None:
    text = write_record(get_record())
    assert "file.invalid" not in text
    assert "url: urn:aiwatch:page:0a1b2c" in text
    assert read_record(text.encode(), today=date(2026, 1, 1)).events[0].sources[0] == URL
    path = tmp_path / "record.yaml"
    path.write_text(text)
    call_command("load_record", str(path))
    assert Article.objects.get(title="The story on paper").url == URL
