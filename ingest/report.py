"""A reading as JSON and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.types import ActorRef, EventRead, Evidence, Page, QuoteRead, Reading


@dataclass(frozen=True, slots=True)
class Placed:
    """An act that was read, with the event of the record that it belongs to: its slug, its kind, the names of those who
    take part, each with a role."""

    event: EventRead
    slug: str
    kind: str
    roles: tuple[tuple[str, str], ...]


def describe_reading(page: Page, reading: Reading) -> dict[str, Any]:
    """All of a reading, as JSON values."""
    return {
        "url": page.url,
        "title": page.title,
        "publisher": page.publisher,
        "author": page.author,
        "published_at": page.published_at.isoformat() if page.published_at else None,
        "language": reading.language,
        "relevant": reading.relevant,
        "relevance": round(reading.relevance, 3),
        "reasons": list(reading.reasons),
        "actors": [_actor(actor) for actor in reading.actors],
        "events": [_event(event) for event in reading.events],
        "quotes": [_quote(quote) for quote in reading.quotes],
        "clauses": [
            {
                "text": clause.text,
                "vendor": clause.vendor.name if clause.vendor else None,
                "document": clause.document,
                "evidence": _evidence(clause.evidence),
                "confidence": round(clause.confidence, 3),
            }
            for clause in reading.clauses
        ],
    }


def describe_prediction(page_id: str, reading: Reading, placed: Iterable[Placed]) -> dict[str, Any]:
    """A reading in the form that the scorer of labelled articles reads: when things happened as the article has it,
    what they were and who took part as the record has it, from all articles that tell of them.

    Args:
        page_id: the article's id.
        reading: what was read.
        placed: the acts, and what the record says of each.
    """
    return {
        "id": page_id,
        "relevant": reading.relevant,
        "events": [
            {
                "event": one.slug,
                "main": one.event.main,
                "kind": one.kind,
                "date": one.event.on.isoformat(),
                "date_precision": one.event.precision,
                "participants": [{"actor": name, "role": role} for name, role in one.roles],
            }
            for one in placed
        ],
        "quotes": [
            {"text": q.text, "speaker": _name(q.speaker), "on_behalf_of": _name(q.on_behalf_of)} for q in reading.quotes
        ],
    }


def print_reading(page: Page, reading: Reading) -> Iterator[str]:
    """A reading in lines for people."""
    yield f"{page.title}"
    published = f"{page.published_at:%Y-%m-%d %H:%M}" if page.published_at else "no date"
    yield f"  {page.publisher or 'publisher unknown'}, {published}, {page.url}"
    verdict = "relevant" if reading.relevant else "not relevant"
    yield f"  {verdict} ({reading.relevance:.2f}): {'; '.join(reading.reasons)}"
    for event in reading.events:
        news = "news" if event.main else "background"
        yield f"  {news}: {event.kind} {print_date(event)}, {event.status}, sure {event.confidence:.2f}"
        for part in event.participants:
            yield f"    {part.role}: {part.actor.name}"
        yield f"    because: {event.evidence.sentence}"
        if event.scope:
            yield f"    scope: {event.scope}"
    for quote in reading.quotes:
        behalf = f" for {quote.on_behalf_of.name}" if quote.on_behalf_of and quote.on_behalf_of != quote.speaker else ""
        yield f"  “{quote.text}” ({_name(quote.speaker) or 'nobody found'}{behalf})"
    for clause in reading.clauses:
        yield f"  terms of {clause.vendor.name if clause.vendor else 'somebody'}: “{clause.text}”"


def print_date(event: EventRead) -> str:
    """The event's date as precisely as it is known."""
    return event.on.isoformat()[: {"day": 10, "month": 7, "year": 4}[event.precision]]


def _event(event: EventRead) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "date": event.on.isoformat(),
        "date_precision": event.precision,
        "main": event.main,
        "status": event.status,
        "scope": event.scope,
        "confidence": round(event.confidence, 3),
        "participants": [
            _actor(part.actor)
            | {"role": part.role, "confidence": round(part.confidence, 3), "evidence": _evidence(part.evidence)}
            for part in event.participants
        ],
        "evidence": _evidence(event.evidence),
        "date_evidence": _evidence(event.date_evidence),
        "scope_evidence": _evidence(event.scope_evidence),
    }


def _quote(quote: QuoteRead) -> dict[str, Any]:
    return {
        "text": quote.text,
        "speaker": _name(quote.speaker),
        "title": quote.title,
        "on_behalf_of": _name(quote.on_behalf_of),
        "evidence": _evidence(quote.evidence),
        "confidence": round(quote.confidence, 3),
    }


def _actor(actor: ActorRef) -> dict[str, Any]:
    return {"name": actor.name, "kind": actor.kind, "slug": actor.slug}


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    return {"sentence": evidence.sentence, "start": evidence.start, "end": evidence.end} if evidence else None


def _name(actor: ActorRef | None) -> str | None:
    return actor.name if actor else None
