"""Actors as the API gives them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from timeline.filters import EventFilter
from timeline.models import Actor, Participation
from timeline.queries.paging import BY_NAME, Page, cut_page
from timeline.queries.plain.wanted import Part, Row, Wanted, make_actor
from timeline.queries.selecting import select_events

FIELDS = ("slug", "name", "kind", "url", "aliases", "parent", "title", "home_page", "event_count", "updated_at")
EXPAND = ("parent",)
_COLUMNS = {
    "slug": ("slug",), "url": ("slug",), "name": ("name",), "kind": ("kind",), "title": ("title",),
    "home_page": ("url",), "updated_at": ("updated_at",),
    "parent": ("parent_id", "parent__slug", "parent__name", "parent__kind"),
}  # fmt: skip
_NAMES = Part(
    "SELECT n.actor_id, n.name FROM timeline_actorname n JOIN timeline_actor a ON a.id = n.actor_id "
    "AND a.name <> n.name WHERE n.actor_id = ANY(%s) ORDER BY n.actor_id, n.position",
    str,
)
_COUNTS = Part(
    "SELECT p.actor_id, count(DISTINCT p.event_id) FROM timeline_participation p JOIN timeline_event e "
    "ON e.id = p.event_id AND e.state = 'published' WHERE p.actor_id = ANY(%s) GROUP BY p.actor_id",
    int,
)


def select_actors(asked: EventFilter, *, kinds: Collection[str] = ()) -> Any:
    """Published actors: with `q` in a name, of some kinds, and in events of the rest of the filter, in its role."""
    actors: Any = Actor.objects.published()
    if asked.q:
        actors = actors.filter(pk__in=Actor.objects.filter(names__name__icontains=asked.q).values("pk"))
    if kinds:
        actors = actors.filter(kind__in=list(kinds))
    beside = replace(asked, q="", role="")
    if beside.narrows() or asked.role:
        parts = Participation.objects.filter(actor=OuterRef("pk"), event__in=select_events(beside))
        actors = actors.filter(Exists(parts.filter(role=asked.role) if asked.role else parts))
    return actors


def list_actors(
    asked: EventFilter, wanted: Wanted, *, kinds: Collection[str] = (), cursor: str = "", size: int
) -> Page[Any]:
    """One page of actors by name. Raises InvalidFilter where the cursor is none of this list's."""
    actors = select_actors(asked, kinds=kinds).annotate(sort_name=Lower("name"))
    page = cut_page(_choose(actors, wanted, "sort_name"), BY_NAME, cursor, size)
    return Page(_fill(page.rows, wanted), page.next, page.previous)


def list_rows(actors: Any, wanted: Wanted) -> list[Row]:
    """All of `actors`, in their order."""
    return _fill(list(_choose(actors, wanted)), wanted)


def read_actors(ids: Collection[int], wanted: Wanted) -> dict[int, Row]:
    """Actors by id, whatever their state: what an event names is public."""
    heads = list(_choose(Actor.objects.filter(pk__in=list(ids)), wanted))
    return {head.pk: row for head, row in zip(heads, _fill(heads, wanted), strict=True)}


def _choose(actors: Any, wanted: Wanted, *more: str) -> Any:
    return actors.values_list(*dict.fromkeys(("pk", *more, *wanted.list_columns(_COLUMNS))), named=True)


def _fill(heads: list[Any], wanted: Wanted) -> list[Row]:
    ids = [head.pk for head in heads]
    parts: dict[str, Any] = {}
    if "aliases" in wanted.fields:
        parts["aliases"] = _NAMES.read(ids)
    if "event_count" in wanted.fields:
        parts["event_count"] = {pk: numbers[0] for pk, numbers in _COUNTS.read(ids).items()}
    if "parent" in wanted.expand and "parent" in wanted.fields:
        parts["parent"] = read_actors({h.parent_id for h in heads if h.parent_id}, wanted.narrow(FIELDS))
    return [{name: _pick(head, name, parts, wanted.base) for name in wanted.fields} for head in heads]


def _pick(head: Any, name: str, parts: dict[str, Any], base: str) -> Any:
    if name == "url":
        return f"{base}/actors/{head.slug}/"
    if name == "parent":
        short = make_actor(head.parent__slug, head.parent__name, head.parent__kind)
        return parts.get("parent", {}).get(head.parent_id, short) if head.parent_id else None
    if name == "event_count":
        return parts["event_count"].get(head.pk, 0)
    if name == "aliases":
        return parts["aliases"].get(head.pk, [])
    return head.url if name == "home_page" else getattr(head, name)


def count_actors(asked: EventFilter, *, kinds: Collection[str] = ()) -> int:
    """How many there are."""
    return int(select_actors(asked, kinds=kinds).count())


def select_public(slug: str) -> Any:
    """The published actor with that slug, if there is one."""
    return Actor.objects.published().filter(slug=slug)
