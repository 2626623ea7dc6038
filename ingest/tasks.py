"""What workers do: ids in, one call. The timetable is in the settings; the database says what is due."""

from __future__ import annotations

from celery import Task, shared_task
from django.utils import timezone

from ingest import pipeline
from ingest.alerts import send_alert

SOON_SECONDS = 120.0  # longer waits are left to the sweep
MOST_TOGETHER = 25  # feeds of one task
FEWEST_ROUNDS = 8  # of a sweep, so that a few slow servers do not keep all others waiting
AT_ONCE = 500  # documents of one poll that are queued at once; the sweep queues the rest


@shared_task
def sweep() -> None:
    """Queue everything that is due."""
    due = pipeline.list_due(timezone.now())
    size = min(MOST_TOGETHER, max(1, len(due.feeds) // FEWEST_ROUNDS))
    for start in range(0, len(due.feeds), size):
        poll.delay(*due.feeds[start : start + size])
    for task, ids in ((poll, due.alone), (process, due.documents), (check, due.checks)):
        for row_id in ids:
            task.delay(row_id)


@shared_task
def poll(*feed_ids: int) -> None:
    """Poll feeds and queue what they brought."""
    for result in pipeline.poll_feeds(feed_ids, now=timezone.now()):
        for document_id in result.documents[:AT_ONCE]:
            process.delay(document_id)
        _come_back(poll, result.feed_id, result.wait_seconds)


@shared_task
def process(document_id: int) -> None:
    """Take one document as far as it goes."""
    outcome = pipeline.process_document(document_id, now=timezone.now())
    _come_back(process, document_id, outcome.wait_seconds if outcome else 0.0)


@shared_task
def check(document_id: int) -> None:
    """Look at one finished document again, and have it read where it changed."""
    outcome = pipeline.check_document(document_id, now=timezone.now())
    if outcome is None:
        return
    if outcome.step == "extracted":
        process.delay(document_id)
    _come_back(check, document_id, outcome.wait_seconds)


@shared_task
def prune() -> None:
    """Remove what nobody needs any more."""
    pipeline.prune(timezone.now())


@shared_task
def alert() -> None:
    """Write to the operators where something is newly broken."""
    send_alert(timezone.now())


def _come_back(task: Task[..., None], row_id: int, seconds: float) -> None:
    """Queue a row again for its turn at a host, if that is near."""
    if 0 < seconds <= SOON_SECONDS:
        task.apply_async((row_id,), countdown=seconds)
