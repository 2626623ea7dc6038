"""The values in which facts reach the services. Actors and articles are given by id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence behind a fact, its offsets in the article's text (-1, -1: the title), and how sure one is."""

    text: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """An actor's role in an event, with the sentence that says so."""

    actor_id: int
    role: str
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as one article tells it. `on` is the first day of its month or year where `precision` says so."""

    title: str
    kind: str
    on: date
    precision: str
    status: str
    roles: tuple[RoleDraft, ...]
    evidence: Sentence
    main: bool = True
    summary: str = ""
    scope: str = ""
    date_evidence: Sentence | None = None
    scope_evidence: Sentence | None = None
    slug_words: str = ""


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Exact words and their speaker."""

    text: str
    speaker_id: int
    on_behalf_of_id: int | None
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """Quoted words of a vendor's terms."""

    text: str
    vendor_id: int
    document: str
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article under its canonical address. `published_at` is aware, UTC."""

    url: str
    title: str
    author: str = ""
    published_at: datetime | None = None
