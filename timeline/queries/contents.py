"""Events as feeds tell of them: plain values, read by one question whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from timeline.queries.entries import PARTS, Name, Part
from timeline.queries.plain.wanted import fetch

_HEADS = """
    SELECT id, kind, "on", precision, status, summary, scope FROM timeline_event
    WHERE id = ANY(%s) AND state = 'published'
"""
_CLAUSES = """
    SELECT c.event_id, c.text, v.name, c.document FROM timeline_clause c JOIN timeline_actor v ON v.id = c.vendor_id
    WHERE c.event_id = ANY(%s) AND c.state = 'published' ORDER BY c.event_id, c.position, c.id
"""
_QUOTES = """
    SELECT q.event_id, q.text, s.name, CASE WHEN q.on_behalf_of_id <> q.speaker_id THEN b.name END
    FROM timeline_quote q JOIN timeline_actor s ON s.id = q.speaker_id
    LEFT JOIN timeline_actor b ON b.id = q.on_behalf_of_id
    WHERE q.event_id = ANY(%s) AND q.state = 'published' ORDER BY q.event_id, q.position, q.id
"""
_SOURCES = """
    SELECT c.event_id, r.url, r.title, u.name, r.published_on
    FROM timeline_citation c JOIN timeline_article r ON r.id = c.article_id
    JOIN timeline_publisher u ON u.id = r.publisher_id
    WHERE c.event_id = ANY(%s) ORDER BY c.event_id, c.position, c.id
"""


class Wording(NamedTuple):
    """A sentence of a vendor's terms."""

    text: str
    vendor: str
    document: str


class Words(NamedTuple):
    """A quote; `holder` is whom the speaker speaks for, None where that is the speaker."""

    text: str
    speaker: str
    holder: str | None


class Report(NamedTuple):
    """An article that tells of the event."""

    url: str
    title: str
    publisher: str
    published_on: date | None


class Content(NamedTuple):
    """What a feed tells of an event."""

    pk: int
    kind: str
    on: date
    precision: str
    status: str
    summary: str
    scope: str
    parts: list[Part]
    clauses: list[Wording]
    quotes: list[Words]
    sources: list[Report]


def read_contents(ids: Collection[int]) -> list[Content]:
    """The published ones of the events with those ids, in no order."""
    heads, parts, clauses, quotes, sources = fetch([_HEADS, PARTS, _CLAUSES, _QUOTES, _SOURCES], ids)
    taking_part = defaultdict[int, list[Part]](list)
    for event, role, slug, name in parts:
        taking_part[event].append(Part(role, Name(slug, name)))
    turned_on, said, told = _group(Wording, clauses), _group(Words, quotes), _group(Report, sources)
    return [
        Content(pk, *head, taking_part[pk], turned_on[pk], said[pk], told[pk])  # type: ignore[call-arg]  # mypy cannot count `head`
        for pk, *head in heads
    ]


def _group(make: Any, rows: list[tuple[Any, ...]]) -> defaultdict[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for event, *values in rows:
        found[event].append(make(*values))
    return found
