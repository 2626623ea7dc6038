"""Names that reading finds in texts, for tests."""

from __future__ import annotations

from ingest.reading.candidates import find_candidates
from ingest.reading.document import build_document
from ingest.reading.entities import find_entities
from ingest.reading.mentions import find_mentions
from ingest.reading.names import NameTable
from ingest.types import KnownActor, Page

TABLE = NameTable.build([KnownActor("tindle", "Tindle", "organization")])


def read_names(*paragraphs: str, title: str = "") -> dict[str, str]:
    """The kinds of those who are named, by name."""
    doc = build_document(Page("https://news.example/a", title, paragraphs))
    return {h.actor.name: h.actor.kind for hits in find_entities(doc, TABLE).values() for h in hits}


def read_candidates(text: str) -> set[str]:
    """Who may be named besides."""
    doc = build_document(Page("https://news.example/a", "", (text,)))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    return {m.actor.name for held in find_candidates(doc, mentions, TABLE).values() for m in held}
