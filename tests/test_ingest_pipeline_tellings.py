"""Several articles of one event: the proposal says what they tell together, until an editor has touched it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest import pipeline
from tests.factories import make_actor
from tests.site import make_page
from timeline import services
from timeline.models import Event, Evidence

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 14, 12, tzinfo=UTC)
CUT = "Brackwater Labs has revoked Tessellate's access to the Corvid API, both companies said on Friday."
SCOPE = "Researchers will continue to have access to the Corvid API."
# It does not say who was shut out.
BRIEF = ("Brackwater Labs revokes access to the Corvid API", CUT.replace("Tessellate's access", "access"))
FULL = ("Brackwater Labs cuts off Tessellate", CUT, SCOPE)
ALIKE = ("Tessellate loses access to the Corvid API of Brackwater Labs", CUT.replace("revoked", "withdrawn"))


@pytest.fixture(autouse=True)
def companies() -> None:
    maker = make_actor("Brackwater Labs")
    make_actor("Tessellate")
    make_actor("Corvid API", kind="product", parent=maker)


def read(name: str, title: str, *paragraphs: str) -> None:
    page: Any = make_page(title, *paragraphs, published="2026-02-14T09:00:00Z")
    body = page if isinstance(page, bytes) else page.encode()
    document_id, _ = pipeline.add_document(
        url=f"https://{name}.example/story", now=NOW, body=body, content_type="text/html; charset=utf-8"
    )
    outcome = pipeline.process_document(document_id, now=NOW)
    assert outcome is not None
    assert outcome.recorded


def test_who_the_first_article_leaves_out_comes_from_the_next_with_its_sentence() -> None:
    read("first", *BRIEF)
    assert not Event.objects.get().participations.filter(role="target").exists()
    read("second", *FULL)
    event = Event.objects.get()
    target = event.participations.get(role="target")
    assert target.actor.name == "Tessellate"
    assert "Tessellate" in event.title
    assert event.scope == SCOPE
    assert Evidence.objects.filter(participation=target).get().citation.article.url == "https://second.example/story"


def test_articles_that_quote_the_same_words_join_and_say_so() -> None:
    words = "“We see no choice but to close the door,” said Mara Quist, the chief executive of Brackwater Labs."
    read("first", *FULL, words)
    read("second", *ALIKE, words.replace("We see", "At last we see"))
    assert "the same words are quoted" in Event.objects.get().citations.order_by("id").last().reasons


def test_what_an_editor_corrected_stays() -> None:
    read("first", *BRIEF)
    event = Event.objects.get()
    services.correct_event(event_id=event.pk, values={"title": "Brackwater shuts the door"}, by="editor ada")
    read("second", *FULL)
    event.refresh_from_db()
    assert event.citations.count() == 2
    assert (event.title, event.scope) == ("Brackwater shuts the door", "")
    assert not event.participations.filter(role="target").exists()


def test_the_summary_names_who_reports_it() -> None:
    for name, story in (("first", BRIEF), ("second", FULL), ("third", ALIKE)):
        read(name, *story)
    event = Event.objects.get()
    assert event.citations.count() == 3
    assert event.summary.startswith(f"{event.title}; ")
    assert event.summary.rstrip(".").endswith("Example Wire")


def test_a_page_of_nobody_known_is_no_source_to_name() -> None:
    read("first", *BRIEF)
    page = make_page(*FULL, published="2026-02-14T09:00:00Z")
    nameless = page.replace("Example Wire", "") if isinstance(page, str) else page.replace(b"Example Wire", b"")
    body = nameless.encode() if isinstance(nameless, str) else nameless
    document_id, _ = pipeline.add_document(url="", now=NOW, body=body, content_type="text/html; charset=utf-8")
    pipeline.process_document(document_id, now=NOW)
    event = Event.objects.get()
    assert event.citations.filter(article__publisher__name=services.UNKNOWN_PUBLISHER).exists()
    assert event.summary.endswith("by Example Wire.")
