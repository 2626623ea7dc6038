"""Articles of the record are looked at again: what changed is kept as a version, read again, and noted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest import pipeline
from ingest.models import Document, Version
from tests.ingest_site import NEWS, NOW, TITLE, add_feed, companies, ingest, poll, site
from tests.site import Site, make_page
from timeline.models import Change, Citation, Event

__all__ = ["companies", "site"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("companies")]

LATER = NOW + timedelta(hours=3)
EDITED = (*NEWS[:-1], "Tessellate did not answer questions. A correction: an earlier text named the wrong day.")


def check(document: Document, now: datetime = LATER) -> Document:
    pipeline.check_document(document.pk, now=now)
    pipeline.process_document(document.pk, now=now)
    return Document.objects.get(pk=document.pk)


def serve(site: Site, *paragraphs: str) -> None:
    site.pages["/story"] = make_page(TITLE, *paragraphs, publisher="Wire", published="2026-02-13T09:00:00Z")


def test_a_recorded_article_is_checked_with_growing_gaps_for_two_weeks(site: Site) -> None:
    document, now, gaps = ingest(site, "/story"), NOW, []
    while document.check_at:
        gaps.append(document.check_at - now)
        now = document.check_at
        document = check(document, now)
    assert 6 <= len(gaps) <= 15
    assert timedelta(hours=1) <= gaps[0] < gaps[3] < gaps[5]
    assert timedelta(days=13) < now - NOW < timedelta(days=15)
    assert not Version.objects.exists()


def test_an_edited_text_is_kept_as_a_version_and_read_again(site: Site) -> None:
    document = ingest(site, "/story")
    serve(site, *EDITED)
    after = check(document)
    version = Version.objects.get()
    assert (version.text, version.fetched_at, version.replaced_at) == (document.text, NOW, LATER)
    assert "A correction" in after.text
    assert (after.step, after.fetched_at, after.due_at) == ("recorded", LATER, None)
    assert (Event.objects.count(), Citation.objects.count()) == (1, 1)


def test_the_record_shows_that_the_source_changed(site: Site) -> None:
    document = ingest(site, "/story")
    serve(site, *EDITED)
    check(document)
    change = Change.objects.get(noun="article", action="correct", row_id=document.article_id)
    assert change.reason == "The publisher changed the article."
    assert change.before["text"] != change.after["text"]


def test_an_unchanged_page_costs_a_304(site: Site) -> None:
    site.validators["/story"] = '"v1"'
    document = ingest(site, "/story")
    site.pages["/story"] = b"not sent"
    assert check(document).text == document.text


def test_other_markup_around_the_same_words_is_no_edit(site: Site) -> None:
    document = ingest(site, "/story")
    site.pages["/story"] += b"<!-- served at another moment -->"
    check(document)
    assert not Version.objects.exists()


@pytest.mark.parametrize("wall", ["", "Subscribe to read on, or log in if you have an account with us already."])
def test_a_wall_before_the_article_does_not_replace_it(site: Site, wall: str) -> None:
    document = ingest(site, "/story")
    serve(site, wall)
    after = check(document)
    assert (after.text, after.step, bool(after.error)) == (document.text, "recorded", True)
    assert after.check_at is not None


def test_a_page_that_is_gone_stays_in_the_record(site: Site) -> None:
    document = ingest(site, "/story")
    del site.pages["/story"]
    after = check(document)
    assert after.step == "recorded"
    assert "404" in after.error


def test_what_is_none_of_ours_is_not_checked(site: Site) -> None:
    words = ("The jury praised the crust, and the baker thanked her oven.",) * 4
    bread = ingest(site, "/bread", title="Baker wins prize", paragraphs=words)
    assert (bread.step, bread.check_at) == ("irrelevant", None)


def test_a_new_title_in_the_feed_brings_the_check_forward(site: Site) -> None:
    ingest(site, "/story")
    Document.objects.all().delete()
    feed = add_feed(site, ("1", site.url("/story"), TITLE))
    (document_id,) = poll(feed).documents
    pipeline.process_document(document_id, now=NOW)
    add_feed(site, ("1", site.url("/story"), "Brackwater Labs ends Tessellate's API access"))
    assert poll(feed, LATER).changed == 1
    assert Document.objects.get().check_at == LATER
    assert pipeline.list_due(LATER).checks == (document_id,)
