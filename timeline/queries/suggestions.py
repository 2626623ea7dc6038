"""What somebody who types may mean."""

from __future__ import annotations

from timeline.models import Dispute, Event
from timeline.queries.actors import search_actors
from timeline.search import match_beginnings


def suggest_titles(q: str, *, limit: int = 8) -> list[str]:
    """Names of actors, then titles of disputes and events that hold what was typed so far; none for a single letter.

    The last word may be the beginning of one. Titles of events are looked up by the index of words: in a million rows
    nothing else is quick enough for each key that is pressed.
    """
    typed = " ".join(q.split())
    if len(typed) < 2:
        return []
    disputes = Dispute.objects.filter(title__icontains=typed).order_by("title")
    events = match_beginnings(Event.objects.published(), typed).order_by("-on", "-id")
    found = [actor.name for actor in search_actors(typed, limit=4)]
    for rows in (disputes, events):
        found += rows.values_list("title", flat=True)[:limit]
    return list(dict.fromkeys(found))[:limit]
