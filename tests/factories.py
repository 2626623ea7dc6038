"""Rows for tests: plain functions that fill in what a test does not care about."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify

from timeline.addresses import url_hash
from timeline.models import (
    Actor,
    ActorName,
    Article,
    Citation,
    Clause,
    Dispute,
    Event,
    Participation,
    Publisher,
    Quote,
    Side,
)
from timeline.services.words import build_words

_numbers = itertools.count(1)


def make_actor(name: str = "", *, kind: str = "organization", aliases: Iterable[str] = (), **fields: Any) -> Actor:
    """An actor, published unless `state` says otherwise, with its names."""
    name = name or f"Actor {next(_numbers)}"
    actor = Actor.objects.create(name=name, kind=kind, **{"slug": slugify(name)} | fields)
    ActorName.objects.bulk_create(
        ActorName(actor=actor, name=text, position=place) for place, text in enumerate((name, *aliases))
    )
    return actor


def make_dispute(title: str = "", *, sides: Sequence[tuple[Actor, str]] = (), **fields: Any) -> Dispute:
    """A dispute; `sides` are (actor, position)."""
    title = title or f"Dispute {next(_numbers)}"
    dispute = Dispute.objects.create(title=title, **{"slug": slugify(title)} | fields)
    for order, (actor, position) in enumerate(sides):
        Side.objects.create(dispute=dispute, actor=actor, position=position, order=order)
    return dispute


def make_event(
    title: str = "", *, on: date = date(2025, 8, 1), actors: Iterable[tuple[Actor, str]] = (), **fields: Any
) -> Event:
    """An event, published and confirmed unless said otherwise; `actors` are (actor, role)."""
    title = title or f"Event {next(_numbers)}"
    defaults = {"slug": f"{on}-{slugify(title)}"[:110], "kind": "revocation", "status": "confirmed"}
    event = Event.objects.create(title=title, on=on, **defaults | fields)
    for position, (actor, role) in enumerate(actors):
        Participation.objects.create(event=event, actor=actor, role=role, position=position)
    return index_event(event)


def make_article(title: str = "", *, publisher: str = "Example Times", **fields: Any) -> Article:
    """An article at an address of its own, of a publisher that is made on first use."""
    number = next(_numbers)
    row, _ = Publisher.objects.get_or_create(name=publisher, defaults={"slug": slugify(publisher)})
    values = {"url": f"https://{row.slug}.example/{number}", "title": title or f"Article {number}"}
    values |= fields
    return Article.objects.create(publisher=row, **{"key": url_hash(values["url"])} | values)


def cite(event: Event, article: Article | None = None, **fields: Any) -> Citation:
    """A citation of the article, or of a new one."""
    return Citation.objects.create(event=event, article=article or make_article(), **fields)


def make_quote(event: Event, speaker: Actor, text: str = "", **fields: Any) -> Quote:
    """A published quote of the event."""
    quote = Quote.objects.create(event=event, speaker=speaker, text=text or f"Words {next(_numbers)}", **fields)
    index_event(event)
    return quote


def make_clause(event: Event, vendor: Actor, text: str = "", **fields: Any) -> Clause:
    """A published clause of the event."""
    return Clause.objects.create(event=event, vendor=vendor, text=text or f"Clause {next(_numbers)}", **fields)


def index_event(event: Event) -> Event:
    """The event with what it is found by, as the services keep it."""
    found = build_words(event)
    event.words, event.actor_ids = found.words, found.actor_ids
    event.save(update_fields=["words", "actor_ids"])
    return event
