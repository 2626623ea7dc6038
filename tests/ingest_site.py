"""What tests of the pipeline share: a real site it may visit, articles on one event, and short ways to run it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest import pipeline
from ingest.models import Document, Feed
from tests.factories import make_actor
from tests.site import Site, make_page, make_rss, serve_site
from timeline import services

NOW = datetime(2026, 2, 13, 12, tzinfo=UTC)
NEWS = (
    "Brackwater Labs has revoked Tessellate's access to the Corvid API, both companies said on Friday.",
    "Requests from Tessellate began to be refused on Thursday, leaving several law firms without their assistant.",
    "The company said that its terms of service forbid the building of rival products with what the API returns, and "
    "that it had asked Tessellate for an explanation twice before it acted.",
    "Tessellate rejected the accusation that it had broken the terms of service of the API, and said that it would "
    "move its customers to another supplier within the week.",
)
TITLE = "Brackwater Labs revokes Tessellate's API access"


@pytest.fixture
def site(settings: Any, queue: object) -> Iterator[Site]:
    """A site whose pages may be visited at once, one after the other."""
    with serve_site() as site:
        settings.INGEST_ALLOW_HOSTS = [site.host]
        settings.INGEST_HOST_GAP_SECONDS = 0
        yield site


@pytest.fixture
def companies() -> None:
    """The actors of the news."""
    maker = make_actor("Brackwater Labs")
    make_actor("Tessellate")
    make_actor("Corvid API", kind="product", parent=maker)


def add_feed(
    site: Site, *items: tuple[str, str, str], path: str = "/feed", title: str = "Wire", home: str = ""
) -> Feed:
    """A feed of (guid, address, title) that is served at `path`, and its row."""
    home = home or "https://wire.example/"
    site.pages[path] = make_rss(title, home, list(items))
    return pipeline.add_feed(url=site.url(path), title=title, site_url=home)[0]


def poll(feed: Feed, now: datetime = NOW) -> pipeline.PollResult:
    """What a poll brought."""
    result = pipeline.poll_feed(feed.pk, now=now)
    assert result is not None
    return result


def ingest(site: Site, path: str, *, now: datetime = NOW, publisher: str = "Wire", paragraphs: tuple[str, ...] = NEWS,
           published: str = "2026-02-13T09:00:00Z", title: str = TITLE) -> Document:  # fmt: skip
    """Serve an article at `path` and take it as far as it goes; its publisher is told by name, not by the one host."""
    services.record_publisher(name=publisher, host="")
    site.pages[path] = make_page(title, *paragraphs, publisher=publisher, published=published)
    document_id, _ = pipeline.add_document(url=site.url(path), now=now)
    pipeline.process_document(document_id, now=now)
    return Document.objects.get(pk=document_id)
