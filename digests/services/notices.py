"""Mails that ask for confirmation or remind: due, claimed, done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from digests.models import Subscription

_RETRY = timedelta(minutes=5)


@transaction.atomic
def claim(now: datetime, limit: int) -> list[Subscription]:
    """Up to `limit` subscriptions whose notice is due, held for the lease."""
    due = Subscription.objects.filter(notice_due_at__lte=now).order_by("notice_due_at")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    lease = now + timedelta(seconds=settings.DIGESTS_LEASE_SECONDS)
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(notice_due_at=lease)
    for row in rows:
        row.notice_due_at = lease
    return rows


def finish(row: Subscription) -> None:
    """Note that the notice was taken, or never will be."""
    _held(row).update(notice="", notice_due_at=None)


def put_back(row: Subscription, now: datetime) -> None:
    """Try later, for a day at most."""
    if row.noticed_at and now - row.noticed_at > timedelta(days=1):
        finish(row)
    else:
        _held(row).update(notice_due_at=now + _RETRY * settings.DIGESTS_PATIENCE)


def _held(row: Subscription) -> QuerySet[Subscription]:
    return Subscription.objects.filter(pk=row.pk, notice_due_at=row.notice_due_at)
