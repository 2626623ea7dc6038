"""How the mails stand, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db.models import Count, Min, Q

from digests.models import Delivery, Subscription
from visitors import keys

MOST_RUNS: Final = 50  # queued at a time


@dataclass(frozen=True, slots=True)
class Status:
    """Mails by what became of them; `oldest_seconds` is how long the longest waiting has waited, 0 where none waits."""

    waiting: int
    sent_today: int
    failed_today: int
    doubtful_today: int
    oldest_seconds: float
    active: int


def get_status(now: datetime) -> Status:
    """The numbers an operator watches; "today" are the last 24 hours."""
    day = now - timedelta(days=1)
    found = Delivery.objects.filter(Q(due_at__isnull=False) | Q(created_at__gt=day) | Q(sent_at__gt=day)).aggregate(
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        sent=Count("pk", filter=Q(sent_at__gt=day)),
        failed=Count("pk", filter=Q(state=Delivery.State.FAILED, created_at__gt=day)),
        doubtful=Count("pk", filter=Q(doubts__gt=0, created_at__gt=day)),
        oldest=Min("created_at", filter=Q(due_at__isnull=False)),
    )
    return Status(
        waiting=found["waiting"],
        sent_today=found["sent"],
        failed_today=found["failed"],
        doubtful_today=found["doubtful"],
        oldest_seconds=(now - found["oldest"]).total_seconds() if found["oldest"] else 0.0,
        active=Subscription.objects.filter(state=Subscription.State.ACTIVE).count(),
    )


def count_runs(now: datetime, size: int) -> int:
    """How many runs of `size` mails are due now, MOST_RUNS at most."""
    waiting = Delivery.objects.filter(due_at__lte=now)[: size * MOST_RUNS].count()
    notices = Subscription.objects.filter(notice_due_at__lte=now)[: size * MOST_RUNS].count()
    links = keys.count_due_mails(now, size * MOST_RUNS)
    return min(MOST_RUNS, ceil((waiting + notices + links) / size))
