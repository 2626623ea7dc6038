"""What waits for a worker: the database is asked, never the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from ingest.models import Document, Feed

MOST = 1000  # rows a sweep queues at the most; the next one takes the rest


def list_due(now: datetime) -> tuple[list[int], list[int]]:
    """The ids of feeds and documents that are due and free, the longest waiting first.

    They are taken to be in the queue for a while and not listed again until then, so that a sweep every half minute
    does not fill the queue with the same ids, and a lost message is made up for.
    """
    again = now + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    with transaction.atomic():
        feeds = _take(Feed.objects.filter(free, next_poll_at__lte=now).order_by("next_poll_at"))
        Feed.objects.filter(pk__in=feeds).update(next_poll_at=again)
        documents = _take(Document.objects.filter(free, due_at__lte=now).order_by("due_at"))
        Document.objects.filter(pk__in=documents).update(due_at=again)
    return feeds, documents


def _take(rows) -> list[int]:  # type: ignore[no-untyped-def]
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST])
