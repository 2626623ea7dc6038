"""What workers do: an id in, one call. The timetable is in the settings; the database says what is due."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from ingest import pipeline


@shared_task
def sweep() -> None:
    """Queue every feed and document that is due."""
    feeds, documents = pipeline.list_due(timezone.now())
    for feed_id in feeds:
        poll.delay(feed_id)
    for document_id in documents:
        process.delay(document_id)


@shared_task
def poll(feed_id: int) -> None:
    """Poll one feed and queue what it brought."""
    result = pipeline.poll_feed(feed_id, now=timezone.now())
    for document_id in result.documents if result else ():
        process.delay(document_id)


@shared_task
def process(document_id: int) -> None:
    """Take one document as far as it goes."""
    pipeline.process_document(document_id, now=timezone.now())
