"""Documents: from an address to the record, one step at a time."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from ingest.canonical import content_hash
from ingest.errors import FetchError, IngestError
from ingest.extract import extract_page
from ingest.models import Document
from ingest.pipeline.addressless import give_address
from ingest.pipeline.claims import ClaimLost, claim_document, keep, release
from ingest.pipeline.commits import spare_disk
from ingest.pipeline.copies import fold_copies, sketch_text
from ingest.pipeline.entries import is_plausible
from ingest.pipeline.names import get_names
from ingest.pipeline.pages import page_of, read_page
from ingest.pipeline.record import Recorded, record_reading
from ingest.pipeline.robots import open_page
from ingest.pipeline.turns import HostBusy
from ingest.pipeline.version import BY
from ingest.schedule import next_check
from ingest.types import Page, Reading, Response
from timeline import services
from timeline.addresses import canonical_url, is_stand_in, known_address, make_stand_in, url_hash
from timeline.services import UNKNOWN_PUBLISHER, ArticleDraft

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)
MOST_TRIES = 12  # some nine days
GONE_STATUSES = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 418, 451})

LONGEST_URL = 2000

BODY_FIELDS = ("body", "content_type", "etag", "last_modified", "fetched_at", "home", "step")
TEXT_FIELDS = (
    "text", "text_hash", "sketch", "marks", "title", "author", "publisher_name", "published_at", "language", "home",
    "home_key", "article_id", "step",
)  # fmt: skip
END_FIELDS = ("step", "reasons", "read_by", "due_at", "check_at", "tries", "error")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a document stands after a run, and what was read where it got that far.

    `wait_seconds` is over 0.0 where it was not our turn at the host.
    """

    document_id: int
    step: str
    error: str = ""
    page: Page | None = None
    reading: Reading | None = None
    recorded: tuple[Recorded, ...] = ()
    wait_seconds: float = 0.0


def add_document(
    *,
    url: str,
    now: datetime,
    body: bytes | None = None,
    content_type: str = "",
    published_at: datetime | None = None,
    publisher: str = "",
) -> tuple[int, bool]:
    """Keep an address, or a page already at hand, for the pipeline.

    A page at hand replaces what was held and is read again. Known, finished addresses stay finished. A page at hand of
    which nobody knows the address (url "") is kept as well, and takes its address when it comes again with one.

    Args:
        publisher: who published the page, where it does not say so itself.

    Returns:
        The document's id, and whether it is new.

    Raises:
        IngestError: the address is none of the web.
    """
    stand_in = make_stand_in(hashlib.sha256(body).hexdigest()) if body is not None else ""
    url = canonical_url(url) if url else stand_in
    if not url or len(url) > LONGEST_URL:
        raise IngestError("This is not an address of the web.", where=url, permanent=True)
    key = url_hash(url)
    with transaction.atomic():
        if stand_in and stand_in != url:
            give_address(stand_in, url)
        led_here = Document.objects.filter(home_key=key).exclude(step=Document.Step.REPEATED).order_by("pk").first()
        document, created = Document.objects.select_for_update(of=("self",)).get_or_create(
            key=led_here.key if led_here else key,
            defaults={"url": url, "found_at": now, "due_at": now, "published_at": published_at},
        )
        if published_at:
            document.published_at = published_at
        if publisher:
            document.publisher_name = publisher[:200]
        if body is not None:
            set_body(document, Response(document.address, 200, {"content-type": content_type}, body), now)
            document.due_at, document.check_at, document.tries, document.error = now, None, 0, ""
        document.save()
    return document.pk, created


def process_document(document_id: int, *, now: datetime) -> Outcome | None:
    """Take a document as far as it goes; each step is kept before the next begins.

    Returns:
        None where the document is finished, unknown, or held by another worker.
    """
    with spare_disk():
        return _claim_and_process(document_id, now)


def _claim_and_process(document_id: int, now: datetime) -> Outcome | None:
    document = claim_document(document_id, now)
    if document is None:
        return None
    try:
        if document.tries > MOST_TRIES:
            return _fail(document, now, IngestError("It broke off too often.", permanent=True))
        return _process(document, now)
    except ClaimLost:
        return None


def _process(document: Document, now: datetime) -> Outcome:
    outcome = Outcome(document.pk, document.step)
    while document.step in _STEPS:
        try:
            outcome = _STEPS[Document.Step(document.step)](document, now)
        except HostBusy as error:
            return _wait(document, now, error)
        except ClaimLost:
            raise
        except IngestError as error:
            return _fail(document, now, error)
    return outcome


# ── the steps ────────────────────────────────────────────────────────────────


def _fetch(document: Document, now: datetime) -> Outcome:
    response = open_page(document.address, now=now, feed=document.feed)
    if response.status != 200:
        raise FetchError(
            f"The server answered {response.status}.", where=document.url, permanent=response.status in GONE_STATUSES
        )
    set_body(document, response, now)
    keep(document, BODY_FIELDS)
    return Outcome(document.pk, document.step)


