"""The words by which an event is found besides its own: names of those who take part, and what they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from timeline.models import ActorName, Event, Participation, Quote


def join_words(names: Iterable[str], quotes: Iterable[str]) -> str:
    """The text of `Event.words`: each name and each quote once, in order."""
    return "\n".join(dict.fromkeys(text for text in (*names, *quotes) if text))


def build_words(event: Event) -> str:
    """What `Event.words` should hold now. Proposed quotes are left out: search must not show what pages do not."""
    return _build_words_of([event.pk])[event.pk]


def refresh_words(event: Event) -> None:
    """Bring `event.words` up to date and save it where it differs."""
    words = build_words(event)
    if words != event.words:
        event.words = words
        event.save(update_fields=["words"])


def refresh_words_of(event_ids: Collection[int]) -> None:
    """`refresh_words` for many events, in a fixed number of queries."""
    words = _build_words_of(event_ids)
    stale = [e for e in Event.objects.filter(pk__in=event_ids).only("pk", "words") if e.words != words[e.pk]]
    for event in stale:
        event.words = words[event.pk]
    Event.objects.bulk_update(stale, ["words"], batch_size=500)


def _build_words_of(event_ids: Collection[int]) -> dict[int, str]:
    parts = Participation.objects.filter(event__in=event_ids).order_by("event_id", "position", "id")
    actors = list(parts.values_list("event_id", "actor_id"))
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = ActorName.objects.filter(actor__in={actor for _, actor in actors}).order_by("actor_id", "position")
    for actor, name in rows.values_list("actor_id", "name"):
        names[actor].append(name)
    named: defaultdict[int, list[str]] = defaultdict(list)
    for event, actor in actors:
        named[event] += names[actor]
    said: defaultdict[int, list[str]] = defaultdict(list)
    quotes = Quote.objects.published().filter(event__in=event_ids).order_by("event_id", "position", "id")
    for event, text in quotes.values_list("event_id", "text"):
        said[event].append(text)
    return {event: join_words(named[event], said[event]) for event in event_ids}
