"""Which rows a load makes or changes, and the history rows it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic

from timeline.models import Change
from timeline.models.common import RECORD
from timeline.services.record.three_way import Entry, Values, describe_entry, diff_entries, fold_changes, merge_entries


@dataclass(slots=True)
class Step(Generic[Entry]):
    """One row to write. `pk` and `held` are None for a new one; `publish` lifts a proposal into the record."""

    entry: Entry
    pk: int | None = None
    held: Entry | None = None
    publish: bool = False

    @property
    def id(self) -> int:
        """The row's id; known once a new row is made."""
        if self.pk is None:
            raise LookupError(f"{self.entry} is not in the database yet")
        return self.pk


@dataclass(frozen=True, slots=True)
class Held(Generic[Entry]):
    """A row of the database. `others`: see `merge_entries`."""

    pk: int
    entry: Entry
    proposed: bool = False


@dataclass(slots=True)
class Plan(Generic[Entry]):
    """The steps for one noun, and how many rows stay as people made them although the file says otherwise."""

    steps: list[Step[Entry]]
    kept: int = 0

    @property
    def new(self) -> list[Step[Entry]]:
        return [step for step in self.steps if step.held is None]

    @property
    def changed(self) -> list[Step[Entry]]:
        return [step for step in self.steps if step.held is not None]


def find_differing(entries: Mapping[str, Entry], held: Mapping[str, Held[Entry]]) -> list[int]:
    """The ids of the rows that differ from the file; usually none, and then nothing more need be read."""
    return [row.pk for key, row in held.items() if row.proposed or row.entry != entries[key]]


def make_plan(
    noun: str,
    entries: Mapping[str, Entry],
    held: Mapping[str, Held[Entry]],
    others: Mapping[int, Mapping[str, Container[Any]]],
) -> Plan[Entry]:
    """Compare the file's entries with the rows held under the same keys. `others` is by row id."""
    differing = set(find_differing(entries, held))
    bases = _read_bases(noun, differing)
    plan: Plan[Entry] = Plan([])
    for key, entry in entries.items():
        row = held.get(key)
        if row is None:
            plan.steps.append(Step(entry))
        elif row.pk in differing:
            merged = merge_entries(entry, row.entry, bases[row.pk], others.get(row.pk, {}))
            if row.proposed:  # nobody has its address yet
                merged = replace(merged, slug=entry.slug)
            if merged != row.entry or row.proposed:
                plan.steps.append(Step(merged, row.pk, row.entry, row.proposed))
            else:
                plan.kept += 1
    return plan


def _read_bases(noun: str, ids: Iterable[int]) -> dict[int, Values]:
    rows = Change.objects.filter(noun=noun, row_id__in=ids, by=RECORD).order_by("id")
    changes: defaultdict[int, list[tuple[Values, Values]]] = defaultdict(list)
    for pk, before, after in rows.values_list("row_id", "before", "after"):
        changes[pk].append((before, after))
    return defaultdict(dict, {pk: fold_changes(found) for pk, found in changes.items()})


def note_steps(noun: str, steps: Iterable[Step[Any]]) -> None:
    """Leave one history row a step."""
    Change.objects.bulk_create([_make_change(noun, step) for step in steps], batch_size=500)


def _make_change(noun: str, step: Step[Any]) -> Change:
    slug = step.entry.url if noun == Change.Noun.ARTICLE else step.entry.slug
    change = Change(noun=noun, row_id=step.id, slug=slug, by=RECORD, action=Change.Action.CREATE)
    if step.held is None:
        change.after = describe_entry(step.entry)
        return change
    change.before, change.after = diff_entries(step.held, step.entry)
    change.action = Change.Action.CORRECT
    if step.publish:
        change.action = Change.Action.PUBLISH
        change.before["state"], change.after["state"] = "proposed", "published"
    return change