def _extract(document: Document, now: datetime) -> Outcome:
    address = known_address(document.address) or ""
    page = extract_page(zlib.decompress(document.body), address, document.content_type)
    _set_home(document, page.url)
    set_text(document, page)
    document.title = document.title or page.title[:500]
    document.author = document.author or page.author[:300]
    document.publisher_name = page.publisher[:200] or document.publisher_name
    if document.published_at is None and is_plausible(page.published_at, now):
        document.published_at = page.published_at
    with transaction.atomic():
        services.lock_matching()  # of two addresses of one page that are read at the same moment one sees the other
        if (same := _find_same_page(document)) is not None:
            return _repeat(document, same)
        before, document.article_id = document.article_id, _record_article(document)
        if document.article_id != before:  # an article is one document's
            Document.objects.filter(article=document.article_id).exclude(pk=document.pk).update(article=None)
        document.step = Document.Step.EXTRACTED
        keep(document, TEXT_FIELDS)
    return Outcome(document.pk, document.step, page=page)


def _record_article(document: Document) -> int:
    if document.feed and document.feed.publisher_id:
        publisher_id = document.feed.publisher_id
    else:
        host = urlsplit(known_address(document.address) or "").hostname or ""
        name = document.publisher_name or ("" if host else UNKNOWN_PUBLISHER)
        publisher_id = services.record_publisher(name=name, host=host)
    draft = ArticleDraft(document.address, document.title, document.author, document.published_at)
    return services.record_article(draft=draft, publisher_id=publisher_id, by=BY)


def _read(document: Document, now: datetime) -> Outcome:
    page = page_of(document)
    published_at = document.published_at or document.found_at
    names = get_names()
    reading = read_page(page, document.found_at, names, only_ours=True)
    with transaction.atomic():
        recorded: tuple[Recorded, ...] = ()
        if reading.relevant and document.article_id:
            services.lock_matching()
            fold_copies(document, published_at)
            recorded = record_reading(reading, page, published_at, document.article_id, names)
        document.step = Document.Step.RECORDED if recorded else Document.Step.IRRELEVANT
        document.reasons, document.read_by = "; ".join(reading.reasons), BY
        document.due_at, document.tries, document.error = None, 0, ""
        # Only what the record cites and has a page is watched for changes.
        watched = bool(recorded) and not document.from_feed and not is_stand_in(document.address)
        document.check_at = next_check(document.found_at, now, random.random()) if watched else None  # noqa: S311
        release(document, END_FIELDS)
    return Outcome(document.pk, document.step, page=page, reading=reading, recorded=recorded)


_STEPS: dict[str, Callable[[Document, datetime], Outcome]] = {
    Document.Step.FOUND: _fetch,
    Document.Step.FETCHED: _extract,
    Document.Step.EXTRACTED: _read,
}


# ── around the steps ─────────────────────────────────────────────────────────


def set_text(document: Document, page: Page) -> None:
    """Set what depends on the text of the page; saves nothing."""
    document.text = page.text
    document.text_hash = content_hash(page.text)
    document.language = page.language[:8]
    sketch_text(document)


def set_body(document: Document, response: Response, now: datetime) -> None:
    """Set what an answer brought; saves nothing."""
    document.body = zlib.compress(response.body)
    document.content_type = response.content_type.replace("\0", "")[:200]
    document.etag = response.headers.get("etag", "").replace("\0", "")[:1000]
    document.last_modified = response.headers.get("last-modified", "").replace("\0", "")[:200]
    document.fetched_at = now
    document.step = Document.Step.FETCHED
    _set_home(document, response.url)


def _set_home(document: Document, url: str) -> None:
    """Remember where the page is at home: where redirects led, or what it says itself."""
    home = canonical_url(url)
    if home and len(home) <= LONGEST_URL:
        key = url_hash(home)
        document.home, document.home_key = (home, key) if key != document.key else ("", "")


def _find_same_page(document: Document) -> Document | None:
    """Another document that stands for the page at this one's address, or for the one to which it led."""
    keys = [key for key in (document.key, document.home_key) if key]
    same = Document.objects.filter(Q(key__in=keys) | Q(home_key__in=keys)).exclude(pk=document.pk)
    return same.exclude(step__in=(Document.Step.REPEATED, Document.Step.FAILED)).order_by("pk").first()


def _repeat(document: Document, same: Document) -> Outcome:
    """End a document whose page another document stands for already."""
    document.step, document.reasons = Document.Step.REPEATED, f"The same page as {same.url}"
    document.due_at, document.tries, document.error, document.article_id = None, 0, "", None
    release(document, (*END_FIELDS, "home", "home_key", "article_id"))
    return Outcome(document.pk, document.step)


def _wait(document: Document, now: datetime, error: HostBusy) -> Outcome:
    document.due_at = now + timedelta(seconds=error.seconds)
    document.tries -= 1  # waiting for a turn is no failure
    release(document, ("due_at", "tries"))
    return Outcome(document.pk, document.step, error=str(error), wait_seconds=error.seconds)


def _fail(document: Document, now: datetime, error: IngestError) -> Outcome:
    document.error = str(error).replace("\0", "")
    if error.permanent or document.tries >= MOST_TRIES:
        document.step, document.due_at = Document.Step.FAILED, None
    else:
        document.due_at = now + min(LONGEST_RETRY, FIRST_RETRY * 2 ** (document.tries - 1))
    release(document, ("error", "step", "due_at"))
    return Outcome(document.pk, document.step, error=document.error)
