"""Documents on their way into the record, over a real site and a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest import pipeline
from ingest.models import Document
from ingest.pipeline.documents import MOST_TRIES
from tests.factories import make_actor, make_event
from tests.site import Site, make_page, serve_site
from timeline.models import Article, Citation, Event, Evidence, Quote

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 13, 12, tzinfo=UTC)
NEWS = (
    "Brackwater Labs has revoked Tessellate's access to the Corvid API, both companies said on Friday.",
    "Requests from Tessellate began to be refused on Thursday, leaving several law firms without their assistant.",
    "“We do not enjoy turning customers away, and we did not do it lightly,” said Ilse Vanderhaegen, general counsel "
    "of Brackwater Labs.",
    "Tessellate rejected the accusation that it had broken the terms of service of the API.",
)
PAGE = make_page("Brackwater Labs revokes Tessellate's API access", *NEWS, published="2026-02-13T09:00:00Z")


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    with serve_site() as site:
        settings.INGEST_ALLOW_HOSTS = [site.host]
        settings.INGEST_HOST_GAP_SECONDS = 0
        site.pages["/story"] = PAGE
        yield site


@pytest.fixture
def companies() -> None:
    maker = make_actor("Brackwater Labs")
    make_actor("Tessellate")
    make_actor("Corvid API", kind="product", parent=maker)
    make_actor("Ilse Vanderhaegen", kind="person", parent=maker, title="General counsel")


def run(url: str, **given: Any) -> pipeline.Outcome:
    document_id, _ = pipeline.add_document(url=url, now=NOW, **given)
    outcome = pipeline.process_document(document_id, now=NOW)
    assert outcome is not None
    return outcome


def test_an_article_on_an_unknown_event_proposes_it(site: Site, companies: None) -> None:
    outcome = run(site.url("/story"))
    event = Event.objects.get()
    assert (outcome.step, event.state, event.kind) == ("recorded", "proposed", "revocation")
    roles = set(event.participations.values_list("actor__slug", "role"))
    assert {("brackwater-labs", "initiator"), ("tessellate", "target")} <= roles
    assert Quote.objects.get().speaker.slug == "ilse-vanderhaegen"
    assert Article.objects.get().publisher.name == "Example Wire"


def test_the_evidence_stands_in_the_text_at_its_offsets(site: Site, companies: None) -> None:
    run(site.url("/story"))
    text = Document.objects.get().text
    rows = [row for row in Evidence.objects.all() if row.start >= 0]
    assert rows
    assert all(text[row.start : row.end] == row.sentence for row in rows)


def test_an_article_on_a_known_event_becomes_its_citation(site: Site, companies: None) -> None:
    known = make_event("Brackwater cuts off Tessellate", on=NOW.date() - timedelta(days=1))
    for slug, role in (("brackwater-labs", "initiator"), ("tessellate", "target")):
        known.participations.create(actor=known.actors.model.objects.get(slug=slug), role=role)
    outcome = run(site.url("/story"))
    assert [done.known for done in outcome.recorded] == [True]
    assert Citation.objects.get().event == known
    assert Citation.objects.get().reasons
    assert not Quote.objects.published().exists()


def test_an_article_that_is_none_of_ours_proposes_nothing(site: Site, companies: None) -> None:
    site.pages["/bread"] = make_page(
        "Baker wins prize", *["The jury praised the crust, and the baker thanked her oven."] * 4
    )
    assert run(site.url("/bread")).step == "irrelevant"
    assert (Article.objects.count(), Event.objects.count()) == (1, 0)
    assert Document.objects.get().reasons


def test_running_a_finished_document_again_does_nothing(site: Site, companies: None) -> None:
    outcome = run(site.url("/story"))
    assert pipeline.process_document(outcome.document_id, now=NOW) is None
    assert site.requests["/story"] == 1


def test_a_page_read_again_from_the_start_adds_nothing_twice(site: Site, companies: None) -> None:
    run(site.url("/story"))
    before = [model.objects.count() for model in (Event, Citation, Evidence, Quote, Article)]
    run(site.url("/story"), body=PAGE, content_type="text/html")
    assert [model.objects.count() for model in (Event, Citation, Evidence, Quote, Article)] == before


@pytest.mark.parametrize("step", ["found", "fetched", "extracted"])
def test_a_document_left_at_any_step_goes_on_from_there(site: Site, companies: None, step: str) -> None:
    document_id, _ = pipeline.add_document(url=site.url("/story"), now=NOW)
    if step != "found":
        pipeline.add_document(url=site.url("/story"), now=NOW, body=PAGE, content_type="text/html")
    if step == "extracted":
        run(site.url("/story"))
        Citation.objects.all().delete()
        Event.objects.all().delete()
        Document.objects.update(step=step, due_at=NOW)
    Document.objects.update(claimed_until=NOW - timedelta(seconds=1))  # somebody who was killed
    outcome = pipeline.process_document(document_id, now=NOW)
    assert outcome is not None
    assert (outcome.step, Event.objects.count()) == ("recorded", 1)


def test_a_page_that_is_gone_fails_for_good(site: Site) -> None:
    assert run(site.url("/gone")).step == "failed"
    assert "404" in Document.objects.get().error
    assert Document.objects.get().due_at is None


def test_a_server_that_is_down_is_tried_again_later_each_time(site: Site) -> None:
    document_id, _ = pipeline.add_document(url="http://127.0.0.1:9/story", now=NOW)  # a port that is not allowed
    assert pipeline.process_document(document_id, now=NOW).step == "failed"  # type: ignore[union-attr]
    site.headers["/busy"] = {"Content-Length": "99", "Connection": "close"}  # promises more than it sends
    site.pages["/busy"] = b""
    outcome = run(site.url("/busy"))
    document = Document.objects.get(pk=outcome.document_id)
    assert (document.step, document.tries, bool(document.error)) == ("found", 1, True)
    assert document.due_at is not None
    assert document.due_at > NOW


def test_a_document_that_kills_its_worker_ends(site: Site) -> None:
    document_id, _ = pipeline.add_document(url=site.url("/story"), now=NOW)
    Document.objects.update(tries=MOST_TRIES)
    outcome = pipeline.process_document(document_id, now=NOW)
    assert outcome is not None
    assert outcome.step == "failed"


def test_a_page_without_an_article_says_so(site: Site) -> None:
    site.pages["/empty"] = b"<html><body></body></html>"
    assert run(site.url("/empty")).error
