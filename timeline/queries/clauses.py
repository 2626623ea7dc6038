"""What readers ask of the clauses. Only published words of published events are answered."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import Count, F, Q

from timeline.models import Actor, Clause, Event
from timeline.models.event import SEARCH_CONFIG
from timeline.queries.paging import BY_DATE, Page, cut_page
from timeline.search import make_query


def list_clauses(*, q: str = "", vendor: str = "", cursor: str = "", size: int = 40) -> Page[Clause]:
    """One page of clauses that events turned on, the newest event first.

    Raises:
        InvalidFilter: the cursor is none of this list's.
    """
    clauses = (
        Clause.objects.public().select_related("vendor", "event", "article__publisher").annotate(on=F("event__on"))
    )
    if q:
        clauses = clauses.alias(words=SearchVector("text", "document", config=SEARCH_CONFIG)).filter(
            words=make_query(q)
        )
    if vendor:
        clauses = clauses.filter(vendor__slug=vendor)
    return cut_page(clauses, BY_DATE, cursor, size)


def list_vendors(limit: int = 30) -> list[Actor]:
    """Those on whose clauses events turned most often, each with `clause_count`."""
    public = Q(clauses__state="published", clauses__event__state=Event.State.PUBLISHED)
    rows = Actor.objects.published().annotate(clause_count=Count("clauses", filter=public))
    return list(rows.filter(clause_count__gt=0).order_by("-clause_count", "name")[:limit])
