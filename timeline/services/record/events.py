"""Loading events with their parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from timeline.models import Actor, Article, Change, Dispute, Event, Participation, Redirect
from timeline.models.common import RECORD
from timeline.queries.record import list_event_entries
from timeline.record import EventEntry, Record
from timeline.services.actors import publish_actors
from timeline.services.record.parts import KINDS, LINKS, Ids, find_others, write_parts
from timeline.services.record.plan import Held, Plan, Step, find_differing, make_plan, note_steps
from timeline.services.record.progress import Progress
from timeline.services.words import refresh_words_of

_BATCH = 50  # events written between two moves of the progress bar
_FIELDS = ["title", "on", "precision", "kind", "status", "summary", "scope", "dispute", "state", "updated_at"]


def load_events(record: Record, now: datetime, progress: Progress) -> Plan[EventEntry]:
    """Write the file's events; their actors, disputes and articles stand in the database already."""
    moved = dict(Redirect.objects.values_list("slug", "to"))
    entries = {e.slug: e for e in record.events}
    held = _find_held(entries)
    entries = {slug: entry for slug, entry in entries.items() if slug in held or slug not in moved}
    differing = find_differing(entries, held)
    ids = _read_ids(record, differing, moved)
    stored = {row.pk: row.entry for row in held.values() if row.pk in set(differing)}
    plan = make_plan(Change.Noun.EVENT, entries, held, find_others(stored, ids))
    disputes = dict(Dispute.objects.values_list("slug", "pk"))
    for steps in progress(_split(plan.steps)):
        _write_events(steps, disputes, now)
        for kind in KINDS:
            write_parts(kind, steps, ids)
        refresh_words_of([step.id for step in steps])
    ids.events |= {step.entry.slug: step.id for step in plan.steps}
    write_parts(LINKS, plan.steps, ids)
    _publish_actors(plan.steps)
    note_steps(Change.Noun.EVENT, plan.steps)
    return plan


def _find_held(entries: Mapping[str, EventEntry]) -> dict[str, Held[EventEntry]]:
    rows = Event.objects.filter(slug__in=entries)
    proposed = set(rows.proposed().values_list("pk", flat=True))
    return {entry.slug: Held(pk, entry, pk in proposed) for pk, entry in list_event_entries(rows).items()}


def _read_ids(record: Record, differing: list[int], moved: dict[str, int]) -> Ids:
    """Ids of all that the file or the differing events refer to."""
    cited = Q(citations__event__in=differing) | Q(quotes__event__in=differing) | Q(clauses__event__in=differing)
    articles = dict(Article.objects.filter(url__in=record.articles).values_list("url", "pk").order_by())
    if differing:
        articles |= dict(Article.objects.filter(cited).values_list("url", "pk").order_by())
    return Ids(
        actors=dict(Actor.objects.values_list("slug", "pk")),
        events=moved | dict(Event.objects.values_list("slug", "pk").order_by()),
        articles=articles,
    )


def _split(steps: list[Step[EventEntry]]) -> list[list[Step[EventEntry]]]:
    return [steps[start : start + _BATCH] for start in range(0, len(steps), _BATCH)]


def _write_events(steps: Iterable[Step[EventEntry]], disputes: dict[str, int], now: datetime) -> None:
    new = [step for step in steps if step.held is None]
    made = Event.objects.bulk_create(
        [Event(slug=step.entry.slug, by=RECORD, **_columns(step, disputes)) for step in new]
    )
    for step, row in zip(new, made, strict=True):
        step.pk = row.pk
    changed = {step.id: step for step in steps if step.held is not None}
    rows = list(Event.objects.filter(pk__in=changed))
    for row in rows:
        step = changed[row.pk]
        for name, value in _columns(step, disputes).items():
            setattr(row, name, value)
        row.state = Event.State.PUBLISHED if step.publish else row.state
        row.updated_at = now
    Event.objects.bulk_update(rows, _FIELDS)


def _publish_actors(steps: Iterable[Step[EventEntry]]) -> None:
    """Who takes part in a proposal that the file publishes is public with it."""
    published = [step.id for step in steps if step.publish]
    actors = Participation.objects.filter(event__in=published).values_list("actor_id", flat=True)
    publish_actors(actor_ids=list(actors), by=RECORD)


def _columns(step: Step[EventEntry], disputes: dict[str, int]) -> dict[str, Any]:
    entry = step.entry
    return {
        "title": entry.title,
        "on": date.fromisoformat(entry.on),
        "precision": entry.precision,
        "kind": entry.kind,
        "status": entry.status,
        "summary": entry.summary,
        "scope": entry.scope,
        "dispute_id": disputes.get(entry.dispute),
    }
