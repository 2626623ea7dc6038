"""Disputes as the API gives them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from timeline.filters import EventFilter
from timeline.models import Dispute, Event
from timeline.queries.paging import Page, Sort, cut_page
from timeline.queries.plain.wanted import Part, Row, Wanted, make_actor
from timeline.queries.selecting import select_events

FIELDS = (
    "slug", "title", "url", "summary", "sides", "event_count", "first_date", "latest_date", "updated_at",
)  # fmt: skip
_COLUMNS = {name: (name,) for name in ("slug", "title", "summary", "updated_at")} | {"url": ("slug",)}
_COUNTED = ("event_count", "first_date", "latest_date")
_BY_LATEST = Sort("latest", DateField(), date.fromisoformat)
_SIDES = Part(
    "SELECT s.dispute_id, a.slug, a.name, a.kind, s.position FROM timeline_side s JOIN timeline_actor a "
    'ON a.id = s.actor_id WHERE s.dispute_id = ANY(%s) ORDER BY s.dispute_id, s."order", s.id',
    lambda slug, name, kind, position: {"actor": make_actor(slug, name, kind), "position": position},
)
_COUNTS = Part(
    "SELECT dispute_id, count(*), min(e.on), max(e.on) FROM timeline_event e "
    "WHERE dispute_id = ANY(%s) AND state = 'published' GROUP BY dispute_id",
    lambda *values: dict(zip(_COUNTED, values, strict=True)),
)
_NOTHING: Row = {"event_count": 0, "first_date": None, "latest_date": None}


def select_disputes(asked: EventFilter) -> Any:
    """Disputes that have an event of the filter; all where it leaves nothing out."""
    if not asked.narrows():
        return Dispute.objects.all()
    return Dispute.objects.filter(Exists(select_events(asked).filter(dispute=OuterRef("pk"))))


def list_disputes(asked: EventFilter, wanted: Wanted, *, cursor: str = "", size: int) -> Page[Any]:
    """One page of disputes, the one that moved last first. Raises InvalidFilter for a cursor of another list."""
    latest = Event.objects.published().filter(dispute=OuterRef("pk")).order_by("-on", "-id").values("on")[:1]
    last = Coalesce(Subquery(latest), Value(date.min), output_field=DateField())
    page = cut_page(_choose(select_disputes(asked).annotate(latest=last), wanted, "latest"), _BY_LATEST, cursor, size)
    return Page(_fill(page.rows, wanted), page.next, page.previous)


def list_rows(disputes: Any, wanted: Wanted) -> list[Row]:
    """All of `disputes`, in their order."""
    return _fill(list(_choose(disputes, wanted)), wanted)


def read_disputes(slugs: Collection[str], wanted: Wanted) -> dict[str, Row]:
    """Disputes by slug."""
    heads = list(_choose(Dispute.objects.filter(slug__in=list(slugs)), wanted, "slug"))
    return {head.slug: row for head, row in zip(heads, _fill(heads, wanted), strict=True)}


def select_public(slug: str) -> Any:
    """The dispute with that slug, if there is one."""
    return Dispute.objects.filter(slug=slug)


def _choose(disputes: Any, wanted: Wanted, *more: str) -> Any:
    return disputes.values_list(*dict.fromkeys(("pk", *more, *wanted.list_columns(_COLUMNS))), named=True)


def _fill(heads: list[Any], wanted: Wanted) -> list[Row]:
    ids = [head.pk for head in heads]
    sides = _SIDES.read(ids) if "sides" in wanted.fields else {}
    counts = _COUNTS.read(ids) if not set(_COUNTED).isdisjoint(wanted.fields) else {}
    rows = []
    for head in heads:
        counted = counts.get(head.pk, [_NOTHING])[0]
        rows.append({name: _pick(head, name, sides, counted, wanted.base) for name in wanted.fields})
    return rows


def _pick(head: Any, name: str, sides: Any, counted: Row, base: str) -> Any:
    if name == "url":
        return f"{base}/disputes/{head.slug}/"
    if name == "sides":
        return sides.get(head.pk, [])
    return counted[name] if name in _COUNTED else getattr(head, name)
