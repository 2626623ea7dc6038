"""Articles of the record are looked at again for two weeks: publishers change what they said."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction

from ingest.canonical import content_hash
from ingest.errors import FetchError, IngestError
from ingest.extract import extract_page
from ingest.models import Document
from ingest.pipeline.claims import ClaimLost, claim_check, release
from ingest.pipeline.documents import BODY_FIELDS, TEXT_FIELDS, Outcome, set_body, set_text
from ingest.pipeline.robots import open_page
from ingest.pipeline.turns import HostBusy
from ingest.pipeline.versions import keep_version
from ingest.schedule import next_check
from ingest.types import Page, Response

WALL = 3  # a text this many times shorter than before is a wall before the article, not an edit of it
CHANGE_FIELDS = {*BODY_FIELDS, *TEXT_FIELDS, "due_at", "check_at", "tries", "error"}


def check_document(document_id: int, *, now: datetime) -> Outcome | None:
    """Look at a finished article again; where its text changed, keep the old one and have the new one read.

    Returns:
        The document's step, which is "extracted" where it changed; None where there is nothing to check, or another
        worker does.
    """
    document = claim_check(document_id, now)
    if document is None:
        return None
    try:
        return _check(document, now)
    except ClaimLost:
        return None


def _check(document: Document, now: datetime) -> Outcome:
    try:
        response = open_page(document.address, now=now, etag=document.etag, last_modified=document.last_modified)
        page = _read_page(document, response)
    except HostBusy as error:
        document.check_at = now + timedelta(seconds=error.seconds)
        release(document, ("check_at",))
        return Outcome(document.pk, document.step, error=str(error), wait_seconds=error.seconds)
    except IngestError as error:
        return _end(document, now, f"At the last look: {error}")
    if page is None or content_hash(page.text) == document.text_hash:
        return _end(document, now)
    if len(page.text) * WALL < len(document.text):
        return _end(document, now, "At the last look most of the text was gone; the earlier one is kept.")
    return _replace(document, response, page, now)


def _read_page(document: Document, response: Response) -> Page | None:
    """The page as it is now; None where the server says that it is as before."""
    if response.status == 304:
        return None
    if response.status != 200:
        raise FetchError(f"The server answered {response.status}.", where=document.url)
    return extract_page(response.body, document.address, response.content_type)


def _end(document: Document, now: datetime, error: str = "") -> Outcome:
    document.check_at = next_check(document.found_at, now, random.random())  # noqa: S311  (jitter, no secret)
    document.error = error.replace("\0", "")
    release(document, ("check_at", "error"))
    return Outcome(document.pk, document.step, error=document.error)


@transaction.atomic
def _replace(document: Document, response: Response, page: Page, now: datetime) -> Outcome:
    keep_version(document, after=page.text, now=now)
    set_text(document, page)
    set_body(document, response, now)
    document.step, document.due_at, document.check_at = Document.Step.EXTRACTED, now, None
    document.tries, document.error = 0, ""
    release(document, CHANGE_FIELDS)
    return Outcome(document.pk, document.step)
