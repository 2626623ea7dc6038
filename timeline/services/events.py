"""Writing events: proposing, publishing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Change, Clause, Event, Link, Quote, Redirect
from timeline.models.common import WordsState
from timeline.queries.sources import find_own
from timeline.services.actors import publish_actors
from timeline.services.citations import attach
from timeline.services.drafts import EventDraft
from timeline.services.history import note_change, set_fields
from timeline.services.slugs import find_slug
from timeline.services.words import build_words_of_actors, refresh_words

CORRECTABLE = frozenset({"title", "kind", "on", "precision", "status", "summary", "scope", "dispute_id", "slug"})


@transaction.atomic(savepoint=False)
def add_proposal(*, draft: EventDraft, article_id: int, reasons: str, confidence: float, by: str) -> int:
    """Propose an event that an article tells of, with the article as its first citation. Returns its id."""
    found = build_words_of_actors([role.actor_id for role in draft.roles])
    event = Event.objects.create(
        slug=find_slug(Event.objects, f"{draft.on} {draft.slug_words or draft.title}", fallback=str(draft.on)),
        title=draft.title[:300],
        kind=draft.kind,
        on=draft.on,
        precision=draft.precision,
        status=draft.status,
        summary=draft.summary,
        scope=draft.scope,
        state=Event.State.PROPOSED,
        confidence=confidence,
        words=found.words,
        actor_ids=found.actor_ids,
        by=by,
    )
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.CREATE,
        by=by,
        after={"title": event.title, "kind": event.kind, "on": str(event.on), "state": event.state},
        reason=reasons,
    )
    attach(event.pk, article_id, draft, reasons=reasons, confidence=confidence, by=by, fresh=True)
    return event.pk


@transaction.atomic
def add_link(*, event_id: int, to_id: int, relation: str, by: str) -> bool:
    """Tie an event to an earlier one. Returns whether the tie is new.

    Raises:
        InvalidRecord: both are the same event, or the relation is unknown.
    """
    if event_id == to_id:
        raise InvalidRecord("An event cannot link to itself.", field="links")
    if relation not in Link.Relation.values:
        raise InvalidRecord(f"{relation!r} is not a relation.", field="links")
    position = Link.objects.filter(event_id=event_id).count()
    link, created = Link.objects.get_or_create(
        event_id=event_id, to_id=to_id, relation=relation, defaults={"by": by, "position": position}
    )
    if created:
        note_change(
            noun=Change.Noun.EVENT,
            row_id=event_id,
            slug=link.event.slug,
            action=Change.Action.CORRECT,
            by=by,
            after={"link": f"{relation} {link.to.slug}"},
        )
    return created


@transaction.atomic
def publish_event(*, event_id: int, by: str, reason: str = "") -> None:
    """Make a proposal public, with its actors and its quotes and clauses. A published event stays as it is.

    Raises:
        InvalidRecord: the event was withdrawn, or nobody takes part in it.
    """
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.state == Event.State.PUBLISHED:
        return
    if event.state == Event.State.WITHDRAWN:
        raise InvalidRecord("A withdrawn event cannot be published.", field="state")
    actor_ids = list(event.participations.values_list("actor_id", flat=True))
    if not actor_ids:
        raise InvalidRecord("An event needs somebody who takes part.", field="participants")
    words = publish_words(event=event, by=by)
    actors = [*words.pop("actor_ids"), *publish_actors(actor_ids=actor_ids, by=by)]
    _set_state(event, Event.State.PUBLISHED, Change.Action.PUBLISH, by, reason, words | {"actor_ids": actors})


@transaction.atomic
def publish_words(*, event: Event, by: str) -> dict[str, list[int]]:
    """Make an event's proposed quotes and clauses public, and those who speak in them.

    Returns:
        The ids of what was not public before, under quote_ids, clause_ids and actor_ids.
    """
    quotes = Quote.objects.filter(event=event, state=WordsState.PROPOSED)
    clauses = Clause.objects.filter(event=event, state=WordsState.PROPOSED)
    actor_ids = [i for pair in quotes.values_list("speaker_id", "on_behalf_of_id") for i in pair if i]
    actor_ids += clauses.values_list("vendor_id", flat=True)
    after = {"quotes": [q.text for q in quotes], "clauses": [c.text for c in clauses]}
    ids = {
        "quote_ids": [q.pk for q in quotes],
        "clause_ids": [c.pk for c in clauses],
        "actor_ids": publish_actors(actor_ids=actor_ids, by=by),
    }
    quotes.update(state=WordsState.PUBLISHED)
    clauses.update(state=WordsState.PUBLISHED)
    refresh_words(event)
    if any(after.values()):
        note_change(
            noun=Change.Noun.EVENT,
            row_id=event.pk,
            slug=event.slug,
            action=Change.Action.CORRECT,
            by=by,
            after={name: texts for name, texts in after.items() if texts} | ids,
        )
    return ids


@transaction.atomic
def withdraw_event(*, event_id: int, by: str, reason: str) -> None:
    """Take an event out of the public record, or reject a proposal; the row and its history stay.

    Raises:
        InvalidRecord: no reason is given.
    """
    if not reason.strip():
        raise InvalidRecord("Say why the event is withdrawn.", field="reason")
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.state != Event.State.WITHDRAWN:
        _set_state(event, Event.State.WITHDRAWN, Change.Action.WITHDRAW, by, reason)


@transaction.atomic
def correct_event(*, event_id: int, values: Mapping[str, Any], by: str, reason: str = "") -> bool:
    """Change fields of an event (those in CORRECTABLE). Returns whether anything differed.

    Raises:
        InvalidRecord: a field cannot be corrected this way, or a value is not valid for its field.
    """
    return write_fields(event_id, values, by=by, reason=reason, checked=True)


def write_fields(event_id: int, values: Mapping[str, Any], *, by: str, reason: str, checked: bool) -> bool:
    """As `correct_event`; without `checked` a proposal may hold what a page says and no editor may enter, such as a day
    of 1984. Call it inside a transaction."""
    unknown = set(values) - CORRECTABLE
    if unknown:
        raise InvalidRecord(f"Cannot be corrected: {', '.join(sorted(unknown))}.", field=min(unknown))
    event = Event.objects.select_for_update(of=["self"]).select_related("dispute").get(pk=event_id)
    dispute = str(event.dispute or "")
    before, after = set_fields(event, values)
    if not after:
        return False
    event.updated_at = timezone.now()
    if checked:
        _check(event)
    event.save()
    if "slug" in after:
        keep_address(event, before["slug"], reason or "renamed")
    if "dispute_id" in after:  # for people, who know it by its title
        before["dispute"], after["dispute"] = dispute, str(event.dispute or "")
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.CORRECT,
        by=by,
        before=before,
        after=after,
        reason=reason,
    )
    return True


def _check(event: Event) -> None:
    try:
        event.full_clean()
    except ValidationError as error:
        field, faults = next(iter(error.error_dict.items()))
        if any(fault.code == "unique" for fault in faults):
            raise InvalidRecord("Another event has this address.", field=field) from error
        raise InvalidRecord(" ".join(error.message_dict[field]), field=field) from error
    if leads_elsewhere(event.slug, event):
        raise InvalidRecord("This address leads to another event.", field="slug")


def leads_elsewhere(slug: str, event: Event) -> bool:
    """Whether an address that an event would have leads to another one: addresses never die."""
    return Redirect.objects.filter(slug=slug).exclude(to=event.pk).exists()


def keep_address(event: Event, old: str, reason: str) -> None:
    """Let an old address of an event lead to it from now on; its present one leads nowhere else."""
    Redirect.objects.filter(slug=event.slug).delete()
    Redirect.objects.update_or_create(slug=old, defaults={"to": event, "reason": reason})


def _set_state(
    event: Event, state: str, action: str, by: str, reason: str, beside: Mapping[str, list[int]] | None = None
) -> None:
    """Change the state; `beside` holds the ids of what changed with it, for undoing."""
    before, after = set_fields(event, {"state": state})
    event.updated_at = timezone.now()
    event.save(update_fields=["state", "updated_at"])
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=action,
        by=by,
        before=before,
        after=after | dict(beside or {}),
        reason=reason,
    )


def publish_if_agreed(*, event_id: int, publishers: int, confidence: float, by: str) -> bool:
    """Publish a proposal that is confident and that enough independent publishers tell of.

    Args:
        event_id: the event; anything but a proposal stays as it is.
        publishers: how many publishers must agree; copies of one article count once, parties not at all; 0 turns
            publishing off.
        confidence: the least confidence of the proposal.
        by: who publishes.

    Returns:
        Whether it was published.
    """
    if publishers < 1:
        return False
    event = Event.objects.get(pk=event_id)
    if event.state != Event.State.PROPOSED or event.confidence < confidence:
        return False
    own = find_own([event_id])
    sources = event.citations.filter(main=True, article__original__isnull=True).exclude(pk__in=own)
    agreed = sources.values("article__publisher").distinct().count()
    if agreed < publishers:
        return False
    publish_event(event_id=event_id, by=by, reason=f"{agreed} publishers agree")
    return True
