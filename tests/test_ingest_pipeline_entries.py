"""Items that share a page, have none, or are dated wildly: each is a story of its own, in the words of its feed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest import pipeline
from ingest.models import Document, Feed, Version
from tests.ingest_site import NEWS, NOW, TITLE, add_feed, companies, poll, site
from tests.site import Site, make_rss
from timeline.models import Article, Change, Event

__all__ = ["companies", "site"]
pytestmark = pytest.mark.django_db

PAGE = "https://wire.example/changelog"
LATER = NOW + timedelta(hours=3)


def serve(site: Site, title: str = TITLE, words: str = " ".join(NEWS)) -> None:
    """Put a feed of one item without a link on the site."""
    item = f"<item><guid isPermaLink='false'>1</guid><title>{title}</title><description>{words}</description></item>"
    site.pages["/feed"] = make_rss("Wire", "https://wire.example/", []).replace(
        b"</channel>", f"{item}</channel>".encode()
    )


def take(feed: Feed, now: datetime) -> Document:
    """Poll, and read what came of it; the one document."""
    poll(feed, now)
    pipeline.process_document(Document.objects.get().pk, now=now)
    return Document.objects.get()


def test_places_on_one_page_are_stories_of_their_own(site: Site) -> None:
    feed = add_feed(site, *((f"g{n}", f"{PAGE}#v{n}", f"Version {n}") for n in range(3)))
    assert len(poll(feed).documents) == 3
    assert sorted(url.rpartition("#")[2] for url in Article.objects.values_list("url", flat=True)) == ["v0", "v1", "v2"]
    assert set(Document.objects.values_list("from_feed", "step")) == {(True, "fetched")}
    add_feed(site, *((f"g{n}", f"{PAGE}#v{n}", f"Version {n}") for n in range(1, 4)))
    assert len(poll(feed, LATER).documents) == 1


@pytest.mark.parametrize("home", [PAGE, "https://wire.example/"])
def test_stories_that_all_point_to_one_page_are_stories_of_their_own(site: Site, home: str) -> None:
    titles = ("Bakers win a prize", "Harbour closed by storm", "Museum finds a letter")
    feed = add_feed(site, *((f"g{n}", PAGE, title) for n, title in enumerate(titles)), home=home)
    assert len(poll(feed).documents) == 3
    assert Article.objects.filter(title__in=titles).count() == 3


def test_a_fragment_that_says_where_readers_came_from_does_not_count(site: Site) -> None:
    feed = add_feed(
        site, ("a", "https://wire.example/1#xtor=RSS-1", "One"), ("b", "https://wire.example/2#xtor=RSS-1", "Two")
    )
    poll(feed)
    assert set(Document.objects.values_list("url", flat=True)) == {"https://wire.example/1", "https://wire.example/2"}


def test_changed_words_of_an_item_without_a_page_are_a_version_and_read_again(site: Site, companies: None) -> None:
    feed = add_feed(site)
    serve(site)
    before = take(feed, NOW)
    assert (before.step, before.check_at) == ("recorded", None)
    serve(site, words=" ".join(NEWS[:-1]) + " A correction: an earlier text named the wrong day.")
    assert poll(feed, LATER).changed == 1
    after = take(feed, LATER)
    assert "A correction" in after.text
    assert (after.step, Version.objects.get().text) == ("recorded", before.text)
    assert (Article.objects.count(), Event.objects.count()) == (1, 1)
    assert Change.objects.filter(noun="article", reason="The publisher changed the article.").count() == 1


def test_the_same_words_of_an_item_without_a_page_change_nothing(site: Site) -> None:
    feed = add_feed(site)
    serve(site)
    take(feed, NOW)
    site.pages["/feed"] += b" "
    result = poll(feed, LATER)
    assert (result.documents, result.changed, Version.objects.count()) == ((), 0, 0)


@pytest.mark.parametrize("date", ["Fri, 01 Aug 2199 22:10:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_date_that_cannot_be_is_none(site: Site, date: str) -> None:
    feed = add_feed(site, ("a", "https://wire.example/1", "One"))
    site.pages["/feed"] = site.pages["/feed"].replace(b"Fri, 13 Feb 2026 11:45:00 GMT", date.encode())
    poll(feed)
    assert (Document.objects.get().published_at, Article.objects.get().published_on) == (None, None)
