"""From a filter to the rows that it asks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.prepared import ask
from timeline.querysets import EventQuerySet, write_months
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


def is_indexed(asked: EventFilter) -> bool:
    """Whether one index finds all that the filter asks for, whatever its values: its questions are planned once."""
    return bool(asked.q or asked.actors) and not (asked.dispute or asked.role)


def select_events(asked: EventFilter) -> EventQuerySet:
    """The published events that a filter asks for, in no order."""
    return narrow(Event.objects.published(), asked, find_ids(asked))


def narrow(events: EventQuerySet, asked: EventFilter, chosen: Chosen) -> EventQuerySet:
    """Those of `events` that a filter asks for; `chosen` are the ids of what it names."""
    kinds = asked.kinds
    if kinds and (asked.q or chosen.actor_ids):
        events, kinds = events.among_kinds(kinds), ()
    if months := list_months(asked):
        events = events.among_months(months)
    for actor_id in chosen.actor_ids:
        events = events.with_actor(actor_id)
    return _narrow_plainly(events, asked, chosen, kinds)


def list_months(asked: EventFilter) -> str:
    """The months by which the index is asked for the days of a filter of words or actors; "" where it is not, for a
    long time or one without an end."""
    if not (asked.q or asked.actors) or asked.since is None or asked.until is None:
        return ""
    return write_months(asked.since, asked.until) if (asked.until - asked.since).days <= _LONG else ""


def narrow_sample(events: EventQuerySet, asked: EventFilter, chosen: Chosen) -> EventQuerySet:
    """The same in words that the index of words, actors, kinds and months (`event_found`) does not know: for a sample,
    which has indexes of its own."""
    for actor_id in chosen.actor_ids:
        events = events.naming_actor(actor_id)
    return _narrow_plainly(events, asked, chosen, asked.kinds)


def _narrow_plainly(events: EventQuerySet, asked: EventFilter, chosen: Chosen, kinds: Collection[str]) -> EventQuerySet:
    events = events.between(asked.since, asked.until)
    if kinds:
        events = events.of_kinds(kinds)
    if asked.statuses:
        events = events.with_status(asked.statuses)
    if asked.dispute:
        events = events.in_dispute(chosen.dispute_id)
    if asked.role:
        events = events.with_role(asked.role, chosen.actor_ids)
    return match_words(events, asked.q)
