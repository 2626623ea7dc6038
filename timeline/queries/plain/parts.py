"""What hangs on events, as plain values: one statement a part, whatever the number of events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeline.addresses import known_address
from timeline.queries.plain.wanted import Part, Row, make_actor, make_event, read_parts


def _make_quote(text: str, url: str | None, *actors: Any) -> Row:
    spoken_for = make_actor(*actors[3:]) if actors[3] is not None else None
    return {"text": text, "speaker": make_actor(*actors[:3]), "on_behalf_of": spoken_for, "url": known_address(url)}


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
        "url": known_address(url),
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
# A citation's id comes first: the sentences that it holds are put to it afterwards.
_SOURCES = Part(
    "SELECT p.event_id, p.id, r.url, r.title, r.author, u.name, r.published_on, o.url, p.main "
    "FROM timeline_citation p JOIN timeline_article r ON r.id = p.article_id "
    "JOIN timeline_publisher u ON u.id = r.publisher_id "
    "LEFT JOIN timeline_article o ON o.id = r.original_id "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
    lambda pk, url, title, author, publisher, day, original, main: (
        pk,
        {
            "url": known_address(url), "title": title, "author": author, "publisher": publisher, "published_on": day,
            "original": known_address(original), "main": main, "evidence": [],
        },
    ),
)  # fmt: skip
_EVIDENCE = Part(
    "SELECT v.citation_id, v.fact, a.slug, p.role, v.sentence FROM timeline_evidence v "
    "JOIN timeline_citation c ON c.id = v.citation_id "
    "LEFT JOIN timeline_participation p ON p.id = v.participation_id LEFT JOIN timeline_actor a ON a.id = p.actor_id "
    "WHERE c.event_id = ANY(%s) ORDER BY v.citation_id, v.id",
    lambda fact, actor, role, sentence: {"fact": fact, "actor": actor, "role": role, "sentence": sentence},
)
DATES = Part(
    "SELECT p.event_id, p.on, p.kind, p.text FROM timeline_announceddate p "
    "WHERE p.event_id = ANY(%s) ORDER BY p.event_id, p.position, p.id",
    lambda on, kind, text: {"date": on, "kind": kind, "text": text},
)
_PARTS = {
    "participants": PARTICIPANTS,
    "dates": DATES,
    "quotes": QUOTES,
    "clauses": CLAUSES,
    "sources": _SOURCES,
    "links": LINKS,
    "linked_from": LINKED_FROM,
}
PARTS = frozenset(_PARTS)


def read_event_parts(names: Sequence[str], ids: Sequence[int]) -> dict[str, dict[int, list[Row]]]:
    """The parts of events of those names, by the events' ids, in one question to the database."""
    wanted = [name for name in _PARTS if name in names]
    asked = [_PARTS[name] for name in wanted] + [_EVIDENCE] * ("sources" in wanted)
    found = read_parts(asked, ids)
    parts: dict[str, dict[int, list[Row]]] = dict(zip(wanted, found, strict=False))
    if "sources" in wanted:
        evidence = found[-1]
        parts["sources"] = {event: _put_evidence(rows, evidence) for event, rows in parts["sources"].items()}
    return parts


def _put_evidence(sources: Sequence[Any], evidence: dict[int, list[Row]]) -> list[Row]:
    for citation, source in sources:
        if citation in evidence:
            source["evidence"] = evidence[citation]
    return [source for _, source in sources]
