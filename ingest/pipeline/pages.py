"""Documents as pages, and what pages say: reading without storing."""

from __future__ import annotations

from datetime import datetime

from ingest.models import Document
from ingest.pipeline.names import RecordNames, get_names
from ingest.pipeline.undated import leave_days_open
from ingest.reading import read_article
from ingest.types import Page, Reading


def read_page(page: Page, found_at: datetime, names: RecordNames | None = None, *, only_ours: bool = False) -> Reading:
    """What an article says, with the names that the record knows. Stores nothing.

    Args:
        page: the article.
        found_at: what counts as its moment where it bears no date.
        names: those of the record, where they are at hand.
        only_ours: leave out what is quoted in an article that is none of ours.
    """
    table = (names or get_names()).table
    if page.published_at:
        return read_article(page, table, page.published_at, only_ours=only_ours)
    return leave_days_open(read_article(page, table, found_at, only_ours=only_ours), found_at.date())


def read_document(document_id: int) -> Reading:
    """All that a stored document says, with what is quoted in an article that is none of ours. Stores nothing.

    Raises:
        Document.DoesNotExist: there is none with that id.
    """
    document = Document.objects.get(pk=document_id)
    return read_page(page_of(document), document.found_at)


def page_of(document: Document) -> Page:
    """The page that a document was extracted from."""
    return Page(
        url=document.address,
        title=document.title,
        paragraphs=tuple(document.text.split("\n\n")) if document.text else (),
        author=document.author,
        publisher=document.publisher_name,
        # An item of a feed without a date is about as old as its discovery; a page given by hand may be of any age.
        published_at=document.published_at or (document.found_at if document.feed_id else None),
        language=document.language,
    )
