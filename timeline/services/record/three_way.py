"""Joining a file's row with the database's, knowing what earlier loads put there (the base).

A value that still is what a load put there follows the file; one that people changed since stays until the file says
something new. A part (a role, a quote, a source …) that vanished from the file goes if a load put it there; what others
added stays, and what people took out stays out. Nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

Entry = TypeVar("Entry", bound=Any)
Values = dict[str, Any]  # fields of an entry as JSON values

PART_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "aliases": str.lower,
    "sides": lambda part: part.actor,
    "participants": lambda part: (part.actor, part.role),
    "dates": lambda part: (part.kind, part.text),
    "clauses": lambda part: (part.vendor, part.text),
    "quotes": lambda part: (part.speaker, part.text),
    "sources": str,
    "links": lambda part: (part.to, part.relation),
}


def merge_entries(new: Entry, held: Entry, base: Values, others: Mapping[str, Container[Any]]) -> Entry:
    """What the row should be: `new` is the file's, `held` the database's.

    `others` holds by field the keys (PART_KEYS) of the parts that somebody else than a load put there. The slug stays
    as held.
    """
    values: Values = {}
    for field in (f.name for f in fields(new) if f.name != "slug"):
        ours, theirs = getattr(new, field), getattr(held, field)
        if field in PART_KEYS:
            ours = _merge_parts(field, ours, theirs, base.get(field, []), others.get(field, ()))
        elif field in base and base[field] == ours:
            ours = theirs
        values[field] = ours
    return replace(held, **values)


def _merge_parts(
    field: str, new: tuple[Any, ...], held: tuple[Any, ...], base: list[Any], others: Container[Any]
) -> tuple[Any, ...]:
    key = PART_KEYS[field]
    held_by_key = {key(part): part for part in held}
    ours = [part for one in new if (part := _choose_part(one, held_by_key.get(key(one)), base)) is not None]
    taken = {key(part) for part in new}
    stay = [part for k, part in held_by_key.items() if k not in taken and (k in others or to_json(part) not in base)]
    known = {key(part) for part in ours} & set(held_by_key)
    if [key(part) for part in ours] == [k for k in held_by_key if k in known]:  # only values changed, or parts went
        kept = {key(part): part for part in (*ours, *stay)}
        return tuple(kept[k] for k in held_by_key if k in kept)
    return (*ours, *stay)


def _choose_part(new: Any, held: Any, base: list[Any]) -> Any:
    """The file's part, the database's where people changed it since the file was last loaded, or None: taken out."""
    return held if to_json(new) in base else new


def fold_changes(changes: Iterable[tuple[Values, Values]]) -> Values:
    """The base: what remains of earlier loads, from the (before, after) of their history rows in order."""
    base: Values = {}
    for before, after in changes:
        for field, value in after.items():
            if isinstance(value, list):
                old = before.get(field, [])
                held = [part for part in base.get(field, []) if part in value or part not in old]
                value = held + [part for part in value if part not in old and part not in held]
            base[field] = value
    return base


def diff_entries(held: Any, merged: Any) -> tuple[Values, Values]:
    """The fields that differ, before and after, as JSON values."""
    names = [f.name for f in fields(merged) if getattr(held, f.name) != getattr(merged, f.name)]
    return {n: to_json(getattr(held, n)) for n in names}, {n: to_json(getattr(merged, n)) for n in names}


def describe_entry(entry: Any) -> Values:
    """All that a new row says, as JSON values. Empty fields are kept: they too are what the load put there."""
    return {field.name: to_json(getattr(entry, field.name)) for field in fields(entry) if field.name != "slug"}


def to_json(value: Any) -> Any:
    """A field or a part of an entry as JSON holds it."""
    if isinstance(value, str):
        return value
    return [to_json(part) for part in value] if isinstance(value, tuple) else asdict(value)
