"""One item is one story: whatever feeds do to ids and addresses, nothing is lost and nothing doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ingest import pipeline
from ingest.models import Document, Feed
from ingest.pipeline.claims import ClaimLost, claim_feed, release
from tests.ingest_site import NEWS, NOW, TITLE, add_feed, companies, poll, site
from tests.site import Site, make_page, make_rss
from timeline.models import Article, Citation

__all__ = ["companies", "site"]
pytestmark = pytest.mark.django_db

BASE = "https://wire.example"
LATER = NOW + timedelta(hours=1)


def test_an_item_without_a_link_is_kept_with_its_own_words(site: Site, companies: None) -> None:
    feed = add_feed(site)
    said = "Brackwater Labs has revoked Tessellate's access to the Corvid API, both companies said on Friday."
    entry = f"<item><title>{TITLE}</title><description>{said}</description></item><item><title>B</title></item>"
    site.pages["/feed"] = site.pages["/feed"].replace(b"</channel>", entry.encode() + b"</channel>")
    documents = poll(feed).documents
    outcomes = [pipeline.process_document(document_id, now=NOW) for document_id in documents]
    assert sorted(outcome.step for outcome in outcomes if outcome) == ["failed", "recorded"]
    assert Article.objects.get(title=TITLE).url.startswith(BASE)
    site.pages["/feed"] += b" "
    assert poll(feed, LATER).documents == ()


@pytest.mark.parametrize("spelling", [f"{BASE}/1/", "http://wire.example/1", "https://www.wire.example/1?utm_source=x"])
def test_spellings_of_one_address_are_one_story(site: Site, spelling: str) -> None:
    feed = add_feed(site, ("a", f"{BASE}/1", "Story 1"), ("b", spelling, "Story 1"))
    assert len(poll(feed).documents) == 1
    site.pages["/feed"] += b" "
    assert poll(feed, LATER).documents == ()
    assert Article.objects.count() == Document.objects.count() == 1


def test_a_new_guid_for_a_known_address_is_remembered(site: Site) -> None:
    feed = add_feed(site, ("a", f"{BASE}/1", "Story 1"))
    poll(feed)
    add_feed(site, ("b", f"{BASE}/1", "Story 1"))
    poll(feed, LATER)
    add_feed(site, ("b", f"{BASE}/1-moved", "Story 1"))
    assert poll(feed, LATER + timedelta(hours=1)).documents == ()
    assert Document.objects.get().guid == "b"


def test_a_guid_that_always_means_the_latest_loses_nothing(site: Site) -> None:
    feed = add_feed(site)
    for number, title in enumerate(("Bakers win a prize", "Harbour closed by storm", "Museum finds a letter")):
        body = make_rss("Wire", BASE, [("latest", f"{BASE}/{number}", title)])
        site.pages["/feed"] = body.replace(b"13 Feb", b"%d Feb" % (13 + number))
        assert len(poll(feed, NOW + timedelta(hours=number)).documents) == 1
    assert Article.objects.count() == 3


@pytest.mark.parametrize("hint", ["redirect", "canonical"])
@pytest.mark.parametrize(("first", "second"), [("/short", "/story"), ("/story", "/short")])
def test_two_addresses_of_one_page_are_one_source(
    site: Site, companies: None, hint: str, first: str, second: str
) -> None:
    link = f'<link rel="canonical" href="{site.url("/story")}">'.encode()
    site.pages["/story"] = page = make_page(TITLE, *NEWS)
    site.pages["/short"] = page.replace(b"<head>", b"<head>" + link)
    if hint == "redirect":
        site.statuses["/short"], site.headers["/short"] = 301, {"Location": "/story"}
    for path in (first, second):
        document_id, _ = pipeline.add_document(url=site.url(path), now=NOW)
        pipeline.process_document(document_id, now=NOW)
    assert Document.objects.filter(step="recorded").count() == 1
    assert Citation.objects.get().article.url == site.url("/story")


def test_of_two_addresses_read_at_the_same_time_one_stays(site: Site, companies: None) -> None:
    site.statuses["/short"], site.headers["/short"] = 301, {"Location": "/story"}
    site.pages["/short"], site.pages["/story"] = b"", make_page(TITLE, *NEWS)
    ids = [pipeline.add_document(url=site.url(path), now=NOW)[0] for path in ("/short", "/story")]
    for document_id in ids:
        pipeline.process_document(document_id, now=NOW)
    assert list(Document.objects.order_by("step").values_list("step", flat=True)) == ["recorded", "repeated"]


def test_an_item_whose_address_a_short_one_led_to_is_known(site: Site, companies: None) -> None:
    site.statuses["/short"], site.headers["/short"] = 301, {"Location": "/story"}
    site.pages["/short"], site.pages["/story"] = b"", make_page(TITLE, "Words of an article that is long enough.")
    document_id, _ = pipeline.add_document(url=site.url("/short"), now=NOW)
    pipeline.process_document(document_id, now=NOW)
    assert poll(add_feed(site, ("x", site.url("/story"), TITLE))).documents == ()


def test_a_feed_of_outsize_is_kept_in_parts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.feed.PART_ITEMS", 7)
    feed = add_feed(site, *((f"g{n}", f"{BASE}/{n}", f"Story {n}") for n in range(40)))
    assert len(poll(feed).documents) == 40
    assert Document.objects.count() == Article.objects.count() == 40


def test_a_worker_whose_claim_has_lapsed_keeps_nothing(site: Site) -> None:
    feed = add_feed(site)
    slow = claim_feed(feed.pk, NOW)
    quick = claim_feed(feed.pk, LATER)
    assert slow is not None
    assert quick is not None
    slow.title = "Too late"
    with pytest.raises(ClaimLost):
        release(slow, ("title",))
    release(quick, ("title",))
    assert Feed.objects.get().title == "Wire"


def test_a_poll_that_breaks_off_again_and_again_is_put_off_further(site: Site) -> None:
    feed, now = add_feed(site), NOW
    waits = []
    for _ in range(4):
        assert claim_feed(feed.pk, now) is not None  # and then the worker is killed
        feed.refresh_from_db()
        waits.append(feed.next_poll_at)
        now += timedelta(hours=1)
    assert waits[1] < waits[2] < waits[3]  # type: ignore[operator]
    poll(feed, now)
    feed.refresh_from_db()
    assert feed.broken_off == 0


def test_headers_that_no_database_takes_do_no_harm(site: Site) -> None:
    feed = add_feed(site, ("a", f"{BASE}/1", "Story 1"))
    site.headers["/feed"] = {"ETag": '"a\x00b"', "Last-Modified": "x" * 500}
    assert poll(feed).error == ""
