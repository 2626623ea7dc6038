"""Events as entries of lists show them: plain values, read by one question whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from timeline.queries.plain.wanted import fetch
from timeline.queries.sources import BY_PARTY, Telling, count_publishers
from timeline.queries.stems import read_stems, read_wanted

_HEADS = """
    SELECT e.id, e.slug, e.title, e."on", e.precision, e.kind, e.status, e.summary, d.slug, d.title
    FROM timeline_event e LEFT JOIN timeline_dispute d ON d.id = e.dispute_id
    WHERE e.id = ANY(%s) AND e.state = 'published'
"""
PARTS = """
    SELECT p.event_id, p.role, a.slug, a.name FROM timeline_participation p JOIN timeline_actor a ON a.id = p.actor_id
    WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id
"""
_QUOTES = """
    SELECT DISTINCT ON (q.event_id) q.event_id, q.text, a.name
    FROM timeline_quote q JOIN timeline_actor a ON a.id = q.speaker_id
    WHERE q.event_id = ANY(%s) AND q.state = 'published' ORDER BY q.event_id, q.position, q.id
"""
_SOURCES = f"""
    SELECT c.event_id, c.article_id, r.original_id, r.publisher_id, {BY_PARTY}
    FROM timeline_citation c JOIN timeline_article r ON r.id = c.article_id
    JOIN timeline_publisher u ON u.id = r.publisher_id
    WHERE c.event_id = ANY(%s) ORDER BY c.event_id, c.position, c.id
"""  # noqa: S608  (no text of others)


class Name(NamedTuple):
    """Somebody or something that has a page of its own."""

    slug: str
    name: str


class Part(NamedTuple):
    """Somebody who takes part."""

    role: str
    actor: Name


class Saying(NamedTuple):
    """The first quote of an event."""

    text: str
    speaker: str


class Line(NamedTuple):
    """An event as an entry of a list. Where words were looked for, title and summary hold marks around them."""

    pk: int
    slug: str
    title: str
    on: Any
    precision: str
    kind: str
    status: str
    summary: str
    dispute: Name | None
    parts: list[Part]
    quote: Saying | None
    told: Telling


class _Article(NamedTuple):
    original_id: int | None
    publisher_id: int


class _Cited(NamedTuple):
    article_id: int
    article: _Article
    by_party: bool


def read_entries(ids: Collection[int], q: str = "") -> list[Line]:
    """The published ones of the events with those ids, in no order.

    Args:
        ids: of the events.
        q: the words that are marked in title and summary; "" for none.
    """
    heads, parts, quotes, sources = fetch([_HEADS, PARTS, _QUOTES, _SOURCES], ids)
    taking_part, cited = defaultdict[int, list[Part]](list), defaultdict[int, list[_Cited]](list)
    for event, role, slug, name in parts:
        taking_part[event].append(Part(role, Name(slug, name)))
    for event, article, original, publisher, by_party in sources:
        cited[event].append(_Cited(article, _Article(original, publisher), by_party))
    said = {event: Saying(text, speaker) for event, text, speaker in quotes}
    lines = [
        Line(
            *(pk, slug, title, on, precision, kind, status, summary),
            Name(*dispute) if dispute[0] else None,
            taking_part[pk],
            said.get(pk),
            _count(cited[pk]),
        )
        for pk, slug, title, on, precision, kind, status, summary, *dispute in heads
    ]
    return _mark(lines, q) if q else lines


def _mark(lines: list[Line], q: str) -> list[Line]:
    """The same with the words in question marked."""
    texts = [text for line in lines for text in (line.title, line.summary)]
    marked = iter(read_wanted(q).mark(texts, read_stems))
    return [line._replace(title=next(marked), summary=next(marked)) for line in lines]


def _count(cited: Collection[Any]) -> Telling:
    if all(row.article.original_id is None for row in cited):  # nothing to fold
        others = {row.article.publisher_id for row in cited if not row.by_party}
        return Telling(len(others), any(row.by_party for row in cited))
    return count_publishers(cited)
