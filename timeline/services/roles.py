"""Correcting who takes part in an event, and who said what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Change, Clause, Event, Participation, Quote
from timeline.models.common import WordsState
from timeline.services.actors import publish_actors
from timeline.services.history import note_change
from timeline.services.words import refresh_words


class RoleRow(NamedTuple):
    """An actor, by id, and its role."""

    actor_id: int
    role: str


@transaction.atomic
def correct_roles(*, event_id: int, roles: Sequence[RoleRow], by: str, reason: str = "") -> bool:
    """Let exactly these take part in an event, in this order. Returns whether anything differed.

    Raises:
        InvalidRecord: one is named twice in one role, a role is unknown, or nobody would be left.
    """
    event = Event.objects.select_for_update().get(pk=event_id)
    if not roles:
        raise InvalidRecord("An event needs somebody who takes part.", field="participants")
    if len(set(roles)) != len(roles):
        raise InvalidRecord("Somebody is named twice in one role.", field="participants")
    if unknown := {row.role for row in roles} - set(Participation.Role.values):
        raise InvalidRecord(f"{min(unknown)!r} is not a role.", field="participants")
    before, names = list_roles(event), _name_roles(event)
    if before == [tuple(row) for row in roles]:
        return False
    set_roles(event, roles, by)
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.CORRECT,
        by=by,
        before={"participants": names, "roles": before},
        after={"participants": _name_roles(event), "roles": roles},
        reason=reason,
    )
    return True


def list_roles(event: Event) -> list[tuple[int, str]]:
    """Who takes part, by id, in which role, in order."""
    return list(event.participations.order_by("position", "id").values_list("actor_id", "role"))


def _name_roles(event: Event) -> list[str]:
    rows = event.participations.select_related("actor").order_by("position", "id")
    return [f"{row.actor.name} ({row.role})" for row in rows]


def set_roles(event: Event, roles: Sequence[RoleRow], by: str) -> None:
    """Make the rows be these; those that stay keep their evidence. Actors of a public event become public."""
    held = {(row.actor_id, row.role): row for row in event.participations.all()}
    wanted = {(row.actor_id, row.role) for row in roles}
    event.participations.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    for position, (actor_id, role) in enumerate(roles):
        Participation.objects.update_or_create(
            event=event, actor_id=actor_id, role=role, defaults={"position": position}, create_defaults={
                "position": position, "by": by,
            },
        )  # fmt: skip
    if event.state == Event.State.PUBLISHED:
        publish_actors(actor_ids=[row.actor_id for row in roles], by=by)
    event.updated_at = timezone.now()
    event.save(update_fields=["updated_at"])
    refresh_words(event)


@transaction.atomic
def correct_speaker(*, quote_id: int, speaker_id: int, on_behalf_of_id: int | None, by: str) -> bool:
    """Give a quote to who said it, and for whom. Returns whether anything differed."""
    quote = Quote.objects.select_for_update().select_related("event", "speaker").get(pk=quote_id)
    if (quote.speaker_id, quote.on_behalf_of_id) == (speaker_id, on_behalf_of_id):
        return False
    before, given = str(quote), [quote.speaker_id, quote.on_behalf_of_id]
    quote.speaker_id, quote.on_behalf_of_id = speaker_id, on_behalf_of_id
    quote.save(update_fields=["speaker", "on_behalf_of"])
    quote.refresh_from_db()
    told = quote.state == WordsState.PUBLISHED  # words that wait for an editor are not yet anybody's business
    _note_words(
        quote.event,
        by,
        {"quotes": [before] if told else [], "speaker": given},
        {"quotes": [str(quote)] if told else [], "quote_id": quote.pk, "speaker": [speaker_id, on_behalf_of_id]},
        "",
    )
    return True


@transaction.atomic
def drop_words(*, event_id: int, quote_ids: Iterable[int], clause_ids: Iterable[int], by: str, reason: str) -> int:
    """Remove quotes and clauses that are none, or not this event's; the history keeps them whole. Returns how many."""
    event = Event.objects.select_for_update().get(pk=event_id)
    quotes: QuerySet[Quote] = Quote.objects.filter(event=event, pk__in=list(quote_ids))
    clauses: QuerySet[Clause] = Clause.objects.filter(event=event, pk__in=list(clause_ids))
    number = quotes.count() + clauses.count()
    if number:
        before = {
            "quotes": [str(q) for q in quotes if q.state == WordsState.PUBLISHED],
            "clauses": [str(c) for c in clauses if c.state == WordsState.PUBLISHED],
        }
        dropped = {"quotes": _read_columns(quotes), "clauses": _read_columns(clauses)}
        quotes.delete()
        clauses.delete()
        refresh_words(event)
        _note_words(event, by, before, {"words_dropped": number, "dropped": dropped}, reason)
    return number


def _read_columns(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """The rows as they can be made again: without what the database makes of them."""
    return list(rows.values(*(one.attname for one in rows.model._meta.concrete_fields if not one.generated)))


def _note_words(event: Event, by: str, before: dict[str, Any], after: dict[str, Any], reason: str) -> None:
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.CORRECT,
        by=by,
        before={name: value for name, value in before.items() if value},
        after={name: value for name, value in after.items() if value},
        reason=reason,
    )
