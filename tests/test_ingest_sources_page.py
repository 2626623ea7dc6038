"""Sources for people: the page, the feed of problems, and the commands."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from ingest import pipeline
from ingest.models import Document, Feed, Fetch
from tests.ingest_site import TITLE, add_feed, ingest, poll, site
from tests.site import Site, make_page, make_rss

__all__ = ["site"]
pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


def run(command: str, *args: str, **options: object) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def sources(site: Site) -> None:
    """A source that is well, and one that answers 404 and has a hostile name."""
    poll(add_feed(site, ("1", "https://wire.example/1", "Story")), timezone.now())
    bad = add_feed(site, path="/bad", title=HOSTILE, home="https://bad.example/")
    del site.pages["/bad"]
    poll(bad, timezone.now())


@pytest.mark.usefixtures("sources")
def test_the_page_tells_each_sources_state(client: Client) -> None:
    soup = BeautifulSoup(client.get("/sources/").content, "html.parser")
    rows = {row.th.a.text: " ".join(row.text.split()) for row in soup.select("tbody tr")}
    assert "fine" in rows["Wire"]
    assert "robots.txt was not asked yet." in rows["Wire"]
    assert "broken The server answered 404." in rows[HOSTILE]
    assert "1 is broken" in " ".join(soup.find("header", class_="page-head").text.split())
    assert not soup.find("script", string=True)


@pytest.mark.usefixtures("sources")
def test_the_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: object
) -> None:
    Feed.objects.bulk_create(Feed(url=f"https://a.example/{n}", title=f"Feed {n}") for n in range(200))
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert client.get("/sources/").content.count(b"<tr id=") == 202


def test_the_page_without_sources_says_so(client: Client, site: Site) -> None:
    assert b"No sources yet" in client.get("/sources/").content


@pytest.mark.usefixtures("sources")
def test_the_feed_lists_problems_and_stays_the_same_while_they_do(client: Client) -> None:
    first = feedparser.parse(client.get("/sources/problems.atom").content)
    again = feedparser.parse(client.get("/sources/problems.atom").content)
    assert not first.bozo
    assert [entry.id for entry in first.entries] == [entry.id for entry in again.entries]
    assert first.entries[0].summary.startswith("The server answered 404.")
    assert client.post("/sources/").status_code == 405


@pytest.mark.usefixtures("sources")
def test_the_feed_tells_what_lasts_once_and_bad_moments_not_at_all(client: Client) -> None:
    now = timezone.now()
    Feed.objects.filter(title="Wire").update(robots="robots.txt forbids it.", succeeded_at=now - timedelta(hours=2))
    Feed.objects.filter(title=HOSTILE).update(hard_errors=0, soft_errors=1)
    (first,) = feedparser.parse(client.get("/sources/problems.atom").content).entries
    Feed.objects.filter(title="Wire").update(succeeded_at=now)  # another poll went well
    (again,) = feedparser.parse(client.get("/sources/problems.atom").content).entries
    assert (first.title, first.id) == ("Wire: warning", again.id)


@pytest.mark.usefixtures("sources")
def test_doctor_prints_the_same_and_fails_where_something_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command("doctor")
    assert caught.value.code == 1
    assert "The server answered 404." in capsys.readouterr().out
    Feed.objects.filter(title=HOSTILE).delete()
    assert "1 sources: 0 broken" in run("doctor")


@pytest.mark.usefixtures("sources")
def test_sources_go_out_and_come_in_again(tmp_path: Path) -> None:
    pipeline.add_feed(url="https://c.example/news", title="C", kind=Feed.Kind.LISTING, group="Vendors")
    before = set(Feed.objects.values_list("url", "title", "kind", "group"))
    run("dump_sources", str(tmp_path / "sources.opml"), stderr=StringIO())
    assert run("dump_sources").encode() == (tmp_path / "sources.opml").read_bytes()
    Feed.objects.all().delete()
    assert "3 sources added" in run("load_sources", str(tmp_path / "sources.opml"))
    assert set(Feed.objects.values_list("url", "title", "kind", "group")) == before


def test_a_sites_own_feed_is_found_and_added_once(site: Site) -> None:
    add_feed(site, ("1", "https://wire.example/1", "Story"))
    Feed.objects.all().delete()
    link = f'<link rel="alternate" type="application/rss+xml" href="{site.url("/feed")}">'.encode()
    site.pages["/"] = make_page("Home", "Words.").replace(b"<head>", b"<head>" + link)
    assert "Added: feed" in run("add_feed", site.url("/"))
    Feed.objects.update(next_poll_at=None, hard_errors=5)
    assert "Known already, polled anew" in run("add_feed", site.url("/feed"))
    feed = Feed.objects.get()
    assert (feed.hard_errors, feed.next_poll_at is None) == (0, False)


def test_of_the_feeds_that_a_site_names_the_first_readable_is_added(site: Site) -> None:
    links = b"".join(b'<link rel="alternate" type="application/rss+xml" href="/%b">' % name for name in (b"no", b"yes"))
    site.pages["/"] = make_page("Home", "Words.").replace(b"<head>", b"<head>" + links)
    with pytest.raises(CommandError, match=r"none can be read: http.*/no: The server answered 404"):
        run("add_feed", site.url("/"))
    site.pages["/yes"] = make_rss("Wire", "https://wire.example/", [])
    assert "Added: feed" in run("add_feed", site.url("/"))
    assert Feed.objects.get().url == site.url("/yes")


def test_a_listing_shows_what_it_found(site: Site) -> None:
    card = "<article><a href='/news/{}'><h2>Story {}</h2></a><time datetime='2026-02-13'>today</time></article>"
    site.pages["/news"] = f"<title>News</title>{card.format(1, 1)}{card.format(2, 2)}".encode()
    shown = run("add_feed", site.url("/news"), "--item-css", "article", "--title-css", "h2")
    assert f"2026-02-13  Story 1  {site.url('/news/1')}" in shown
    assert (Feed.objects.get().kind, Feed.objects.get().rules["item"]) == ("listing", "article")


def test_commands_say_that_valkey_or_the_database_is_away(site: Site, settings: Any) -> None:
    feed = add_feed(site)
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    for command in (("poll",), ("add_feed", feed.url)):
        with pytest.raises(CommandError, match="Valkey cannot be reached"):
            run(*command)
    with pytest.raises(CommandError, match="The database refuses: no space"), connection.execute_wrapper(refuse):
        run("poll")


def refuse(*_: object) -> None:
    raise OperationalError("no space left on device")


@pytest.mark.parametrize(
    ("path", "words"),
    [("/gone", "answered 404"), ("/plain", "names no feed either"), ("/forbidden", "robots.txt forbids it")],
)
def test_what_cannot_be_added_is_refused_with_the_reason(site: Site, path: str, words: str) -> None:
    site.pages["/plain"] = make_page("Home", "Words.")
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /forbidden\n"
    with pytest.raises(CommandError, match=words):
        run("add_feed", site.url(path), listing=path == "/forbidden")


def test_poll_waits_for_its_turn_at_a_host(site: Site, settings: object) -> None:
    settings.INGEST_HOST_GAP_SECONDS = 1  # type: ignore[attr-defined]
    add_feed(site)
    add_feed(site, path="/other", title="Other", home="https://other.example/")
    assert "2 feeds polled, 0 with errors" in run("poll")


def test_prune_removes_what_is_old_and_keeps_texts(site: Site) -> None:
    feed = add_feed(site, ("1", "https://wire.example/1", "Story"))
    old = timezone.now() - timedelta(days=90)
    poll(feed, old)
    poll(feed, timezone.now())
    ingest(site, "/old", now=old, title=TITLE)
    ingest(site, "/new", now=timezone.now(), title="Another story")
    Document.objects.filter(url=site.url("/old")).update(check_at=None)
    assert run("prune").startswith("1 polls, 1 pages, 1 sketches and 0 robots.txt")
    kept = Document.objects.get(url=site.url("/old"))
    assert (bytes(kept.body), kept.sketch, bool(kept.text)) == (b"", [], True)
    assert Document.objects.get(url=site.url("/new")).body
    assert Fetch.objects.count() == 1
