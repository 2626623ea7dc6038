"""The record as entries: what a record file would say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from timeline.models import (
    Actor,
    ActorName,
    AnnouncedDate,
    Article,
    Citation,
    Clause,
    Dispute,
    Event,
    Link,
    Participation,
    Quote,
    Side,
)
from timeline.record.entries import (
    ActorEntry,
    ArticleEntry,
    ClauseEntry,
    DateEntry,
    DisputeEntry,
    EventEntry,
    LinkEntry,
    QuoteEntry,
    Record,
    RoleEntry,
    SideEntry,
)


def get_record(*, proposals: bool = False) -> Record:
    """What is public: published events, published actors and those that these events name, all disputes.

    With `proposals` also events, actors, quotes and clauses that no editor has approved yet.
    """
    chosen = Event.objects.living() if proposals else Event.objects.published()
    events = list_event_entries(chosen, proposals=proposals)
    disputes = list_dispute_entries(Dispute.objects.all())
    slugs = {event.slug for event in events.values()}
    return Record(
        actors=_choose_actors(events.values(), disputes.values(), proposals=proposals),
        disputes=tuple(disputes.values()),
        events=tuple(
            replace(event, links=tuple(link for link in event.links if link.to in slugs)) for event in events.values()
        ),
        articles={
            entry.url: entry for entry in list_article_entries(Article.objects.filter(events__in=chosen)).values()
        },
    )


def _choose_actors(
    events: Iterable[EventEntry], disputes: Iterable[DisputeEntry], *, proposals: bool
) -> tuple[ActorEntry, ...]:
    everyone = {actor.slug: actor for actor in list_actor_entries(Actor.objects.all()).values()}
    if proposals:
        return tuple(everyone.values())
    wanted = list(Actor.objects.published().values_list("slug", flat=True))
    wanted += [side.actor for dispute in disputes for side in dispute.sides]
    wanted += [slug for event in events for slug in _name_actors(event)]
    chosen: dict[str, ActorEntry] = {}
    while wanted:
        slug = wanted.pop()
        if slug and slug not in chosen:
            chosen[slug] = everyone[slug]
            wanted.append(everyone[slug].parent)
    return tuple(chosen.values())


def _name_actors(event: EventEntry) -> Iterable[str]:
    yield from (part.actor for part in event.participants)
    yield from (part.vendor for part in event.clauses)
    yield from (slug for part in event.quotes for slug in (part.speaker, part.on_behalf_of))


def list_actor_entries(actors: QuerySet[Actor]) -> dict[int, ActorEntry]:
    """Entries by the actors' ids."""
    names = _gather(
        ActorName.objects.filter(actor__in=actors).order_by("position", "id").values_list("actor_id", "name"), str
    )
    rows = actors.values_list("pk", "slug", "name", "kind", _slug_of("parent"), "title", "url")
    return {
        pk: ActorEntry(slug, name, kind, tuple(n for n in names[pk] if n != name), parent, title, url)
        for pk, slug, name, kind, parent, title, url in rows
    }


def list_dispute_entries(disputes: QuerySet[Dispute]) -> dict[int, DisputeEntry]:
    """Entries by the disputes' ids."""
    rows = Side.objects.filter(dispute__in=disputes).order_by("order", "id")
    sides = _gather(rows.values_list("dispute_id", "actor__slug", "position"), SideEntry)
    found = disputes.values_list("pk", "slug", "title", "summary")
    return {pk: DisputeEntry(slug, title, summary, tuple(sides[pk])) for pk, slug, title, summary in found}


def list_article_entries(articles: QuerySet[Article]) -> dict[int, ArticleEntry]:
    """Entries by the articles' ids."""
    rows = articles.order_by().values_list("pk", "url", "publisher__name", "title", "published_on").distinct()
    return {pk: ArticleEntry(url, publisher, title, str(on or "")) for pk, url, publisher, title, on in rows}


def list_event_entries(events: QuerySet[Event], *, proposals: bool = False) -> dict[int, EventEntry]:
    """Entries by the events' ids; with `proposals` they hold proposed quotes and clauses too."""
    quotes, clauses = Quote.objects.all(), Clause.objects.all()
    if not proposals:
        quotes, clauses = quotes.published(), clauses.published()
    parts: dict[str, Any] = {
        "participants": _parts(Participation.objects.all(), events, RoleEntry, "actor__slug", "role"),
        "dates": _parts(AnnouncedDate.objects.all(), events, _make_date, "kind", "text", "on"),
        "clauses": _parts(clauses, events, ClauseEntry, "vendor__slug", "text", "document", _url_of_article()),
        "quotes": _parts(
            quotes, events, QuoteEntry, "text", "speaker__slug", _slug_of("on_behalf_of"), _url_of_article()
        ),
        "sources": _parts(Citation.objects.all(), events, str, "article__url"),
        "links": _parts(Link.objects.all(), events, LinkEntry, "to__slug", "relation"),
    }
    rows = events.values_list(
        "pk", "slug", "title", "on", "precision", "kind", "status", "summary", "scope", _slug_of("dispute")
    )
    return {pk: EventEntry(slug, title, str(on), *rest, **_take(parts, pk)) for pk, slug, title, on, *rest in rows}


def _make_date(kind: str, text: str, on: date) -> DateEntry:
    return DateEntry(kind, text, str(on))


def _parts(rows: QuerySet[Any], events: QuerySet[Event], make: Any, *columns: Any) -> defaultdict[int, list[Any]]:
    ordered = rows.filter(event__in=events).order_by("event_id", "position", "id")
    return _gather(ordered.values_list("event_id", *columns), make)


def _take(parts: dict[str, Any], pk: int) -> dict[str, Any]:
    return {name: tuple(found[pk]) for name, found in parts.items()}


def _gather(rows: Iterable[tuple[Any, ...]], make: Any) -> defaultdict[int, list[Any]]:
    """Entries made of the rows, in order, by the id with which each row begins."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for owner, *values in rows:
        found[owner].append(make(*values))
    return found


def _slug_of(relation: str) -> Coalesce:
    return Coalesce(F(f"{relation}__slug"), Value(""), output_field=Event._meta.get_field("slug"))


def _url_of_article() -> Coalesce:
    return Coalesce(F("article__url"), Value(""), output_field=Article._meta.get_field("url"))
