"""The table of names, built from the record and kept for as long as the record's names stay the same."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.reading.names import NameTable
from ingest.types import ActorRef, KnownActor
from timeline.queries import reading as queries


@dataclass(frozen=True, slots=True)
class RecordNames:
    """The table that reading takes, and the row id of each slug in it."""

    version: tuple[int, int]
    table: NameTable
    ids: dict[str, int]

    def find(self, ref: ActorRef) -> int | None:
        return self.ids.get(ref.slug) if ref.slug else None


_kept: RecordNames | None = None


def get_names() -> RecordNames:
    """The names of the record as they are now; building a new table only where one changed."""
    global _kept
    version = queries.get_names_version()
    if _kept is None or _kept.version != version:
        actors = queries.list_named_actors()
        table = NameTable.build(
            KnownActor(
                slug=actor.slug,
                name=actor.name,
                kind=actor.kind,
                aliases=actor.aliases,
                parent=actor.parent,
                title=actor.title,
            )
            for actor in actors
        )
        _kept = RecordNames(version, table, {actor.slug: actor.id for actor in actors})
    return _kept
