"""manage.py prune: remove what nobody needs any more; the workers do it each night."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ingest import pipeline
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Remove old polls, pages of finished articles, sketches and robots.txt; texts and versions stay."

    def handle(self, *args: Any, **options: Any) -> None:
        done = pipeline.prune(timezone.now())
        self.stdout.write(
            f"{done.fetches} polls, {done.bodies} pages, {done.sketches} sketches and {done.robots} robots.txt removed."
        )
