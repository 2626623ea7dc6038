"""What hangs on events, as plain values: one statement a part, whatever the number of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeline.queries.plain.wanted import Part, Row, fetch, make_actor, make_event


def _make_quote(text: str, url: str | None, *actors: Any) -> Row:
    spoken_for = make_actor(*actors[3:]) if actors[3] is not None else None
    return {"text": text, "speaker": make_actor(*actors[:3]), "on_behalf_of": spoken_for, "url": url}


PARTICIPANTS = Part(
    "SELECT p.event_id, a.slug, a.name, a.kind, p.role FROM timeline_participation p "
    "JOIN timeline_actor a ON a.id = p.actor_id "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
    lambda slug, name, kind, role: {"actor": {"slug": slug, "name": name, "kind": kind}, "role": role},
)
QUOTES = Part(
    "SELECT p.event_id, p.text, r.url, s.slug, s.name, s.kind, b.slug, b.name, b.kind FROM timeline_quote p "
    "JOIN timeline_actor s ON s.id = p.speaker_id LEFT JOIN timeline_actor b ON b.id = p.on_behalf_of_id "
    "LEFT JOIN timeline_article r ON r.id = p.article_id "
    "WHERE p.event_id = ANY(%s) AND p.state = 'published' ORDER BY p.event_id, p.position, p.id",
    _make_quote,
)
CLAUSES = Part(
    "SELECT p.event_id, v.slug, v.name, v.kind, p.document, p.text, r.url FROM timeline_clause p "
    "JOIN timeline_actor v ON v.id = p.vendor_id LEFT JOIN timeline_article r ON r.id = p.article_id "
    "WHERE p.event_id = ANY(%s) AND p.state = 'published' ORDER BY p.event_id, p.position, p.id",
    lambda slug, name, kind, document, text, url: {
        "vendor": {"slug": slug, "name": name, "kind": kind},
        "document": document,
        "text": text,
        "url": url,
    },
)
LINKS = Part(
    "SELECT p.event_id, p.relation, e.id, e.slug, e.title, e.on, e.precision FROM timeline_link p "
    "JOIN timeline_event e ON e.id = p.to_id AND e.state = 'published' "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
    lambda relation, *event: {"relation": relation, "to": make_event(*event)},
)
LINKED_FROM = Part(
    "SELECT p.to_id, p.relation, e.id, e.slug, e.title, e.on, e.precision FROM timeline_link p "
    "JOIN timeline_event e ON e.id = p.event_id AND e.state = 'published' "
    "WHERE p.to_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
    lambda relation, *event: {"relation": relation, "event": make_event(*event)},
)
_SOURCES = (
    "SELECT p.event_id, p.id, r.url, r.title, r.author, u.name, r.published_on, o.url, p.main "
    "FROM timeline_citation p JOIN timeline_article r ON r.id = p.article_id "
    "JOIN timeline_publisher u ON u.id = r.publisher_id "
    "LEFT JOIN timeline_article o ON o.id = r.original_id "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id"
)
_EVIDENCE = Part(
    "SELECT v.citation_id, v.fact, a.slug, p.role, v.sentence FROM timeline_evidence v "
    "LEFT JOIN timeline_participation p ON p.id = v.participation_id LEFT JOIN timeline_actor a ON a.id = p.actor_id "
    "WHERE v.citation_id = ANY(%s) ORDER BY v.citation_id, v.id",
    lambda fact, actor, role, sentence: {"fact": fact, "actor": actor, "role": role, "sentence": sentence},
)


def read_sources(ids: Sequence[int]) -> dict[int, list[Row]]:
    """The articles that tell of events, each with the sentences behind its facts."""
    rows = fetch(_SOURCES, ids)
    evidence = _EVIDENCE.read([row[1] for row in rows]) if rows else {}
    found: dict[int, list[Row]] = {}
    for event, citation, url, title, author, publisher, day, original, main in rows:
        source = {
            "url": url, "title": title, "author": author, "publisher": publisher, "published_on": day,
            "original": original, "main": main, "evidence": evidence.get(citation, []),
        }  # fmt: skip
        found.setdefault(event, []).append(source)
    return found
