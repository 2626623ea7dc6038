"""A real Celery worker over Valkey and PostgreSQL: it polls, reads, and loses nothing when it is killed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import redis
from django.db.models import Count
from django.utils import timezone

from ingest import pipeline
from ingest.models import Document, Fetch
from tests.factories import make_actor
from tests.processes import kill, run_worker, wait_until
from tests.site import Site, make_page, make_rss, serve_site
from timeline.models import Article, Citation, Event

pytestmark = pytest.mark.processes

EVENTS, PUBLISHERS = 40, 5
DAY = "2026-02-{:02d}T09:00:00Z"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        site.delay_seconds = 0.01
        yield site


@pytest.fixture
def env(site_env: dict[str, str], site: Site) -> dict[str, str]:
    """A worker may visit the test's site, looks for work each second, and soon forgives the dead."""
    return site_env | {
        "INGEST_ALLOW_HOSTS": site.host,
        "INGEST_HOST_GAP_SECONDS": "0",
        "INGEST_SWEEP_SECONDS": "1",
        "INGEST_LEASE_SECONDS": "3",
        "INGEST_REQUEUE_SECONDS": "3",
        "INGEST_DEADLINE_SECONDS": "2",
    }


def publish(site: Site, event: int, publisher: int) -> str:
    """Put one paper's article on one event on the site; returns its path."""
    vendor, customer, path = f"Vendor{event} Labs", f"Customer{event}", f"/{publisher}/{event}"
    site.pages[path] = make_page(
        f"{vendor} revokes {customer}'s API access",
        f"{vendor} has revoked {customer}'s access to its API, both companies said, in the words of paper {publisher}.",
        f"Requests from {customer} were refused from then on. The terms of service forbid building a rival product.",
        publisher=f"Paper {publisher}",
        published=DAY.format(1 + event % 27),
    )
    return path


def test_a_feed_is_polled_and_its_articles_are_read(site: Site, env: dict[str, str]) -> None:
    make_actor("Vendor1 Labs")
    make_actor("Customer1")
    path = publish(site, 1, 1)
    site.pages["/feed"] = make_rss("Paper 1", site.url("/"), [("g", site.url(path), "Vendor1 Labs revokes access")])
    pipeline.add_feed(url=site.url("/feed"), title="Paper 1", site_url=site.url("/"))
    with run_worker(env):
        wait_until(lambda: Document.objects.filter(step="recorded").exists(), "an article that was read")
    assert Event.objects.get().state == "proposed"
    assert Fetch.objects.first().items_new == 1  # type: ignore[union-attr]


def test_a_worker_killed_among_200_documents_loses_and_doubles_nothing(site: Site, env: dict[str, str]) -> None:
    for event in range(EVENTS):
        make_actor(f"Vendor{event} Labs")
        make_actor(f"Customer{event}")
    paths = [publish(site, event, publisher) for publisher in range(PUBLISHERS) for event in range(EVENTS)]
    for path in paths:
        pipeline.add_document(url=site.url(path), now=timezone.now())
    finished = Document.objects.filter(step="recorded")
    for part in (40, 120):
        with run_worker(env) as worker:
            wait_until(lambda part=part: finished.count() >= part, f"{part} documents")  # type: ignore[misc]
            kill(worker)
        assert finished.count() < len(paths)
    with run_worker(env):
        wait_until(lambda: finished.count() == len(paths), "all documents")
    assert (Article.objects.count(), Citation.objects.count(), Event.objects.count()) == (200, 200, EVENTS)
    assert site.most_at_once == 1
    assert not Event.objects.annotate(n=Count("citations")).exclude(n=PUBLISHERS).exists()


def test_a_worker_waits_for_a_queue_that_takes_nothing(site: Site, env: dict[str, str], queue: redis.Redis) -> None:
    make_actor("Vendor1 Labs")
    make_actor("Customer1")
    finished = Document.objects.filter(step="recorded")
    with run_worker(env) as worker:
        pipeline.add_document(url=site.url(publish(site, 1, 1)), now=timezone.now())
        wait_until(lambda: finished.count() == 1, "a document before the queue refuses")
        queue.execute_command("ACL", "SETUSER", "default", "-@write")  # as with a disk that is full
        try:
            pipeline.add_document(url=site.url(publish(site, 1, 2)), now=timezone.now())
            time.sleep(5)
            assert worker.poll() is None
        finally:
            queue.execute_command("ACL", "SETUSER", "default", "+@write")
        wait_until(lambda: finished.count() == 2, "a document once it takes them again")
