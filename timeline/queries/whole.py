"""Events with everything that is public about them, read by one question whatever their number.

They are the models that `EventQuerySet.with_details` gives, made of rows by hand: the ORM takes five times as long to
write a dozen queries and to put their rows together as it takes to fill in a page with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models

from timeline.models import (
    Actor,
    AnnouncedDate,
    Article,
    Citation,
    Clause,
    Dispute,
    Event,
    Evidence,
    Link,
    Participation,
    Publisher,
    Quote,
)
from timeline.queries.plain.wanted import fetch
from timeline.queries.sources import OWN

_LEFT_OUT = ("search", "words")  # only searched in, and large
_OF_EVENT = "WHERE p.event_id = ANY(%s){} ORDER BY p.event_id, p.position, p.id"
_PUBLISHED = _OF_EVENT.format(" AND p.state = 'published'")
_ARTICLE = "JOIN timeline_article r ON r.id = p.article_id JOIN timeline_publisher u ON u.id = r.publisher_id"
_ARTICLE_IF_ANY = (
    "LEFT JOIN timeline_article r ON r.id = p.article_id LEFT JOIN timeline_publisher u ON u.id = r.publisher_id"
)


@dataclass(frozen=True)
class Joined:
    """Rows of a model with rows that they point to.

    `parts` are, by alias in `rows`: a model, the alias of the row that points to it, and by which name.
    """

    model: type[models.Model]
    rows: str
    parts: Mapping[str, tuple[type[models.Model], str, str]] = field(default_factory=dict)

    @cached_property
    def statement(self) -> str:
        """The question; it takes a list of ids."""
        aliases = {"p": self.model} | {alias: part[0] for alias, part in self.parts.items()}
        columns = [f'{alias}."{one.column}"' for alias, model in aliases.items() for one in _list_fields(model)]
        return f"SELECT {', '.join(columns)} FROM {self.model._meta.db_table} p {self.rows}"  # noqa: S608  (our own names)

    def make(self, row: Sequence[Any]) -> Any:
        """The model of a row, with those that it points to."""
        made, start = {"p": _make(self.model, row, 0)}, len(_list_fields(self.model))
        for alias, (model, owner, name) in self.parts.items():
            if made[owner] is not None:
                made[alias] = _make(model, row, start)
                made[owner]._state.fields_cache[name] = made[alias]
            start += len(_list_fields(model))
        return made["p"]


_HEADS = Joined(
    Event,
    "LEFT JOIN timeline_dispute d ON d.id = p.dispute_id WHERE p.id = ANY(%s) AND p.state = 'published'",
    {"d": (Dispute, "p", "dispute")},
)
_PARTS: dict[str, Joined] = {
    "participations": Joined(
        Participation,
        f"JOIN timeline_actor a ON a.id = p.actor_id {_OF_EVENT.format('')}",
        {"a": (Actor, "p", "actor")},
    ),
    "quotes": Joined(
        Quote,
        "JOIN timeline_actor s ON s.id = p.speaker_id LEFT JOIN timeline_actor b ON b.id = p.on_behalf_of_id"
        f" {_ARTICLE_IF_ANY} {_PUBLISHED}",
        {"s": (Actor, "p", "speaker"), "b": (Actor, "p", "on_behalf_of"),
         "r": (Article, "p", "article"), "u": (Publisher, "r", "publisher")},
    ),
    "clauses": Joined(
        Clause, f"JOIN timeline_actor v ON v.id = p.vendor_id {_ARTICLE_IF_ANY} {_PUBLISHED}",
        {"v": (Actor, "p", "vendor"), "r": (Article, "p", "article"), "u": (Publisher, "r", "publisher")},
    ),
    "citations": Joined(
        Citation, f"{_ARTICLE} {_OF_EVENT.format('')}",
        {"r": (Article, "p", "article"), "u": (Publisher, "r", "publisher")},
    ),
    "dates": Joined(AnnouncedDate, _OF_EVENT.format("")),
    "links": Joined(
        Link, f"JOIN timeline_event e ON e.id = p.to_id AND e.state = 'published' {_OF_EVENT.format('')}",
        {"e": (Event, "p", "to")},
    ),
    "links_back": Joined(
        Link,
        "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published'"
        " WHERE p.to_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
        {"e": (Event, "p", "event")},
    ),
}  # fmt: skip
_EVIDENCE = Joined(
    Evidence,
    "JOIN timeline_citation c ON c.id = p.citation_id"
    " LEFT JOIN timeline_participation t ON t.id = p.participation_id LEFT JOIN timeline_actor a ON a.id = t.actor_id"
    " WHERE c.event_id = ANY(%s) ORDER BY p.citation_id, p.id",
    {"t": (Participation, "p", "participation"), "a": (Actor, "t", "actor")},
)
_OWNERS = {"links_back": "to_id"}  # of the others: event_id


def read_whole(ids: Collection[int]) -> list[Event]:
    """The published ones of the events with those ids, in no order."""
    return put_together(fetch(list_statements(), ids)) if ids else []


def list_statements() -> list[str]:
    """What is asked about events, by their ids."""
    return [_HEADS.statement, *(part.statement for part in _PARTS.values()), _EVIDENCE.statement, OWN]


def put_together(found: Sequence[list[tuple[Any, ...]]]) -> list[Event]:
    """The events that the rows of those statements make."""
    heads, *rows, evidence, own = found
    events = {event.pk: event for event in map(_HEADS.make, heads)}
    sentences = _group(map(_EVIDENCE.make, evidence), lambda one: one.citation_id)
    by_party = {pk for pk, is_own in own if is_own}
    for (name, part), of_part in zip(_PARTS.items(), rows, strict=True):
        owner = _OWNERS.get(name, "event_id")
        grouped = _group(map(part.make, of_part), lambda one, owner=owner: getattr(one, owner))
        for pk, event in events.items():
            _hang(event, name, grouped[pk])
    for event in events.values():
        for citation in event.citations.all():
            citation.by_party = citation.pk in by_party
            _hang(citation, "evidence", sentences[citation.pk])
    return list(events.values())


def _group(found: Any, owner: Callable[..., int]) -> defaultdict[int, list[Any]]:
    grouped = defaultdict[int, list[Any]](list)
    for one in found:
        grouped[owner(one)].append(one)
    return grouped


def _hang(owner: Any, name: str, rows: list[Any]) -> None:
    """Let the owner's relation answer `all()` with the rows, as a prefetch does."""
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}
    owner._prefetched_objects_cache[name] = rows


def _make(model: type[models.Model], row: Sequence[Any], start: int) -> Any:
    """The model of some columns of a row; None where there is no such row."""
    if row[start] is None:
        return None
    fields = _list_fields(model)
    return model.from_db(DEFAULT_DB_ALIAS, [one.attname for one in fields], row[start : start + len(fields)])


@cache
def _list_fields(model: type[models.Model]) -> list[Any]:
    """The fields that are read of a model, its id first."""
    return [one for one in model._meta.concrete_fields if one.name not in _LEFT_OUT]
