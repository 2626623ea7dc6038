"""robots.txt is asked once a day and obeyed; hosts that ask to be left alone are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from ingest import pipeline
from ingest.errors import FetchError
from ingest.models import Document, Feed, Robots
from ingest.pipeline.robots import Forbidden, ask_robots, open_feed, open_page
from ingest.pipeline.turns import HostBusy, take_turn
from tests.ingest_site import NOW, add_feed, ingest, poll, site
from tests.site import Site, make_page, serve_site

__all__ = ["site"]
pytestmark = pytest.mark.django_db

FORBIDS = b"User-agent: aiwatch\nDisallow: /private/\n\nUser-agent: *\nDisallow:\n"


def wait_at(site: Site) -> float:
    """Seconds that the host of the site is to be left alone."""
    with pytest.raises(HostBusy) as caught, take_turn(site.url("/")):
        pass
    return caught.value.seconds


def test_a_page_that_robots_txt_forbids_is_not_opened(site: Site) -> None:
    site.pages["/robots.txt"] = FORBIDS
    document = ingest(site, "/private/story")
    assert (document.step, document.error) == ("failed", "robots.txt forbids it.")
    assert site.requests["/private/story"] == 0
    assert ingest(site, "/public").step == "recorded"


def test_robots_txt_is_asked_once_a_day(site: Site) -> None:
    for hours in (0, 1, 23, 25):
        ask_robots(site.url("/story"), NOW + timedelta(hours=hours))
    assert site.requests["/robots.txt"] == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_robots_txt_that_cannot_be_had(site: Site, settings: Any, status: int, allowed: bool) -> None:
    site.statuses["/robots.txt"] = status
    if allowed:
        assert ask_robots(site.url("/story"), NOW) == 0.0
        return
    with pytest.raises(Forbidden) as caught:
        ask_robots(site.url("/story"), NOW)
    assert not caught.value.permanent


def test_a_robots_txt_of_yesterday_holds_while_a_new_one_cannot_be_had(site: Site) -> None:
    site.pages["/robots.txt"] = FORBIDS
    ask_robots(site.url("/public"), NOW)
    site.statuses["/robots.txt"] = 500
    ask_robots(site.url("/public"), NOW + timedelta(days=2))
    with pytest.raises(Forbidden):
        ask_robots(site.url("/private/"), NOW + timedelta(days=3))
    assert Robots.objects.get().failing_since == NOW + timedelta(days=2)


def test_the_verdict_is_shown_at_the_feed(site: Site) -> None:
    site.pages["/robots.txt"] = FORBIDS
    feed = add_feed(site, ("1", site.url("/private/1"), "Story"), home=site.url("/"))
    for document_id in poll(feed).documents:
        pipeline.process_document(document_id, now=NOW)
    assert Feed.objects.get().robots == "robots.txt forbids it."


def test_the_verdict_of_another_site_is_not_the_feeds(site: Site) -> None:
    site.pages["/robots.txt"] = FORBIDS
    feed = add_feed(site, home="https://links.example/")
    with pytest.raises(Forbidden):
        ask_robots(site.url("/private/1"), NOW, feed)
    assert Feed.objects.get().robots == ""


def test_a_listing_page_that_robots_txt_forbids_is_an_error_of_its_source(site: Site) -> None:
    site.pages["/robots.txt"] = FORBIDS
    feed, _ = pipeline.add_feed(url=site.url("/private/news"), title="News", kind=Feed.Kind.LISTING)
    assert poll(feed).error == "robots.txt forbids it."
    assert site.requests["/private/news"] == 0


def test_a_crawl_delay_is_kept_by_pages_and_feeds(site: Site) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 40\n"
    ingest(site, "/story")
    assert 30 < wait_at(site) <= 41
    feed = add_feed(site)
    assert poll(feed).wait_seconds > 30


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "900"}, 900), ({}, 60)])
@pytest.mark.parametrize("status", [429, 503])
def test_too_many_requests_slow_the_whole_host(site: Site, status: int, headers: dict[str, str], seconds: int) -> None:
    site.statuses["/feed"], site.headers["/feed"] = status, headers
    poll(add_feed(site))
    assert seconds - 5 < wait_at(site) <= seconds + 1
    site.pages["/other"] = make_page("Other", "A page.")
    document_id, _ = pipeline.add_document(url=site.url("/other"), now=NOW)
    outcome = pipeline.process_document(document_id, now=NOW)
    assert outcome is not None
    assert outcome.wait_seconds > seconds - 5
    assert Document.objects.get(pk=document_id).tries == 0


def test_those_who_wait_for_one_host_come_one_after_the_other(site: Site, settings: Any) -> None:
    settings.INGEST_HOST_GAP_SECONDS = 10
    with take_turn(site.url("/")):
        waits = [wait_at(site) for _ in range(5)]
    assert all(after - before > 9 for before, after in pairwise(waits))


@pytest.fixture
def other(site: Site, settings: Any) -> Iterator[Site]:
    """Another host, to which /story of the site leads for good."""
    with serve_site() as other:
        settings.INGEST_ALLOW_HOSTS = [site.host, other.host]
        site.statuses["/story"], site.headers["/story"] = 301, {"Location": other.url("/story")}
        other.pages["/story"] = make_page("Story", "A page.")
        yield other


def test_a_redirect_waits_for_its_turn_at_the_host_it_leads_to(site: Site, other: Site) -> None:
    with take_turn(other.url("/")) as visit:
        with pytest.raises(HostBusy) as caught:
            open_feed(site.url("/story"), now=NOW)
        visit.ask_pause(0)
    assert (caught.value.where, other.requests["/story"]) == (other.url("/story"), 0)
    response = open_feed(site.url("/story"), now=NOW)
    assert (response.url, response.permanent_url, response.redirects) == (other.url("/story"), other.url("/story"), 1)


def test_a_redirect_obeys_robots_txt_of_the_host_it_leads_to(site: Site, other: Site) -> None:
    other.pages["/robots.txt"] = b"User-agent: *\nDisallow: /story\n"
    with pytest.raises(Forbidden):
        open_page(site.url("/story"), now=NOW)
    assert (site.requests["/story"], other.requests["/story"]) == (1, 0)


def test_a_host_that_a_redirect_leads_to_is_slowed_down_by_its_own_answer(site: Site, other: Site) -> None:
    other.statuses["/story"] = 429
    assert open_feed(site.url("/story"), now=NOW).status == 429
    assert wait_at(other) > 50
    with take_turn(site.url("/")):
        assert site.requests["/story"] == 1


def test_hosts_that_lead_to_each_other_end_after_five_redirects(site: Site, other: Site) -> None:
    other.statuses["/story"], other.headers["/story"] = 302, {"Location": site.url("/story")}
    with pytest.raises(FetchError, match="More than 5 redirects"):
        open_feed(site.url("/story"), now=NOW)
    assert (site.requests["/story"], other.requests["/story"]) == (3, 3)


def test_no_host_is_visited_while_valkey_is_away(site: Site, settings: Any) -> None:
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    assert poll(add_feed(site)).postponed
    assert site.requests["/feed"] == 0
