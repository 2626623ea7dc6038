"""What the articles of an event tell of it, each alone, and what the record says of it for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from timeline.models import Actor, Change, Citation, Event, Participation


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one article tells it.

    `main` says whether the event is the article's news, `copied` whether the article repeats another, `dated` whether
    it tells when. `roles` are actors' ids, each with its role and how sure that is.
    """

    publisher: str
    main: bool
    copied: bool
    kind: str
    on: date
    precision: str
    dated: bool
    status: str
    scope: str
    confidence: float
    roles: tuple[tuple[int, str, float], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says of an event. `roles` are actors' names, each with its role."""

    kind: str
    roles: tuple[tuple[str, str], ...]


def is_untouched(event_id: int, by: str) -> bool:
    """Whether an event is a proposal of which nothing was done by other kinds of hands than `by`'s ("pipeline 1")."""
    others = Change.objects.filter(noun=Change.Noun.EVENT, row_id=event_id).exclude(by__startswith=by.split()[0])
    return Event.objects.filter(pk=event_id, state=Event.State.PROPOSED).exists() and not others.exists()


def list_tellings(event_id: int) -> list[Told]:
    """What each article tells of an event, in the order in which they were attached; without those nobody read so."""
    cited = Citation.objects.filter(event_id=event_id, told__isnull=False).order_by("position", "pk")
    rows: Iterable[tuple[Any, ...]] = cited.values_list(
        "told", "main", "article__original_id", "article__publisher__name"
    )
    return [
        Told(
            publisher=publisher,
            main=main,
            copied=original is not None,
            kind=told["kind"],
            on=date.fromisoformat(told["on"]),
            precision=told["precision"],
            dated=told["dated"],
            status=told["status"],
            scope=told["scope"],
            confidence=told["confidence"],
            roles=tuple((actor, role, confidence) for actor, role, _, _, _, confidence in told["roles"]),
        )
        for told, main, original, publisher in rows
    ]


def get_actor_names(actor_ids: Collection[int]) -> dict[int, str]:
    """The names of actors by their ids."""
    return dict(Actor.objects.filter(pk__in=actor_ids).values_list("pk", "name"))


def get_standings(event_ids: Collection[int]) -> dict[int, Standing]:
    """What the record says of events now, by their ids."""
    roles: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    held = Participation.objects.filter(event__in=event_ids).order_by("position", "pk")
    for event_id, name, role in held.values_list("event_id", "actor__name", "role"):
        roles[event_id].append((name, role))
    kinds = Event.objects.filter(pk__in=event_ids).values_list("pk", "kind")
    return {pk: Standing(kind, tuple(roles[pk])) for pk, kind in kinds}
