"""What waits for a worker: the database is asked, never the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from ingest.models import Document, Feed

MOST = 1000  # rows a sweep queues at the most; the next one takes the rest


@dataclass(frozen=True, slots=True)
class Due:
    """Ids of what waits for a worker: feeds to poll, documents to take further, finished ones to look at again.

    `alone` are feeds whose last poll never ended: whatever ended it is not to take others along.
    """

    feeds: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    checks: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()


def list_due(now: datetime) -> Due:
    """What is due and free, the longest waiting first.

    They are taken to be in the queue for a while and not listed again until then, so that a sweep every half minute
    does not fill the queue with the same ids, and a lost message is made up for.
    """
    again = now + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    with transaction.atomic():
        feeds = _take(Feed.objects.filter(free, next_poll_at__lte=now).order_by("next_poll_at"))
        Feed.objects.filter(pk__in=feeds).update(next_poll_at=again)
        alone = tuple(Feed.objects.filter(pk__in=feeds, broken_off__gt=0).values_list("pk", flat=True))
        documents = _take(Document.objects.filter(free, due_at__lte=now).order_by("due_at"))
        Document.objects.filter(pk__in=documents).update(due_at=again)
        checks = _take(Document.objects.filter(free, due_at__isnull=True, check_at__lte=now).order_by("check_at"))
        Document.objects.filter(pk__in=checks).update(check_at=again)
    return Due(tuple(pk for pk in feeds if pk not in alone), documents, checks, alone)


def _take(rows: QuerySet[Any]) -> tuple[int, ...]:
    return tuple(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST])
