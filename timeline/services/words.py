"""The words by which an event is found besides its own: names of those who take part, and what they said."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.models import Event


def join_words(names: Iterable[str], quotes: Iterable[str]) -> str:
    """The text of `Event.words`: each name and each quote once, in order."""
    return "\n".join(dict.fromkeys(text for text in (*names, *quotes) if text))


def build_words(event: Event) -> str:
    """What `Event.words` should hold now. Proposed quotes are left out: search must not show what pages do not."""
    actors = event.actors.prefetch_related("names").order_by("participations__position", "id")
    names = (row.name for actor in actors for row in actor.names.all())
    return join_words(names, event.quotes.published().values_list("text", flat=True))


def refresh_words(event: Event) -> None:
    """Bring `event.words` up to date and save it where it differs."""
    words = build_words(event)
    if words != event.words:
        event.words = words
        event.save(update_fields=["words"])
