"""The format as data: which keys each thing has, in the order in which they are written, and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timeline.models import Actor, AnnouncedDate, Event, Link, Participation
from timeline.record.fields import Choice, Day, ReadValue, Slug, Text, Url

# Characters. Names and titles are bounded by their columns; the rest keeps the record a record, not a copy of articles.
NAME, HEADLINE, ARTICLE_TITLE = 200, 300, 500
SUMMARY, SENTENCE, QUOTE, CLAUSE = 1200, 600, 600, 1000
HOME_PAGE, ADDRESS = 500, 2000


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of a mapping: single values, lists of values, lists of mappings."""

    fields: Mapping[str, ReadValue]
    required: frozenset[str]
    lists: Mapping[str, ReadValue] = field(default_factory=dict)
    parts: Mapping[str, Shape] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.fields, *self.lists, *self.parts)


def _all_of(**fields: ReadValue) -> Shape:
    return Shape(fields, frozenset(fields))


def make_shapes(today: date) -> dict[str, Shape]:
    """The shapes of the rows of each top-level list."""
    day, slug, address = Day(today), Slug(), Url(ADDRESS, named=True)
    actor = Shape(
        fields={
            "slug": slug,
            "name": Text(NAME),
            "kind": Choice(tuple(Actor.Kind.values)),
            "parent": slug,
            "title": Text(NAME),
            "url": Url(HOME_PAGE),
        },
        required=frozenset({"slug", "name", "kind"}),
        lists={"aliases": Text(NAME)},
    )
    dispute = Shape(
        fields={"slug": slug, "title": Text(NAME), "summary": Text(SUMMARY, lines=True)},
        required=frozenset({"slug", "title", "summary"}),
        parts={"sides": _all_of(actor=slug, position=Text(SENTENCE, lines=True))},
    )
    return {"actors": actor, "disputes": dispute, "events": _make_event(day, slug, address)}


def _make_event(day: Day, slug: Slug, address: Url) -> Shape:
    clause: dict[str, ReadValue] = {
        "vendor": slug,
        "document": Text(NAME),
        "text": Text(CLAUSE, lines=True),
        "url": address,
    }
    quote: dict[str, ReadValue] = {
        "text": Text(QUOTE, lines=True),
        "speaker": slug,
        "on_behalf_of": slug,
        "url": address,
    }
    source: dict[str, ReadValue] = {
        "url": address,
        "publisher": Text(NAME),
        "title": Text(ARTICLE_TITLE),
        "published_on": day,
    }
    return Shape(
        fields={
            "slug": slug,
            "title": Text(HEADLINE),
            "date": day,
            "date_precision": Choice(tuple(Event.Precision.values)),
            "kind": Choice(tuple(Event.Kind.values)),
            "status": Choice(tuple(Event.Status.values)),
            "summary": Text(SUMMARY, lines=True),
            "scope": Text(SENTENCE, lines=True),
            "dispute": slug,
        },
        required=frozenset(
            {"slug", "title", "date", "date_precision", "kind", "status", "summary", "participants", "sources"}
        ),
        parts={
            "participants": _all_of(actor=slug, role=Choice(tuple(Participation.Role.values))),
            "dates": _all_of(date=day, kind=Choice(tuple(AnnouncedDate.Kind.values)), text=Text(HEADLINE)),
            "clauses": Shape(clause, frozenset({"vendor", "document", "text"})),
            "quotes": Shape(quote, frozenset({"text", "speaker", "url"})),
            "sources": Shape(source, frozenset({"url", "publisher", "title"})),
            "links": _all_of(to=slug, relation=Choice(tuple(Link.Relation.values))),
        },
    )
