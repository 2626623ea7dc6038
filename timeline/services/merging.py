"""Merging two events that are one, and splitting one that is two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import AnnouncedDate, Change, Citation, Clause, Event, Link, Participation, Quote, Redirect
from timeline.services.history import note_change
from timeline.services.slugs import find_slug
from timeline.services.words import refresh_words


@transaction.atomic
def merge_events(*, event_id: int, into_id: int, by: str, reason: str) -> None:
    """Move all of one event into another and withdraw it; its address leads to the other from then on.

    What both hold (the same role, article, words, link) is kept once. The other's own fields stay as they are. The
    history keeps what moved, so that it can be undone.

    Raises:
        InvalidRecord: both are the same event, one was withdrawn, or a public one would vanish in a proposal.
    """
    if event_id == into_id:
        raise InvalidRecord("An event cannot be merged into itself.", field="into")
    rows = {e.pk: e for e in Event.objects.select_for_update().filter(pk__in=[event_id, into_id]).order_by("pk")}
    event, into = rows[event_id], rows[into_id]
    if Event.State.WITHDRAWN in (event.state, into.state):
        raise InvalidRecord("A withdrawn event cannot be merged.", field="into")
    if event.state == Event.State.PUBLISHED != into.state:
        raise InvalidRecord("A public event cannot vanish in a proposal; merge the proposal into it.", field="into")
    before = {"state": event.state}
    moved = _move_parts(event, into)
    moved["redirects"] = list(Redirect.objects.filter(to=event).values_list("slug", flat=True))
    Redirect.objects.filter(to=event).update(to=into)
    Redirect.objects.update_or_create(slug=event.slug, defaults={"to": into, "reason": reason})
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(state=Event.State.WITHDRAWN, updated_at=now)
    Event.objects.filter(pk=into.pk).update(updated_at=now)
    refresh_words(into)
    note_merge(event, into, before, moved, by, reason)


def note_merge(event: Event, into: Event, before: dict[str, Any], moved: dict[str, Any], by: str, reason: str) -> None:
    """Keep in both histories that one event went into another."""
    own = note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.MERGE,
        by=by,
        before=before,
        after={"merged_into": into.slug, "into_id": into.pk, "moved": moved},
        reason=reason,
    )
    note_change(
        noun=Change.Noun.EVENT,
        row_id=into.pk,
        slug=into.slug,
        action=Change.Action.MERGE,
        by=by,
        after={"merged_from": event.slug, "same_as": own.pk},
        reason=reason,
    )


def _move_parts(event: Event, into: Event) -> dict[str, Any]:
    """Move the rows that hang on `event`, but those that `into` has already. Returns what moved, by kind of row."""
    moved: dict[str, Any] = {
        name: _move(model, event, into, key) for name, (model, key) in MOVABLE.items() if model is not Link
    }
    between = Link.objects.filter(event__in=[event, into], to__in=[event, into])
    moved["links_between"] = list(between.values("event_id", "to_id", "relation", "position", "by"))
    between.delete()
    moved["links"] = _move(Link, event, into, MOVABLE["links"][1])
    held = set(Link.objects.filter(to=into).values_list("event_id", "relation"))
    back = [row for row in Link.objects.filter(to=event) if (row.event_id, row.relation) not in held]
    moved["links_back"] = [row.pk for row in back]
    Link.objects.filter(pk__in=moved["links_back"]).update(to=into)
    return moved


# Rows that hang on an event, and what makes two of them the same.
MOVABLE: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "participants": (Participation, ("actor_id", "role")),
    "dates": (AnnouncedDate, ("kind", "text")),
    "citations": (Citation, ("article_id",)),
    "quotes": (Quote, ("speaker_id", "text")),
    "clauses": (Clause, ("vendor_id", "text")),
    "links": (Link, ("to_id", "relation")),
}


def _move(model: type[Model], event: Event, into: Event, key: tuple[str, ...]) -> dict[str, Any]:
    manager: Any = model._default_manager
    held = set(manager.filter(event=into).values_list(*key))
    places = manager.filter(event=into).count()
    moving = [row.pk for row in manager.filter(event=event) if tuple(getattr(row, k) for k in key) not in held]
    manager.filter(pk__in=moving).update(event=into, position=F("position") + places)
    return {"ids": moving, "places": places}


@transaction.atomic
def split_event(*, event_id: int, article_ids: Iterable[int], title: str, by: str, reason: str) -> int:
    """Move some articles of an event, with their quotes, to a new proposal of the same kind, date and participants.

    Returns:
        The id of the new event.

    Raises:
        InvalidRecord: none or all of the event's articles are named.
    """
    event = Event.objects.select_for_update().get(pk=event_id)
    wanted = set(article_ids)
    held = set(event.citations.values_list("article_id", flat=True))
    if not wanted or not wanted < held:
        raise InvalidRecord("Choose some of the event's articles, not all.", field="articles")
    new = _copy_event(event, title, by)
    moved = {
        name: _hand_over(getattr(event, name).filter(article_id__in=wanted), new)
        for name in ("citations", "quotes", "clauses")
    }
    event.updated_at = timezone.now()
    event.save(update_fields=["updated_at"])
    refresh_words(event)
    refresh_words(new)
    own = note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.SPLIT,
        by=by,
        after={"split_to": new.slug, "new_id": new.pk, "moved": moved},
        reason=reason,
    )
    note_change(
        noun=Change.Noun.EVENT,
        row_id=new.pk,
        slug=new.slug,
        action=Change.Action.SPLIT,
        by=by,
        after={"split_from": event.slug, "same_as": own.pk},
        reason=reason,
    )
    return new.pk


def _hand_over(rows: QuerySet[Any], new: Event) -> list[int]:
    ids = list(rows.values_list("pk", flat=True))
    rows.update(event=new)
    return ids


def _copy_event(event: Event, title: str, by: str) -> Event:
    new = Event.objects.create(
        slug=find_slug(Event.objects, f"{event.on} {title}", fallback=str(event.on)),
        title=title,
        on=event.on,
        precision=event.precision,
        kind=event.kind,
        status=event.status,
        dispute=event.dispute,
        state=Event.State.PROPOSED,
        by=by,
    )
    Participation.objects.bulk_create(
        [
            Participation(event=new, actor_id=p.actor_id, role=p.role, position=p.position, by=by)
            for p in event.participations.all()
        ]
    )
    return new
