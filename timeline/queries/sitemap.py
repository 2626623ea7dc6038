"""All public addresses, in parts of a bounded size that are cut by id: no part costs more than another."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet

from timeline.errors import NotFound
from timeline.models import Actor, Dispute, Event

PART = 10_000  # ids; a sitemap may hold 50,000 addresses


def count_parts() -> dict[str, int]:
    """How many parts each noun has."""
    return {noun: (_select(noun).aggregate(last=Max("pk"))["last"] or 0) // PART + 1 for noun in _NOUNS}


def list_part(noun: str, part: int) -> list[tuple[str, datetime]]:
    """The slugs of one part, with when each row last changed.

    Raises:
        NotFound: there is no such noun.
    """
    rows = _select(noun).filter(pk__gte=part * PART, pk__lt=(part + 1) * PART)
    return list(rows.order_by("pk").values_list("slug", "updated_at"))


def _select(noun: str) -> QuerySet[Event] | QuerySet[Actor] | QuerySet[Dispute]:
    if noun not in _NOUNS:
        raise NotFound(noun)
    return _NOUNS[noun]()


_NOUNS = {"event": Event.objects.published, "actor": Actor.objects.published, "dispute": Dispute.objects.all}
