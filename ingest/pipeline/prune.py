"""Bounded storage: what is removed, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from ingest.models import Document, Fetch, Robots

AT_ONCE = 5000  # rows in one statement, so that none of them holds its locks for long
TWINS_DAYS = 60  # longer than a copy may come after its original


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows were removed, or relieved of what was heavy."""

    fetches: int
    bodies: int
    sketches: int
    robots: int


def prune(now: datetime) -> Pruned:
    """Remove old polls, pages of finished documents, sketches that no copy can match, and unused robots.txt.

    Texts and versions stay: they are the record's evidence.
    """
    kept_since = now - timedelta(days=settings.INGEST_KEEP_DAYS)
    finished = Document.objects.filter(due_at__isnull=True, check_at__isnull=True)
    old = finished.filter(Q(fetched_at__lt=kept_since) | Q(fetched_at__isnull=True))
    known_twins = finished.filter(found_at__lt=now - timedelta(days=TWINS_DAYS))
    return Pruned(
        fetches=_delete(Fetch.objects.filter(at__lt=kept_since)),
        bodies=_update(old.exclude(body=b""), body=b""),
        sketches=_update(known_twins.exclude(sketch=[]), sketch=[], marks=[]),
        robots=_delete(Robots.objects.filter(fetched_at__lt=kept_since)),
    )


def _delete(rows: QuerySet[Fetch] | QuerySet[Robots]) -> int:
    total = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        total += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return total


def _update(rows: QuerySet[Document], **values: object) -> int:
    total = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        total += Document.objects.filter(pk__in=ids).update(**values)
    return total
