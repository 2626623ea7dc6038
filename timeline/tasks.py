"""What workers do for the record as a whole. The timetable is in the settings."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from timeline.dumps import prune_dumps, write_dump
from timeline.services.revisions import prune_revisions
from timeline.services.tallies import gather_tallies


@shared_task
def dump() -> None:
    """Write the week's dump and forget old ones."""
    write_dump(settings.DUMPS_ROOT, timezone.now())
    prune_dumps(settings.DUMPS_ROOT, settings.DUMPS_KEEP)


@shared_task
def tidy() -> None:
    """Forget notes of changes that later ones replace, and gather counts."""
    prune_revisions()
    gather_tallies()
