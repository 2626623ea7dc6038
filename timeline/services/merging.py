"""Merging two events that are one, and splitting one that is two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Change, Citation, Clause, Event, Link, Participation, Quote, Redirect
from timeline.services.history import note_change
from timeline.services.slugs import find_slug
from timeline.services.words import refresh_words


@transaction.atomic
def merge_events(*, event_id: int, into_id: int, by: str, reason: str) -> None:
    """Move all of one event into another and withdraw it; its address leads to the other from then on.

    What both hold (the same role, article, words, link) is kept once. The other's own fields stay as they are.

    Raises:
        InvalidRecord: both are the same event.
    """
    if event_id == into_id:
        raise InvalidRecord("An event cannot be merged into itself.", field="into")
    rows = {e.pk: e for e in Event.objects.select_for_update().filter(pk__in=[event_id, into_id]).order_by("pk")}
    event, into = rows[event_id], rows[into_id]
    _move_parts(event, into)
    Redirect.objects.filter(to=event).update(to=into)
    Redirect.objects.update_or_create(slug=event.slug, defaults={"to": into, "reason": reason})
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(state=Event.State.WITHDRAWN, updated_at=now)
    Event.objects.filter(pk=into.pk).update(updated_at=now)
    refresh_words(into)
    for row, other, key in ((event, into, "merged_into"), (into, event, "merged_from")):
        note_change(
            noun=Change.Noun.EVENT,
            row_id=row.pk,
            slug=row.slug,
            action=Change.Action.MERGE,
            by=by,
            after={key: other.slug},
            reason=reason,
        )


def _move_parts(event: Event, into: Event) -> None:
    """Move the rows that hang on `event`, but those that `into` has already."""
    _move(Participation, event, into, ("actor_id", "role"))
    _move(Citation, event, into, ("article_id",))
    _move(Quote, event, into, ("speaker_id", "text"))
    _move(Clause, event, into, ("vendor_id", "text"))
    Link.objects.filter(event__in=[event, into], to__in=[event, into]).delete()
    _move(Link, event, into, ("to_id", "relation"))
    held = set(Link.objects.filter(to=into).values_list("event_id", "relation"))
    for link in Link.objects.filter(to=event):
        if (link.event_id, link.relation) not in held:
            link.to = into
            link.save(update_fields=["to"])


def _move(model: type[Model], event: Event, into: Event, key: tuple[str, ...]) -> None:
    manager: Any = model._default_manager
    held = set(manager.filter(event=into).values_list(*key))
    places = manager.filter(event=into).count()
    moving = [row.pk for row in manager.filter(event=event) if tuple(getattr(row, k) for k in key) not in held]
    manager.filter(pk__in=moving).update(event=into, position=F("position") + places)


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
    event.citations.filter(article_id__in=wanted).update(event=new)
    event.quotes.filter(article_id__in=wanted).update(event=new)
    event.clauses.filter(article_id__in=wanted).update(event=new)
    event.updated_at = timezone.now()
    event.save(update_fields=["updated_at"])
    for row, other, key in ((event, new, "split_to"), (new, event, "split_from")):
        refresh_words(row)
        note_change(
            noun=Change.Noun.EVENT,
            row_id=row.pk,
            slug=row.slug,
            action=Change.Action.SPLIT,
            by=by,
            after={key: other.slug},
            reason=reason,
        )
    return new.pk


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
