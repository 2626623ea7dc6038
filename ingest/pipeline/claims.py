"""Claims: a row is worked on by one worker at a time, and a claim outlives its worker only for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from ingest.errors import IngestError
from ingest.models import Document, Feed

LONGEST_DOUBLING = 8  # a feed that kills its workers is begun with again after a day at the latest

# One statement for many feeds, for most polls find nothing new and cost little else.
_CLAIM_FEEDS = """
UPDATE ingest_feed SET claimed_until = %(until)s, broken_off = broken_off + 1
WHERE id IN (
    SELECT id FROM ingest_feed
    WHERE id = ANY(%(ids)s) AND next_poll_at IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= %(now)s)
        AND (broken_off = 0 OR %(alone)s)
    FOR UPDATE SKIP LOCKED
)
RETURNING *
"""
# The body is large, and read where it is needed.
_COLUMNS = ", ".join(f'"{field.column}"' for field in Document._meta.concrete_fields if field.name != "body")
_CLAIM_DOCUMENT = (
    """
UPDATE ingest_document SET claimed_until = %(until)s, tries = tries + 1
WHERE id = %(id)s AND due_at IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= %(now)s) RETURNING
"""
    + _COLUMNS
)
_CLAIM_CHECK = (
    """
UPDATE ingest_document SET claimed_until = %(until)s, check_at = %(later)s
WHERE id = %(id)s AND due_at IS NULL AND check_at IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= %(now)s)
RETURNING
"""
    + _COLUMNS
)
_GIVE_BACK = """
UPDATE ingest_feed f SET claimed_until = NULL, broken_off = greatest(broken_off - 1, 0)
FROM unnest(%s::bigint[], %s::timestamptz[]) AS held (id, until) WHERE f.id = held.id AND f.claimed_until = held.until
"""


class ClaimLost(IngestError):
    """Our claim lapsed while we worked, and somebody else may have taken the row: nothing of ours is kept."""


def claim_document(document_id: int, now: datetime) -> Document | None:
    """The document, held until the lease ends; None where it is finished, unknown, or held by somebody else.

    A claim counts as a try, so that a document that kills its worker is not tried for ever.
    """
    values = {"id": document_id, "until": _lease(now), "now": now}
    return next(iter(Document.objects.raw(_CLAIM_DOCUMENT, values)), None)


def claim_check(document_id: int, now: datetime) -> Document | None:
    """A finished document to look at for changes, held until the lease ends; None where there is nothing to check.

    The next check is put off by the claim already, so that a page that kills its worker does so less and less often.
    """
    values = {"id": document_id, "until": _lease(now), "now": now, "later": now + timedelta(hours=1)}
    return next(iter(Document.objects.raw(_CLAIM_CHECK, values)), None)


def claim_feed(feed_id: int, now: datetime) -> Feed | None:
    """The feed, held until the lease ends; None where it is stopped, unknown, or held by somebody else."""
    return next(iter(claim_feeds([feed_id], now)), None)


def claim_feeds(feed_ids: Sequence[int], now: datetime) -> list[Feed]:
    """Those of the feeds that are neither stopped nor held by somebody else, held until the lease ends.

    The claim counts as broken off until the poll has ended, and each that did puts the next one off further. A feed
    whose last poll never ended is not claimed together with others, which would break off with it.
    """
    values = {"until": _lease(now), "now": now, "ids": list(feed_ids), "alone": len(feed_ids) == 1}
    feeds = {feed.pk: feed for feed in Feed.objects.raw(_CLAIM_FEEDS, values)}
    for feed in feeds.values():
        if feed.broken_off > 1:
            wait = settings.INGEST_REQUEUE_SECONDS * 2 ** min(feed.broken_off - 1, LONGEST_DOUBLING)
            Feed.objects.filter(pk=feed.pk).update(next_poll_at=now + timedelta(seconds=wait))
    return [feeds[pk] for pk in feed_ids if pk in feeds]


def give_back(feeds: Iterable[Feed]) -> None:
    """Hold feeds no longer that were claimed and not polled."""
    held = [(feed.pk, feed.claimed_until) for feed in feeds]
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [[pk for pk, _ in held], [until for _, until in held]])


def keep(row: Document | Feed, fields: Iterable[str]) -> None:
    """Save these fields of a row that we hold.

    Raises:
        ClaimLost: we hold it no more.
    """
    values = {name: getattr(row, name) for name in fields}
    held = type(row)._default_manager.filter(pk=row.pk, claimed_until=row.claimed_until)
    if not held.update(**values):
        raise ClaimLost("Another worker has taken it over.", where=str(row.pk))


def release(row: Document | Feed, fields: Iterable[str]) -> None:
    """Save these fields and hold the row no longer.

    Raises:
        ClaimLost: we hold it no more.
    """
    values = {name: getattr(row, name) for name in fields} | {"claimed_until": None}
    held = type(row)._default_manager.filter(pk=row.pk, claimed_until=row.claimed_until)
    if not held.update(**values):
        raise ClaimLost("Another worker has taken it over.", where=str(row.pk))
    row.claimed_until = None


def renew(row: Feed, now: datetime) -> None:
    """Hold a row for another lease.

    Raises:
        ClaimLost: we hold it no more.
    """
    until = _lease(now)
    if not Feed.objects.filter(pk=row.pk, claimed_until=row.claimed_until).update(claimed_until=until):
        raise ClaimLost("Another worker has taken it over.", where=str(row.pk))
    row.claimed_until = until


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.INGEST_LEASE_SECONDS)
