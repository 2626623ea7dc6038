"""One story once: copies of other publishers fold under what was published first, whichever comes first here."""

from __future__ import annotations

import pytest

from ingest.models import Document
from tests.ingest_site import NEWS, companies, ingest, site
from tests.site import Site
from timeline.models import Article, Change, Citation

__all__ = ["companies", "site"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("companies")]

EARLY, LATE = "2026-02-13T09:00:00Z", "2026-02-13T10:30:00Z"
REWRITE = (NEWS[0], "The news was first told by a wire agency.", *NEWS[2:], "It is the second such case this year.")
OWN = (
    "Lawyers who opened their drafting assistant on Friday met an error: Tessellate has lost the Corvid API.",
    "Its maker, Brackwater Labs, revoked Tessellate's access to the Corvid API a day earlier over its terms.",
    "Partners at two firms told this paper that nobody had warned them, and that contracts were left half written.",
)


def original_of(document: Document) -> str:
    article = Article.objects.select_related("original__publisher").get(document=document)
    return article.original.publisher.name if article.original else ""


@pytest.mark.parametrize("words", [NEWS, REWRITE], ids=["copy", "rewrite"])
def test_a_copy_folds_under_the_first(site: Site, words: tuple[str, ...]) -> None:
    first = ingest(site, "/a", publisher="Wire", published=EARLY)
    copy = ingest(site, "/b", publisher="Daily", published=LATE, paragraphs=words)
    assert (original_of(first), original_of(copy)) == ("", "Wire")
    assert Citation.objects.count() == 2
    assert "says the same as" in Change.objects.get(noun="article", action="merge").reason


def test_the_first_published_is_the_original_even_where_it_is_found_last(site: Site) -> None:
    copies = [ingest(site, f"/{name}", publisher=name, published=LATE) for name in ("Daily", "Weekly")]
    first = ingest(site, "/a", publisher="Wire", published=EARLY)
    assert [original_of(document) for document in (*copies, first)] == ["Wire", "Wire", ""]


def test_articles_of_one_publisher_never_fold(site: Site) -> None:
    ingest(site, "/a", publisher="Wire")
    assert original_of(ingest(site, "/b", publisher="Wire", published=LATE)) == ""


def test_an_article_in_its_own_words_stands_on_its_own(site: Site) -> None:
    ingest(site, "/a", publisher="Wire")
    own = ingest(site, "/b", publisher="Daily", paragraphs=OWN, title="Lawyers lose their assistant")
    assert own.step == "recorded"
    assert original_of(own) == ""


def test_a_short_notice_is_no_story(site: Site) -> None:
    notice = ("Brackwater Labs has revoked Tessellate's access to the Corvid API, both companies said on Friday.",)
    ingest(site, "/a", publisher="Wire", paragraphs=notice)
    assert original_of(ingest(site, "/b", publisher="Daily", paragraphs=notice)) == ""


def test_old_news_printed_again_much_later_does_not_fold(site: Site) -> None:
    ingest(site, "/a", publisher="Wire", published="2026-01-10T09:00:00Z")
    assert original_of(ingest(site, "/b", publisher="Daily", published=LATE)) == ""
