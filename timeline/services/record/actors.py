"""Loading actors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models.functions import Lower

from timeline.models import Actor, ActorName, Change
from timeline.queries.record import list_actor_entries
from timeline.record import ActorEntry, BadRecord, Problem, Record
from timeline.services.record.plan import Held, Plan, Step, make_plan, note_steps

_ACTOR_FIELDS = ["slug", "name", "kind", "title", "url", "state", "updated_at"]


def load_actors(record: Record, now: datetime) -> Plan[ActorEntry]:
    """Write the file's actors.

    Raises:
        BadRecord: a name belongs to an actor of the database that the file does not have.
    """
    entries = {entry.slug: entry for entry in record.actors}
    plan = make_plan(Change.Noun.ACTOR, entries, _find_held(entries), {})
    if plan.steps:
        _refuse_taken_names(plan.steps, record)
        _write_actors(plan, now)
        _write_parents(plan.steps)
        _write_names(plan.steps)
        note_steps(Change.Noun.ACTOR, plan.steps)
    return plan


def _find_held(entries: Mapping[str, ActorEntry]) -> dict[str, Held[ActorEntry]]:
    """The rows that are the file's actors: by slug, else the proposed actor that goes by one of the names."""
    slugs = dict(Actor.objects.filter(slug__in=entries).values_list("slug", "pk"))
    slugs |= _find_proposed({slug: entry for slug, entry in entries.items() if slug not in slugs}, entries)
    rows = Actor.objects.filter(pk__in=slugs.values())
    proposed = set(rows.filter(state=Actor.State.PROPOSED).values_list("pk", flat=True))
    found = list_actor_entries(rows)
    return {slug: Held(pk, found[pk], pk in proposed) for slug, pk in slugs.items()}


def _find_proposed(missing: Mapping[str, ActorEntry], entries: Mapping[str, ActorEntry]) -> dict[str, int]:
    wanted = {name.lower(): slug for slug, entry in missing.items() for name in (entry.name, *entry.aliases)}
    rows = ActorName.objects.annotate(lower=Lower("name")).filter(lower__in=wanted, actor__state="proposed")
    found: dict[str, int] = {}
    for pk, name in rows.exclude(actor__slug__in=entries).order_by("actor_id").values_list("actor_id", "lower"):
        if wanted[name] not in found and pk not in found.values():
            found[wanted[name]] = pk
    return found


def _refuse_taken_names(steps: list[Step[ActorEntry]], record: Record) -> None:
    names = [(name, step.entry.slug) for step in steps for name in (step.entry.name, *step.entry.aliases)]
    rows = ActorName.objects.annotate(lower=Lower("name")).filter(lower__in=[name.lower() for name, _ in names])
    others = rows.exclude(actor__in=[step.pk for step in steps if step.pk])
    owners = dict(others.values_list("lower", "actor__slug"))
    problems = []
    for name, slug in names:
        if (owner := owners.setdefault(name.lower(), slug)) != slug:
            row = f"actor {slug}"
            text = f"'{name}' is a name of actor {owner} in the database; use that slug, or rename that actor there"
            problems.append(Problem(record.lines.get(row, 0), row, "names", text))
    if problems:
        raise BadRecord(problems)


def _write_actors(plan: Plan[ActorEntry], now: datetime) -> None:
    rows = {step.id: step for step in plan.changed}
    actors = list(Actor.objects.filter(pk__in=rows))
    for actor in actors:
        step = rows[actor.pk]
        if step.publish:
            actor.state = Actor.State.PUBLISHED
        _fill_actor(actor, step.entry)
        actor.updated_at = now
    Actor.objects.bulk_update(actors, _ACTOR_FIELDS, batch_size=500)
    made = Actor.objects.bulk_create([_fill_actor(Actor(), step.entry) for step in plan.new], batch_size=500)
    for step, actor in zip(plan.new, made, strict=True):
        step.pk = actor.pk


def _fill_actor(actor: Actor, entry: ActorEntry) -> Actor:
    actor.slug, actor.name, actor.kind = entry.slug, entry.name, entry.kind
    actor.title, actor.url = entry.title, entry.url
    return actor


def _write_parents(steps: list[Step[ActorEntry]]) -> None:
    ids = dict(Actor.objects.values_list("slug", "pk"))
    wanted = {step.id: ids.get(step.entry.parent) for step in steps}
    stale = [a for a in Actor.objects.filter(pk__in=wanted).only("pk", "parent") if a.parent_id != wanted[a.pk]]
    for actor in stale:
        actor.parent_id = wanted[actor.pk]
    Actor.objects.bulk_update(stale, ["parent"], batch_size=500)


def _write_names(steps: list[Step[ActorEntry]]) -> None:
    """All old names go before the new ones come, since a name may move from one actor to another."""
    ActorName.objects.filter(actor__in=[step.id for step in steps if step.held]).delete()
    ActorName.objects.bulk_create(
        [
            ActorName(actor_id=step.id, name=name, position=position)
            for step in steps
            for position, name in enumerate(_list_names(step.entry))
        ],
        batch_size=1000,
    )


def _list_names(entry: ActorEntry) -> list[str]:
    """The name and the aliases, each once: an editor may have made the name what the file has as an alias."""
    return [entry.name, *(alias for alias in entry.aliases if alias.lower() != entry.name.lower())]
