"""What an event's articles together make of a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from timeline.models import Citation, Event, Evidence, Participation
from timeline.services.events import write_fields
from timeline.services.roles import RoleRow, correct_roles


class HeldRole(NamedTuple):
    """An actor, by id, its role, and how sure that is."""

    actor_id: int
    role: str
    confidence: float


@transaction.atomic(savepoint=False)
def revise_proposal(
    *,
    event_id: int,
    values: Mapping[str, str | date],
    confidence: float,
    roles: Sequence[HeldRole],
    by: str,
    reason: str,
) -> bool:
    """Let a proposal say what its articles together tell; what any of them says of a role is kept as its evidence.

    Args:
        event_id: a proposal that no editor has touched (`queries.tellings.is_untouched`).
        values: fields of the event that `correct_event` takes, as the articles have them.
        confidence: how sure one is of it now.
        roles: all who take part, in this order.
        by: who revises.
        reason: for the history.

    Returns:
        Whether anything differed.

    Raises:
        InvalidRecord: a field cannot be corrected this way, or `roles` is empty or names somebody twice in one role.
    """
    rows = [RoleRow(role.actor_id, role.role) for role in roles]
    differs = write_fields(event_id, values, by=by, reason=reason, checked=False)
    recast = correct_roles(event_id=event_id, roles=rows, by=by, reason=reason)
    Event.objects.filter(pk=event_id).update(confidence=confidence)
    held = {(row.actor_id, row.role): row for row in Participation.objects.filter(event_id=event_id)}
    for role in roles:
        held[role[:2]].confidence = role.confidence
    Participation.objects.bulk_update(held.values(), ["confidence"])
    if recast:
        _tell_again(event_id, held)
    return differs or recast


def _tell_again(event_id: int, held: Mapping[tuple[int, str], Participation]) -> None:
    """Give roles the sentences that the articles have for them, where they are not kept yet."""
    citations = Citation.objects.filter(event_id=event_id, told__isnull=False)
    Evidence.objects.bulk_create(
        [
            Evidence(
                citation=citation,
                fact=Evidence.Fact.ROLE,
                participation=held[actor, role],
                sentence=sentence,
                start=start,
                end=end,
                confidence=confidence,
            )
            for citation in citations
            for actor, role, sentence, start, end, confidence in _roles_of(citation)
            if (actor, role) in held
        ],
        ignore_conflicts=True,
    )


def _roles_of(citation: Citation) -> list[list[Any]]:
    roles: list[list[Any]] = citation.told["roles"] if citation.told else []
    return roles
