"""Names in a filter that the record does not have, for those who are better told than given nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from timeline.errors import InvalidFilter
from timeline.filters import EventFilter, suggest_name
from timeline.models import Actor, Dispute, Publisher
from timeline.queries.prepared import ask

_MISSING = {
    "actor": "SELECT given FROM unnest(%s::text[]) given WHERE NOT EXISTS"
    " (SELECT 1 FROM timeline_actor WHERE slug = given) ORDER BY 1",
    "dispute": "SELECT given FROM unnest(%s::text[]) given WHERE NOT EXISTS"
    " (SELECT 1 FROM timeline_dispute WHERE slug = given)",
    "source": "SELECT given FROM unnest(%s::text[]) given WHERE NOT EXISTS"
    " (SELECT 1 FROM timeline_publisher WHERE slug = given)",
}


def refuse_unknown(asked: EventFilter, source: str = "") -> None:
    """Tell of actors, a dispute and a publisher that the record never had, and which were probably meant.

    Slugs are for good: whoever is withdrawn is known still, and so is one that takes part in nothing.

    Raises:
        InvalidFilter: there are such.
    """
    given = {"actor": asked.actors, "dispute": (asked.dispute,), "source": (source,)}
    problems = {
        name: _tell(name, missing)
        for name, slugs in given.items()
        if (missing := _find_missing(name, [slug for slug in slugs if slug]))
    }
    if problems:
        raise InvalidFilter(problems)


def _find_missing(name: str, slugs: Collection[str]) -> list[str]:
    return [slug for (slug,) in ask(_MISSING[name], [list(slugs)])] if slugs else []


def _tell(name: str, missing: Iterable[str]) -> str:
    known = _list_slugs(name)
    return "; ".join(f"“{slug[:50]}” is no {name} of the record{suggest_name(slug, known)}" for slug in missing)


def _list_slugs(name: str) -> list[str]:
    rows = {"actor": Actor.objects.published(), "dispute": Dispute.objects.all(), "source": Publisher.objects.all()}
    return list(rows[name].values_list("slug", flat=True).order_by())
