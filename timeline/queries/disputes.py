"""What readers ask of the disputes."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q

from timeline.models import Dispute, Event
from timeline.queries.rows import get_row

_PUBLIC = Q(events__state=Event.State.PUBLISHED)


def list_disputes() -> list[Dispute]:
    """All disputes with their sides, `event_count`, `first` and `latest` day; the latest first."""
    disputes = Dispute.objects.with_sides().annotate(
        event_count=Count("events", filter=_PUBLIC),
        first=Min("events__on", filter=_PUBLIC),
        latest=Max("events__on", filter=_PUBLIC),
    )
    return sorted(disputes, key=lambda row: (row.latest is not None, row.latest, row.slug), reverse=True)


def get_dispute(slug: str) -> Dispute:
    """The dispute with its sides.

    Raises:
        NotFound: there is none.
    """
    found: Dispute = get_row(Dispute.objects.with_sides(), slug)
    return found


def name_dispute(slug: str) -> str:
    """The title of a dispute, "" where there is none of that slug."""
    return Dispute.objects.filter(slug=slug).values_list("title", flat=True).first() or ""
