"""Claims: a row is worked on by one worker at a time, and a claim outlives its worker only for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from ingest.models import Document, Feed


def claim_document(document_id: int, now: datetime) -> Document | None:
    """The document, held until the lease ends; None where it is finished, unknown, or held by somebody else.

    A claim counts as a try, so that a document that kills its worker is not tried for ever.
    """
    rows = Document.objects.filter(_free(now), pk=document_id, due_at__isnull=False)
    won = rows.update(claimed_until=_lease(now), tries=F("tries") + 1)
    return Document.objects.select_related("feed").defer("body").get(pk=document_id) if won else None


def claim_feed(feed_id: int, now: datetime) -> Feed | None:
    """The feed, held until the lease ends; None where it is stopped, unknown, or held by somebody else."""
    rows = Feed.objects.filter(_free(now), pk=feed_id, next_poll_at__isnull=False)
    won = rows.update(claimed_until=_lease(now))
    return Feed.objects.select_related("publisher").get(pk=feed_id) if won else None


def _free(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.INGEST_LEASE_SECONDS)
