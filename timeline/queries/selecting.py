"""From a filter to the rows that it asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.prepared import ask
from timeline.querysets import EventQuerySet
from timeline.search import match_words

_NOBODY = 0  # an id that no row has
_ACTORS = "SELECT slug, id FROM timeline_actor WHERE slug = ANY(%s::text[])"
_DISPUTE = "SELECT id FROM timeline_dispute WHERE slug = %s"
_LONG = 2_000  # days; of more, the index would have to go through too many months


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of those that a filter names. The planner knows how many rows an id has, and nothing of slugs."""

    actor_ids: tuple[int, ...] = ()
    dispute_id: int = _NOBODY


def find_ids(asked: EventFilter) -> Chosen:
    """The ids of the filter's actors and dispute; one that nothing has for an unknown slug."""
    actors, dispute = dict[str, int](), None
    if asked.actors:
        actors = dict(ask(_ACTORS, [list(asked.actors)]))
    if asked.dispute:
        dispute = next((pk for (pk,) in ask(_DISPUTE, [asked.dispute])), None)
    return Chosen(tuple(actors.get(slug, _NOBODY) for slug in asked.actors), dispute or _NOBODY)


def select_events(asked: EventFilter) -> EventQuerySet:
    """The published events that a filter asks for, in no order."""
    return select_found(asked, find_ids(asked))


def select_found(asked: EventFilter, chosen: Chosen) -> EventQuerySet:
    """As `select_events`, where the ids were found already."""
    return narrow(Event.objects.published(), asked, chosen)


def narrow(events: EventQuerySet, asked: EventFilter, chosen: Chosen) -> EventQuerySet:
    """Those of `events` that a filter asks for; `chosen` are the ids of what it names."""
    if not (asked.q or chosen.actor_ids):
        return narrow_plainly(events, asked, chosen)
    if asked.kinds:
        events = events.among_kinds(asked.kinds)
    if asked.since and asked.until and (asked.until - asked.since).days <= _LONG:
        events = events.among_months(asked.since, asked.until)
    return narrow_plainly(events, replace(asked, kinds=()), chosen)


def narrow_plainly(events: EventQuerySet, asked: EventFilter, chosen: Chosen) -> EventQuerySet:
    """The same without help for the index that holds words, actors, kinds and months together (`event_found`): for a
    sample, which has indexes of its own."""
    events = events.between(asked.since, asked.until)
    if asked.kinds:
        events = events.of_kinds(asked.kinds)
    if asked.statuses:
        events = events.with_status(asked.statuses)
    if asked.dispute:
        events = events.in_dispute(chosen.dispute_id)
    for actor_id in chosen.actor_ids:
        events = events.with_actor(actor_id, asked.role)
    if asked.role and not asked.actors:
        events = events.with_role(asked.role)
    return match_words(events, asked.q)
