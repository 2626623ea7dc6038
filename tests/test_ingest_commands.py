"""manage.py ingest: pages out of files, as people save them."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from ingest.pipeline.undated import REASON, UNSURE
from tests.factories import make_event
from tests.ingest_site import NEWS, TITLE, companies
from tests.site import make_page
from timeline.models import Actor, Article, Citation, Event, Evidence

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
    assert Citation.objects.get().event == known
    assert Article.objects.get().url.startswith("https://file.invalid/")


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
