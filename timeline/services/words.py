"""By what an event is found besides its own fields: who takes part, their names, and what they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field

from timeline.models import ActorName, Event, Participation, Quote


@dataclass(slots=True)
class Found:
    """What `Event.words` and `Event.actor_ids` should hold."""

    words: str = ""
    actor_ids: list[int] = field(default_factory=list)


def join_words(names: Iterable[str], quotes: Iterable[str]) -> str:
    """The text of `Event.words`: each name and each quote once, in order."""
    return "\n".join(dict.fromkeys(text for text in (*names, *quotes) if text))


def build_words(event: Event) -> Found:
    """What the event should hold now. Proposed quotes are left out: search must not show what pages do not."""
    return _build_words_of([event.pk])[event.pk]


def refresh_words(event: Event) -> None:
    """Bring `words` and `actor_ids` of the event up to date and save them where they differ."""
    if _update(event, build_words(event)):
        event.save(update_fields=["words", "actor_ids"])


def refresh_words_of(event_ids: Collection[int]) -> None:
    """`refresh_words` for many events, in a fixed number of queries."""
    found = _build_words_of(event_ids)
    events = Event.objects.filter(pk__in=event_ids).only("pk", "words", "actor_ids")
    stale = [event for event in events if _update(event, found[event.pk])]
    Event.objects.bulk_update(stale, ["words", "actor_ids"], batch_size=500)


def _update(event: Event, found: Found) -> bool:
    """Set both; whether either differed."""
    before = Found(event.words, event.actor_ids)
    event.words, event.actor_ids = found.words, found.actor_ids
    return before != found


def build_words_of_actors(actor_ids: Sequence[int]) -> Found:
    """What an event should hold in which these take part, in this order, and of which nothing is quoted."""
    names = _list_names(set(actor_ids))
    return Found(join_words((name for actor in actor_ids for name in names[actor]), ()), sorted(set(actor_ids)))


def _list_names(actor_ids: Set[int]) -> dict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = ActorName.objects.filter(actor__in=actor_ids)
    for actor, name in rows.order_by("actor_id", "position").values_list("actor_id", "name"):
        names[actor].append(name)
    return names


def _build_words_of(event_ids: Collection[int]) -> dict[int, Found]:
    parts = Participation.objects.filter(event__in=event_ids).order_by("event_id", "position", "id")
    actors: defaultdict[int, list[int]] = defaultdict(list)
    for event, actor in parts.values_list("event_id", "actor_id"):
        actors[event].append(actor)
    names = _list_names({pk for pks in actors.values() for pk in pks})
    said: defaultdict[int, list[str]] = defaultdict(list)
    quotes = Quote.objects.published().filter(event__in=event_ids).order_by("event_id", "position", "id")
    for event, text in quotes.values_list("event_id", "text"):
        said[event].append(text)
    return {
        event: Found(
            join_words((name for actor in actors[event] for name in names[actor]), said[event]),
            sorted(set(actors[event])),
        )
        for event in event_ids
    }
