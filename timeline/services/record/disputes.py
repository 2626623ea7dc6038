"""Loading disputes."""

from __future__ import annotations

from datetime import datetime

from timeline.models import Actor, Change, Dispute, Side
from timeline.queries.record import list_dispute_entries
from timeline.record import DisputeEntry, Record
from timeline.services.record.plan import Held, Plan, Step, make_plan, note_steps


def load_disputes(record: Record, now: datetime) -> Plan[DisputeEntry]:
    """Write the file's disputes; their actors stand in the database already."""
    entries = {entry.slug: entry for entry in record.disputes}
    rows = list_dispute_entries(Dispute.objects.filter(slug__in=entries))
    held = {entry.slug: Held(pk, entry) for pk, entry in rows.items()}
    plan = make_plan(Change.Noun.DISPUTE, entries, held, {})
    if plan.steps:
        made = Dispute.objects.bulk_create(
            [Dispute(slug=e.slug, title=e.title, summary=e.summary) for e in (step.entry for step in plan.new)]
        )
        for step, row in zip(plan.new, made, strict=True):
            step.pk = row.pk
        _update_disputes(plan.changed, now)
        _write_sides(plan.steps)
        note_steps(Change.Noun.DISPUTE, plan.steps)
    return plan


def _update_disputes(steps: list[Step[DisputeEntry]], now: datetime) -> None:
    rows = [Dispute(pk=s.pk, title=s.entry.title, summary=s.entry.summary, updated_at=now) for s in steps]
    Dispute.objects.bulk_update(rows, ["title", "summary", "updated_at"], batch_size=500)


def _write_sides(steps: list[Step[DisputeEntry]]) -> None:
    Side.objects.filter(dispute__in=[step.id for step in steps if step.held]).delete()
    actors = dict(Actor.objects.values_list("slug", "pk"))
    Side.objects.bulk_create(
        [
            Side(dispute_id=step.id, actor_id=actors[side.actor], position=side.position, order=order)
            for step in steps
            for order, side in enumerate(step.entry.sides)
        ],
        batch_size=1000,
    )
