"""Writing what hangs on events: roles, clauses, quotes, citations and links, each row kept where it only changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from timeline.models import AnnouncedDate, Citation, Clause, Link, Participation, Quote
from timeline.models.common import RECORD, WordsState
from timeline.record import ClauseEntry, DateEntry, EventEntry, LinkEntry, QuoteEntry, RoleEntry
from timeline.services.record.plan import Step
from timeline.services.record.three_way import PART_KEYS

Columns = dict[str, Any]


@dataclass(slots=True)
class Ids:
    """Row ids by slug, of articles by address."""

    actors: dict[str, int]
    events: dict[str, int]
    articles: dict[str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part: its field of an entry, its model, the columns that tell its rows apart, and how to fill one."""

    name: str
    model: Any
    key: tuple[str, ...]
    columns: Callable[[Any, Ids], Columns]

    def key_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, column) for column in self.key)


def _role(part: RoleEntry, ids: Ids) -> Columns:
    return {"actor_id": ids.actors[part.actor], "role": part.role}


def _date(part: DateEntry, ids: Ids) -> Columns:
    return {"kind": part.kind, "text": part.text, "on": date.fromisoformat(part.on)}


def _clause(part: ClauseEntry, ids: Ids) -> Columns:
    words = {"text": part.text, "article_id": ids.articles.get(part.url), "state": WordsState.PUBLISHED}
    return {"vendor_id": ids.actors[part.vendor], "document": part.document, **words}


def _quote(part: QuoteEntry, ids: Ids) -> Columns:
    words = {"text": part.text, "article_id": ids.articles.get(part.url), "state": WordsState.PUBLISHED}
    return {
        "speaker_id": ids.actors[part.speaker],
        "on_behalf_of_id": ids.actors[part.on_behalf_of] if part.on_behalf_of else None,
        **words,
    }


def _citation(url: str, ids: Ids) -> Columns:
    return {"article_id": ids.articles[url]}


def _link(part: LinkEntry, ids: Ids) -> Columns:
    return {"to_id": ids.events[part.to], "relation": part.relation}


LINKS = Kind("links", Link, ("to_id", "relation"), _link)
KINDS = (
    Kind("participants", Participation, ("actor_id", "role"), _role),
    Kind("dates", AnnouncedDate, ("kind", "text"), _date),
    Kind("clauses", Clause, ("vendor_id", "text"), _clause),
    Kind("quotes", Quote, ("speaker_id", "text"), _quote),
    Kind("sources", Citation, ("article_id",), _citation),
)


def find_others(held: Mapping[int, EventEntry], ids: Ids) -> dict[int, dict[str, Container[Any]]]:
    """By event and field the keys (PART_KEYS) of those parts that somebody else than a load put there."""
    found: dict[int, dict[str, Container[Any]]] = {pk: {} for pk in held}
    for kind in (*KINDS, LINKS):
        theirs = _read_rows(kind, held, ours=False)
        for pk, entry in held.items():
            parts = getattr(entry, kind.name)
            keys = {PART_KEYS[kind.name](part) for part in parts if _key(kind, part, ids) in theirs[pk]}
            found[pk][kind.name] = keys
    return found


@dataclass(slots=True)
class _Writes:
    create: list[Any] = field(default_factory=list)
    update: list[Any] = field(default_factory=list)
    delete: list[int] = field(default_factory=list)


def write_parts(kind: Kind, steps: Collection[Step[EventEntry]], ids: Ids) -> None:
    """Bring the rows of one kind in line with the steps' events. What is proposed and not in an entry stays."""
    stored = _read_rows(kind, [step.id for step in steps if step.held])
    writes = _Writes()
    for step in steps:
        _compare(kind, step, stored[step.id], ids, writes)
    kind.model.objects.filter(pk__in=writes.delete).delete()
    own = [f for f in kind.model._meta.concrete_fields if not f.generated]
    columns = [f.name for f in own if f.name not in {"id", "event", "by", "created_at"}]
    kind.model.objects.bulk_update(writes.update, columns, batch_size=500)
    kind.model.objects.bulk_create(writes.create, batch_size=500)


def _compare(kind: Kind, step: Step[EventEntry], stored: dict[Any, Any], ids: Ids, writes: _Writes) -> None:
    parts = getattr(step.entry, kind.name)
    wanted = {_key(kind, part, ids): kind.columns(part, ids) for part in parts}
    before = [_key(kind, part, ids) for part in getattr(step.held, kind.name)] if step.held else []
    writes.delete += [stored[key].pk for key in before if key not in wanted]
    same_order = [key for key in before if key in wanted] == list(wanted)
    for position, (key, columns) in enumerate(wanted.items()):
        row = stored.get(key)
        if not same_order or row is None:
            columns["position"] = position
        if row is None:
            writes.create.append(kind.model(event_id=step.id, by=RECORD, **columns))
        elif any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            writes.update.append(row)


def _key(kind: Kind, part: Any, ids: Ids) -> tuple[Any, ...]:
    columns = kind.columns(part, ids)
    return tuple(columns[name] for name in kind.key)


def _read_rows(kind: Kind, event_ids: Iterable[int], *, ours: bool = True) -> defaultdict[int, dict[Any, Any]]:
    """The stored rows by event and key; unless `ours` without those that a load put there."""
    rows = kind.model.objects.filter(event__in=list(event_ids))
    found: defaultdict[int, dict[Any, Any]] = defaultdict(dict)
    for row in rows if ours else rows.exclude(by=RECORD):
        found[row.event_id][kind.key_of(row)] = row
    return found
