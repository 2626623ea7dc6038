"""manage.py ingest: pages out of files, as people save them."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from ingest.models import Document
from ingest.pipeline.undated import REASON, UNSURE
from tests.factories import make_event
from tests.ingest_site import NEWS, TITLE, companies
from tests.site import make_page
from timeline import services
from timeline.addresses import is_stand_in, make_stand_in
from timeline.models import Actor, Article, Citation, Event, Evidence, Publisher
from timeline.services import ArticleDraft

__all__ = ["companies"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known", "queue")]


@pytest.fixture
def known(companies: None) -> Event:
    """The event that the saved page tells of, half a year ago."""
    sides = (("brackwater-labs", "initiator"), ("tessellate", "target"))
    actors = [(Actor.objects.get(slug=slug), role) for slug, role in sides]
    return make_event("Brackwater cuts off Tessellate", on=date(2025, 8, 1), actors=actors)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A saved page with neither address nor date."""
    paragraphs = [text.replace(" on Friday", "").replace(" on Thursday", "") for text in NEWS]
    path = tmp_path / "a page.html"
    path.write_bytes(make_page(TITLE, *paragraphs, published=""))
    return path


def ingest(*arguments: str) -> tuple[str, str]:
    """What the command prints, and what it warns of."""
    out, err = StringIO(), StringIO()
    call_command("ingest", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_saved_page_without_address_or_date_joins_the_event_of_both_sides(saved: Path, known: Event) -> None:
    out, err = ingest(str(saved))
    assert f"tells of event {known.slug}" in out
    assert "--url" in err
    assert "file.invalid" not in out + err
    assert Citation.objects.get().event == known
    assert is_stand_in(Article.objects.get().url)
    assert Publisher.objects.get().name == "Example Wire"
    assert Document.objects.get().check_at is None  # nobody can look whether it changed


def test_who_published_a_page_is_said_by_hand_or_not_known(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes().replace(b"Example Wire", b""))
    ingest(str(saved))
    assert Article.objects.get().publisher.name == "Unknown publisher"
    saved.write_bytes(saved.read_bytes() + b" ")
    ingest(str(saved), "--publisher", "The Evening Post")
    assert Article.objects.latest("pk").publisher.name == "The Evening Post"


def test_a_page_takes_its_address_when_it_comes_again_with_one(saved: Path, known: Event) -> None:
    saved.write_bytes(saved.read_bytes().replace(b"Example Wire", b""))
    ingest(str(saved))
    ingest(str(saved), "--url", "https://paper.example/news/1?utm_source=mail")
    article = Article.objects.get()
    assert (article.url, article.publisher.name) == ("https://paper.example/news/1", "paper.example")
    assert Citation.objects.get().event == known
    assert Document.objects.get().url == article.url


def test_what_is_no_address_is_refused_as_one(saved: Path) -> None:
    with pytest.raises(CommandError, match="is not an address"):
        ingest(str(saved), "--url", "paper.example")


def test_a_page_without_address_publisher_and_title_has_words_for_them(tmp_path: Path, known: Event) -> None:
    article = services.record_article(
        draft=ArticleDraft(make_stand_in("1"), "", "", None),
        publisher_id=services.record_publisher(name=services.UNKNOWN_PUBLISHER, host=""),
        by="pipeline",
    )
    assert Article.objects.get(pk=article).title == "A page without a title"


def test_days_without_a_year_are_left_to_an_editor_where_the_page_bears_no_date(saved: Path) -> None:
    Event.objects.all().delete()
    saved.write_bytes(saved.read_bytes().replace(b"has cut", b"just last month cut").replace(b" has ", b" last month "))
    out, err = ingest(str(saved))
    event = Event.objects.get()
    assert (event.on, event.precision) == (timezone.now().date(), "day")
    assert event.confidence <= UNSURE
    assert not Evidence.objects.filter(fact="date").exists()
    assert "bears no date; --published" in err
    assert REASON in out


def test_the_same_file_twice_is_one_article(saved: Path) -> None:
    ingest(str(saved))
    ingest(str(saved))
    assert (Article.objects.count(), Citation.objects.count()) == (1, 1)


def test_a_saved_page_is_of_the_site_that_it_names(saved: Path) -> None:
    canonical = b'<link rel="canonical" href="https://paper.example/news/1">'
    saved.write_bytes(saved.read_bytes().replace(b"<head>", b"<head>" + canonical))
    assert "--url" not in ingest(str(saved))[1]
    assert Article.objects.get().url == "https://paper.example/news/1"
