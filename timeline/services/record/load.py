"""Loading a whole record file in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from timeline.models import Change, Participation
from timeline.record import Record
from timeline.services.locks import lock_matching
from timeline.services.record.actors import load_actors
from timeline.services.record.articles import load_articles
from timeline.services.record.disputes import load_disputes
from timeline.services.record.events import load_events
from timeline.services.record.plan import Plan
from timeline.services.record.progress import Progress, no_progress
from timeline.services.words import refresh_words_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did to one noun: rows made, rows changed, and rows left as people made them."""

    noun: str
    created: int
    changed: int
    kept: int


@transaction.atomic
def load_record(*, record: Record, progress: Progress = no_progress) -> list[Outcome]:
    """Bring the database in line with a record file; a second call changes nothing.

    `progress` wraps the batches in which events are written. What the file does not name stays as it is; how a row is
    joined with what people made of it: see three_way.py.

    Raises:
        BadRecord: a name belongs to another actor of the database.
    """
    lock_matching()
    now = timezone.now()
    actors = load_actors(record, now)
    plans: list[tuple[str, Plan[Any]]] = [
        (Change.Noun.ACTOR, actors),
        (Change.Noun.DISPUTE, load_disputes(record, now)),
        (Change.Noun.ARTICLE, load_articles(record, now)),
        (Change.Noun.EVENT, load_events(record, now, progress)),
    ]
    _refresh_renamed([step.id for step in actors.changed])
    return [Outcome(str(noun), len(plan.new), len(plan.changed), plan.kept) for noun, plan in plans]


def _refresh_renamed(actor_ids: Iterable[int]) -> None:
    """Events are found by their actors' names, so these may have changed for events that the file does not touch."""
    events = Participation.objects.filter(actor__in=list(actor_ids)).values_list("event_id", flat=True)
    refresh_words_of(list(events.order_by("event_id").distinct()))
