"""Documents: from an address to the record, one step at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from ingest.errors import FetchError, IngestError
from ingest.extract import extract_page
from ingest.models import Document
from ingest.pipeline.claims import claim_document
from ingest.pipeline.names import get_names
from ingest.pipeline.network import HostBusy, open_page
from ingest.pipeline.record import Recorded, record_reading
from ingest.pipeline.version import BY
from ingest.reading import read_article
from ingest.types import Page, Reading
from timeline import services
from timeline.addresses import canonical_url
from timeline.services import ArticleDraft

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)
MOST_TRIES = 12  # some nine days
GONE_STATUSES = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 418, 451})

BODY_FIELDS = ("body", "content_type", "fetched_at", "step")
TEXT_FIELDS = ("text", "title", "author", "publisher_name", "published_at", "language", "article", "step")
END_FIELDS = ("step", "reasons", "read_by", "due_at", "claimed_until", "tries", "error")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a document stands after a run, and what was read where it got that far."""

    document_id: int
    step: str
    error: str = ""
    page: Page | None = None
    reading: Reading | None = None
    recorded: tuple[Recorded, ...] = ()


def add_document(
    *,
    url: str,
    now: datetime,
    body: bytes | None = None,
    content_type: str = "",
    published_at: datetime | None = None,
) -> tuple[int, bool]:
    """Keep an address, or a page already at hand, for the pipeline.

    A page at hand replaces what was held and is read again. Known, finished addresses stay finished.

    Returns:
        The document's id, and whether it is new.
    """
    with transaction.atomic():
        document, created = Document.objects.select_for_update().get_or_create(
            url=canonical_url(url), defaults={"due_at": now, "published_at": published_at}
        )
        if published_at:
            document.published_at = published_at
        if body is not None:
            _keep_body(document, body, content_type, now)
            document.due_at, document.tries, document.error = now, 0, ""
        document.save()
    return document.pk, created


def process_document(document_id: int, *, now: datetime) -> Outcome | None:
    """Take a document as far as it goes; each step is kept before the next begins.

    Returns:
        None where the document is finished, unknown, or held by another worker.
    """
    document = claim_document(document_id, now)
    if document is None:
        return None
    if document.tries > MOST_TRIES:
        return _fail(document, now, IngestError("It broke off too often.", permanent=True))
    outcome = Outcome(document.pk, document.step)
    while document.step in _STEPS and not outcome.error:
        try:
            outcome = _STEPS[Document.Step(document.step)](document, now)
        except HostBusy as error:
            return _wait(document, now, error)
        except IngestError as error:
            return _fail(document, now, error)
    return outcome


def read_page(page: Page, published_at: datetime) -> Reading:
    """What an article says, with the names that the record knows. Stores nothing."""
    return read_article(page, get_names().table, published_at)


# ── the steps ────────────────────────────────────────────────────────────────


def _fetch(document: Document, now: datetime) -> Outcome:
    response = open_page(document.url)
    if response.status != 200:
        raise FetchError(
            f"The server answered {response.status}.", where=document.url, permanent=response.status in GONE_STATUSES
        )
    _keep_body(document, response.body, response.content_type, now)
    document.save(update_fields=BODY_FIELDS)
    return Outcome(document.pk, document.step)


def _extract(document: Document, now: datetime) -> Outcome:
    page = extract_page(zlib.decompress(document.body), document.url, document.content_type)
    document.text = page.text
    document.title = document.title or page.title[:500]
    document.author = document.author or page.author[:300]
    document.publisher_name = page.publisher[:200]
    document.published_at = document.published_at or page.published_at
    document.language = page.language[:8]
    document.step = Document.Step.EXTRACTED
    with transaction.atomic():
        document.article_id = _record_article(document)
        document.save(update_fields=TEXT_FIELDS)
    return Outcome(document.pk, document.step, page=page)


def _record_article(document: Document) -> int:
    if document.feed and document.feed.publisher_id:
        publisher_id = document.feed.publisher_id
    else:
        host = urlsplit(document.url).hostname or ""
        publisher_id = services.record_publisher(name=document.publisher_name or ("" if host else "Unknown"), host=host)
    draft = ArticleDraft(document.url, document.title, document.author, document.published_at)
    return services.record_article(draft=draft, publisher_id=publisher_id, by=BY)


def _read(document: Document, now: datetime) -> Outcome:
    page = _page_of(document)
    published_at = document.published_at or document.found_at
    names = get_names()
    reading = read_article(page, names.table, published_at)
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.step != Document.Step.EXTRACTED:  # our claim lapsed and somebody else was quicker
            document.step = held.step
            return Outcome(document.pk, document.step, page=page, reading=reading)
        recorded: tuple[Recorded, ...] = ()
        if reading.relevant and document.article_id:
            recorded = record_reading(reading, page, published_at, document.article_id, names)
        document.step = Document.Step.RECORDED if recorded else Document.Step.IRRELEVANT
        document.reasons, document.read_by = "; ".join(reading.reasons), BY
        document.due_at, document.claimed_until, document.tries, document.error = None, None, 0, ""
        document.save(update_fields=END_FIELDS)
    return Outcome(document.pk, document.step, page=page, reading=reading, recorded=recorded)


_STEPS: dict[str, Callable[[Document, datetime], Outcome]] = {
    Document.Step.FOUND: _fetch,
    Document.Step.FETCHED: _extract,
    Document.Step.EXTRACTED: _read,
}


# ── around the steps ─────────────────────────────────────────────────────────


def _keep_body(document: Document, body: bytes, content_type: str, now: datetime) -> None:
    document.body = zlib.compress(body)
    document.content_type = content_type[:200]
    document.fetched_at = now
    document.step = Document.Step.FETCHED


def _page_of(document: Document) -> Page:
    return Page(
        url=document.url,
        title=document.title,
        paragraphs=tuple(document.text.split("\n\n")) if document.text else (),
        author=document.author,
        publisher=document.publisher_name,
        published_at=document.published_at,
        language=document.language,
    )


def _wait(document: Document, now: datetime, error: HostBusy) -> Outcome:
    document.due_at, document.claimed_until = now + timedelta(seconds=error.seconds), None
    document.tries -= 1  # waiting for a turn is no failure
    document.save(update_fields=["due_at", "claimed_until", "tries"])
    return Outcome(document.pk, document.step, error=str(error))


def _fail(document: Document, now: datetime, error: IngestError) -> Outcome:
    document.error = str(error)
    if error.permanent or document.tries >= MOST_TRIES:
        document.step, document.due_at = Document.Step.FAILED, None
    else:
        document.due_at = now + min(LONGEST_RETRY, FIRST_RETRY * 2 ** (document.tries - 1))
    document.claimed_until = None
    document.save(update_fields=["error", "step", "due_at", "claimed_until"])
    return Outcome(document.pk, document.step, error=document.error)
