"""From the bytes of a record file to checked values, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from timeline.record.check import check_rows
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
from timeline.record.nodes import parse_nodes
from timeline.record.problems import BadRecord, Place, Problem
from timeline.record.rows import Row, read_rows
from timeline.record.shapes import make_shapes


def read_record(data: bytes, *, today: date) -> Record:
    """The record that a file holds. `today` bounds its dates.

    Raises:
        BadRecord: with every problem found; only the first where the file is not YAML, since the rest is guesswork.
    """
    problems: list[Problem] = []
    rows = read_rows(parse_nodes(data), make_shapes(today), Place(problems))
    check_rows(rows)
    if problems:
        raise BadRecord(problems)
    return Record(
        actors=tuple(map(_build_actor, rows["actors"])),
        disputes=tuple(map(_build_dispute, rows["disputes"])),
        events=tuple(map(_build_event, rows["events"])),
        articles={source.get("url"): _build_article(source) for source in _list_sources(rows["events"])},
        lines={row.place.row: row.line for found in rows.values() for row in found},
    )


def _list_sources(events: Iterable[Row]) -> Iterable[Row]:
    return (source for event in events for source in event.all("sources"))


def _build_actor(row: Row) -> ActorEntry:
    return ActorEntry(
        slug=row.get("slug"),
        name=row.get("name"),
        kind=row.get("kind"),
        aliases=tuple(alias.value for alias in row.lists.get("aliases", [])),
        parent=row.get("parent"),
        title=row.get("title"),
        url=row.get("url"),
    )


def _build_dispute(row: Row) -> DisputeEntry:
    return DisputeEntry(
        slug=row.get("slug"),
        title=row.get("title"),
        summary=row.get("summary"),
        sides=tuple(SideEntry(side.get("actor"), side.get("position")) for side in row.all("sides")),
    )


def _build_event(row: Row) -> EventEntry:
    return EventEntry(
        slug=row.get("slug"),
        title=row.get("title"),
        on=row.get("date"),
        precision=row.get("date_precision"),
        kind=row.get("kind"),
        status=row.get("status"),
        summary=row.get("summary"),
        scope=row.get("scope"),
        dispute=row.get("dispute"),
        participants=tuple(RoleEntry(part.get("actor"), part.get("role")) for part in row.all("participants")),
        dates=tuple(DateEntry(part.get("kind"), part.get("text"), part.get("date")) for part in row.all("dates")),
        clauses=tuple(
            ClauseEntry(part.get("vendor"), part.get("text"), part.get("document"), part.get("url"))
            for part in row.all("clauses")
        ),
        quotes=tuple(
            QuoteEntry(part.get("text"), part.get("speaker"), part.get("on_behalf_of"), part.get("url"))
            for part in row.all("quotes")
        ),
        sources=tuple(part.get("url") for part in row.all("sources")),
        links=tuple(LinkEntry(part.get("to"), part.get("relation")) for part in row.all("links")),
    )


def _build_article(row: Row) -> ArticleEntry:
    return ArticleEntry(row.get("url"), row.get("publisher"), row.get("title"), row.get("published_on"))
