"""Undoing what editors did: a change is taken back as long as nothing was built on it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Change, Citation, Clause, Event, Link, Quote, Redirect
from timeline.models.common import WordsState
from timeline.services.actors import conceal_actors
from timeline.services.events import CORRECTABLE, correct_event
from timeline.services.history import note_change
from timeline.services.merging import MOVABLE
from timeline.services.roles import RoleRow, list_roles, set_roles
from timeline.services.words import refresh_words


@transaction.atomic
def undo_change(*, change_id: int, by: str) -> None:
    """Take one change of an event back: fields, who takes part, words, publishing, withdrawing, a merge, a split.

    The history keeps both: undoing is a change of its own, of the action that reverses the first.

    Raises:
        InvalidRecord: it is no such change, was undone before, or what it left was changed since.
    """
    change = Change.objects.select_for_update().get(pk=change_id)
    if "same_as" in change.after:
        change = Change.objects.select_for_update().get(pk=change.after["same_as"])
    if not can_undo(change):
        raise InvalidRecord("This cannot be undone.", field="change")
    if find_undoing(change.pk) is not None:
        raise InvalidRecord("This was undone already.", field="change")
    event = Event.objects.select_for_update().get(pk=change.row_id)
    _UNDOERS[change.action](event, change, by)


def find_undoing(change_id: int) -> int | None:
    """The id of the change that took this one back, None where it stands."""
    return Change.objects.filter(after__undoes=change_id).values_list("pk", flat=True).first()


def _undo_correction(event: Event, change: Change, by: str) -> None:
    fields = {name: value for name, value in change.before.items() if name in CORRECTABLE}
    if any(str(getattr(event, name)) != str(change.after[name]) for name in fields):
        raise _changed_since()
    _undo_words(event, change)
    _undo_roles(event, change, by)
    _undo_dropping(change)
    _undo_speaker(change)
    refresh_words(event)
    if fields:
        correct_event(event_id=event.pk, values={n: _read(n, v) for n, v in fields.items()}, by=by, reason=_say(change))
        _mark(event, change)
    else:
        _note(event, change, Change.Action.CORRECT, by, before=change.after, after=change.before)


def _undo_roles(event: Event, change: Change, by: str) -> None:
    if "roles" not in change.before:
        return
    if list_roles(event) != [tuple(row) for row in change.after["roles"]]:
        raise _changed_since()
    set_roles(event, [RoleRow(actor, role) for actor, role in change.before["roles"]], by)


def _undo_dropping(change: Change) -> None:
    dropped = change.after.get("dropped", {})
    Quote.objects.bulk_create([Quote(**row) for row in dropped.get("quotes", ())], ignore_conflicts=True)
    Clause.objects.bulk_create([Clause(**row) for row in dropped.get("clauses", ())], ignore_conflicts=True)


def _undo_speaker(change: Change) -> None:
    if "speaker" not in change.before:
        return
    quote = Quote.objects.select_for_update().filter(pk=change.after.get("quote_id")).first()
    if quote is None or [quote.speaker_id, quote.on_behalf_of_id] != change.after["speaker"]:
        raise _changed_since()
    quote.speaker_id, quote.on_behalf_of_id = change.before["speaker"]
    quote.save(update_fields=["speaker", "on_behalf_of"])


def _undo_words(event: Event, change: Change) -> None:
    event.quotes.filter(pk__in=change.after.get("quote_ids", ())).update(state=WordsState.PROPOSED)
    event.clauses.filter(pk__in=change.after.get("clause_ids", ())).update(state=WordsState.PROPOSED)
    refresh_words(event)


def _undo_publishing(event: Event, change: Change, by: str) -> None:
    _expect_state(event, change)
    _undo_words(event, change)
    _set_state(event, change.before["state"])
    _note(event, change, Change.Action.WITHDRAW, by, before={"state": change.after["state"]}, after=change.before)
    conceal_actors(actor_ids=change.after.get("actor_ids", ()), by=by, reason=_say(change))


def _undo_withdrawal(event: Event, change: Change, by: str) -> None:
    _expect_state(event, change)
    _set_state(event, change.before["state"])
    _note(event, change, Change.Action.PUBLISH, by, before=change.after, after=change.before)


def _undo_merge(event: Event, change: Change, by: str) -> None:
    into = Event.objects.select_for_update().get(pk=change.after["into_id"])
    address = Redirect.objects.filter(slug=event.slug, to=into)
    if event.state != Event.State.WITHDRAWN or not address.exists():
        raise _changed_since()
    moved = change.after["moved"]
    for name, (model, _) in MOVABLE.items():
        rows: Any = model._default_manager.filter(event=into, pk__in=moved[name]["ids"])
        rows.update(event=event, position=F("position") - moved[name]["places"])
    Link.objects.filter(to=into, pk__in=moved["links_back"]).update(to=event)
    Link.objects.bulk_create([Link(**link) for link in moved["links_between"]], ignore_conflicts=True)
    Redirect.objects.filter(to=into, slug__in=moved["redirects"]).update(to=event)
    address.delete()
    _set_state(event, change.before["state"])
    for row in (event, into):
        refresh_words(row)
    Event.objects.filter(pk=into.pk).update(updated_at=timezone.now())
    before = {"state": Event.State.WITHDRAWN.value}
    _note(event, change, Change.Action.SPLIT, by, before=before, after={"split_from": into.slug} | change.before)
    _note(into, change, Change.Action.SPLIT, by, after={"split_to": event.slug})


def _undo_split(event: Event, change: Change, by: str) -> None:
    new = Event.objects.select_for_update().get(pk=change.after["new_id"])
    if new.state != Event.State.PROPOSED:
        raise InvalidRecord("The new event is public or gone by now; merge it instead.", field="change")
    models: dict[str, Any] = {"citations": Citation, "quotes": Quote, "clauses": Clause}
    for name, ids in change.after["moved"].items():
        models[name].objects.filter(event=new, pk__in=ids).update(event=event)
    _set_state(new, Event.State.WITHDRAWN)
    for row in (event, new):
        refresh_words(row)
    _note(new, change, Change.Action.MERGE, by, after={"merged_into": event.slug})
    _note(event, change, Change.Action.MERGE, by, after={"merged_from": new.slug})


def can_undo(change: Change) -> bool:
    """Whether the change is of a kind that can be taken back; whether it still can, undoing tells."""
    if change.noun != Change.Noun.EVENT:
        return False
    if change.action in (Change.Action.PUBLISH, Change.Action.WITHDRAW):
        return "state" in change.before
    if change.action == Change.Action.CORRECT:
        words = any(change.after.get(name) for name in ("quote_ids", "clause_ids", "quote_id", "dropped"))
        return words or "roles" in change.before or not CORRECTABLE.isdisjoint(change.before)
    return not {"moved", "same_as"}.isdisjoint(change.after)


_UNDOERS: dict[str, Callable[[Event, Change, str], None]] = {
    Change.Action.CORRECT: _undo_correction,
    Change.Action.PUBLISH: _undo_publishing,
    Change.Action.WITHDRAW: _undo_withdrawal,
    Change.Action.MERGE: _undo_merge,
    Change.Action.SPLIT: _undo_split,
}


def _expect_state(event: Event, change: Change) -> None:
    if "state" not in change.before or event.state != change.after.get("state"):
        raise _changed_since()


def _set_state(event: Event, state: str) -> None:
    event.state, event.updated_at = state, timezone.now()
    event.save(update_fields=["state", "updated_at"])


def _read(name: str, value: Any) -> Any:
    """A field's value as the model reads it from what the history keeps."""
    field: Any = Event._meta.get_field(name)
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _note(event: Event, change: Change, action: str, by: str, *, after: Any, before: Any = None) -> None:
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=action,
        by=by,
        before=before,
        after={**after, "undoes": change.pk},
        reason=_say(change),
    )


def _mark(event: Event, change: Change) -> None:
    """Tie the correction that was just noted to the one that it undoes."""
    last = Change.objects.filter(noun=Change.Noun.EVENT, row_id=event.pk).latest("pk")
    last.after = {**last.after, "undoes": change.pk}
    last.save(update_fields=["after"])


def _say(change: Change) -> str:
    return f"Taken back: {change.reason}" if change.reason else "Taken back."


def _changed_since() -> InvalidRecord:
    return InvalidRecord("This was changed again since; undo the later change first.", field="change")
