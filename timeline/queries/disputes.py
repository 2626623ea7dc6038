"""What readers ask of the disputes."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q

from timeline.models import Dispute, Event
from timeline.queries.rows import get_row
from timeline.querysets import DisputeQuerySet

_PUBLIC = Q(events__state=Event.State.PUBLISHED)


def list_disputes() -> list[Dispute]:
    """All disputes with their sides, `event_count`, `first` and `latest` day; the latest first."""
    return sorted(_select_counted(), key=lambda row: (row.latest is not None, row.latest, row.slug), reverse=True)


def get_dispute(slug: str) -> Dispute:
    """The dispute with its sides, `event_count`, `first` and `latest` day.

    Raises:
        NotFound: there is none.
    """
    found: Dispute = get_row(_select_counted(), slug)
    return found


def name_dispute(slug: str) -> str:
    """The title of a dispute, "" where there is none of that slug."""
    return Dispute.objects.filter(slug=slug).values_list("title", flat=True).first() or ""


def _select_counted() -> DisputeQuerySet:
    disputes: DisputeQuerySet = Dispute.objects.with_sides().annotate(
        event_count=Count("events", filter=_PUBLIC),
        first=Min("events__on", filter=_PUBLIC),
        latest=Max("events__on", filter=_PUBLIC),
    )
    return disputes
