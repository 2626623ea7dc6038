"""What workers do for digests. The timetable is in the settings; the database says what is due."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from digests.services import opening, sending, status, subscriptions
from visitors import keys

_WORTH_SECONDS = 600  # how long a run may wait behind other work; later sweeps queue new ones


@shared_task
def sweep() -> None:
    """Open the windows that have come, and queue as many runs as the mails that wait need."""
    now = timezone.now()
    opening.open_due(now)
    for _ in range(status.count_runs(now, sending.RUN)):
        send.apply_async(expires=_WORTH_SECONDS)


@shared_task
def send() -> None:
    """Send some of the mails that are due."""
    sending.send_due(timezone.now)


@shared_task
def purge() -> None:
    """Forget what was never confirmed, and what was left long ago."""
    subscriptions.purge(timezone.now())
    keys.purge_keys(timezone.now())
