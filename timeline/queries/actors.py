"""What readers ask of the actors. Only those that are published are answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.db.models.functions import Lower

from timeline.errors import InvalidFilter
from timeline.models import Actor, Clause, Event, Participation
from timeline.queries.paging import BY_NAME, Page, cut_page
from timeline.queries.rows import get_row
from timeline.querysets import ActorQuerySet
from timeline.search import search_names

KINDS = tuple(Actor.Kind.values)
MOST_LOOKED_AT = 500  # of what an actor did: nobody reads a longer list, and some take part in each tenth event
_CUTS = ("revocation", "restriction")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an actor had a role, in all and by kind of event, the most frequent kind first."""

    role: str
    number: int
    kinds: list[tuple[str, int]]


def get_actor(slug: str) -> Actor:
    """The published actor with its names, its parent and its published children.

    Raises:
        NotFound: there is none.
    """
    found: Actor = get_row(_select_named().with_children(), slug)
    return found


def list_actors(*, q: str = "", kind: str = "", cursor: str = "", size: int = 100) -> Page[Actor]:
    """One page of published actors by name; `q` is a part of any of its names.

    Raises:
        InvalidFilter: the cursor is none of this list's, or the kind is unknown.
    """
    if kind and kind not in KINDS:
        raise InvalidFilter({"kind": f"“{kind[:50]}” is not one of {', '.join(KINDS)}"})
    actors = _select_named()
    if q:
        actors = actors.filter(pk__in=Actor.objects.filter(names__name__icontains=q).values("pk"))
    if kind:
        actors = actors.filter(kind=kind)
    return cut_page(actors, BY_NAME, cursor, size)


def search_actors(q: str, *, limit: int = 5) -> list[Actor]:
    """Published actors whose names begin with `q`, hold it, or come close to it; the best first."""
    rows = Actor.objects.published().values_list("slug", "names__name")
    names = {f"{slug}\n{name}": name for slug, name in rows if name}
    slugs = list(dict.fromkeys(key.partition("\n")[0] for key in search_names(q, names, limit * 3)))[:limit]
    found = {actor.slug: actor for actor in Actor.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs]


def name_actors(slugs: Iterable[str]) -> dict[str, str]:
    """Slug → name of the published actors among `slugs`."""
    wanted = list(slugs)
    return dict(Actor.objects.published().filter(slug__in=wanted).values_list("slug", "name")) if wanted else {}


def count_roles(actor: Actor) -> list[Tally]:
    """How often the actor had each role, among its MOST_LOOKED_AT latest parts; the most frequent first."""
    latest = Participation.objects.filter(actor=actor).order_by("-event_id").values("pk")[:MOST_LOOKED_AT]
    parts = Participation.objects.filter(pk__in=latest, event__state=Event.State.PUBLISHED)
    roles: dict[str, list[tuple[str, int]]] = {}
    for role, kind, number in parts.values_list("role", "event__kind").annotate(number=Count("id")):
        roles.setdefault(role, []).append((kind, number))
    tallies = [
        Tally(role, sum(number for _, number in kinds), sorted(kinds, key=lambda pair: (-pair[1], pair[0])))
        for role, kinds in roles.items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.number, tally.role))


def list_cut_off_by(actor: Actor) -> list[Actor]:
    """Those whose access the actor cut or narrowed, each with `times` and the `latest` day; the latest first."""
    return _list_opponents(actor, theirs="target", own="initiator")


def list_cutting_off(actor: Actor) -> list[Actor]:
    """Those who cut or narrowed the actor's access, each with `times` and the `latest` day; the latest first."""
    return _list_opponents(actor, theirs="initiator", own="target")


def list_clauses(actor: Actor) -> list[Clause]:
    """Clauses of the actor's terms that published events turn on, the latest event first."""
    clauses = Clause.objects.public().filter(vendor=actor).select_related("event", "article__publisher")
    return list(clauses.order_by("-event__on", "-event_id", "position"))


def _list_opponents(actor: Actor, *, theirs: str, own: str) -> list[Actor]:
    cuts = Event.objects.published().of_kinds(_CUTS).with_actor(actor.pk).with_role(own, [actor.pk])
    events = cuts.order_by("-on", "-id").values("pk")[:MOST_LOOKED_AT]
    meetings = Q(participations__role=theirs, participations__event__in=events)
    others = Actor.objects.published().exclude(pk=actor.pk).filter(meetings)
    return list(
        others.annotate(
            times=Count("participations__event", distinct=True), latest=Max("participations__event__on")
        ).order_by("-latest", "name")[:50]
    )


def _select_named() -> ActorQuerySet:
    actors: ActorQuerySet = Actor.objects.published().with_names().annotate(sort_name=Lower("name"))
    return actors


def suggest_actors(slugs: Iterable[str]) -> list[tuple[str, list[Actor]]]:
    """For each of `slugs` that nobody public has: those who may be meant by it."""
    known = name_actors(slugs)
    return [(slug, search_actors(slug.replace("-", " "), limit=3)) for slug in slugs if slug not in known]
