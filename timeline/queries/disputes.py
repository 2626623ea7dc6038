"""What readers ask of the disputes."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from timeline.models import Dispute, Event
from timeline.queries.paging import BY_MOVE, Page, cut_page
from timeline.queries.rows import get_row
from timeline.querysets import DisputeQuerySet
from timeline.search import search_names


def list_disputes(*, cursor: str = "", size: int = 50) -> Page[Dispute]:
    """One page of disputes with their sides, `event_count`, `first` and `latest` day; the latest first.

    Raises:
        InvalidFilter: the cursor is none of this list's.
    """
    return cut_page(_select_counted().annotate(moved=Coalesce("latest", Value(date.min))), BY_MOVE, cursor, size)


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


def suggest_disputes(slug: str, *, limit: int = 3) -> list[Dispute]:
    """Those who may be meant by a slug that no dispute has, the closest first."""
    found = {dispute.slug: dispute for dispute in Dispute.objects.only("slug", "title")}
    return [found[one] for one in search_names(slug.replace("-", " "), {s: d.title for s, d in found.items()}, limit)]


def _select_counted() -> DisputeQuerySet:
    """Each number is a question of its own to the index by dispute and date: only rows that are shown are counted."""
    events = Event.objects.published().filter(dispute=OuterRef("pk"))
    days = events.values("on")
    number = events.order_by().values("dispute").annotate(number=Count("pk")).values("number")
    disputes: DisputeQuerySet = Dispute.objects.with_sides().annotate(
        event_count=Coalesce(Subquery(number), 0),
        first=Subquery(days.order_by("on", "id")[:1]),
        latest=Subquery(days.order_by("-on", "-id")[:1]),
    )
    return disputes
