"""The values that pass between the steps of ingest. All are frozen; none knows Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

# ── fetch ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered.

    `url` is the final address, `permanent_url` the one that a chain of permanent redirects alone leads to (None
    where there was none). `redirects` is how many were followed, and `leads_to` where the last one points, if that
    is another host and the fetch was to stay at its own. `headers` have lower-case names. `body` is decompressed.
    `complete` is False where the connection broke before the end of the body: what came can be read, but is not to
    be taken for the whole.
    """

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    permanent_url: str | None = None
    seconds: float = 0.0
    complete: bool = True
    redirects: int = 0
    leads_to: str | None = None

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


# ── parse ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, or one link of a listing page. Times are aware, UTC."""

    guid: str
    url: str
    title: str
    author: str = ""
    summary: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's items and what it says of itself.

    `ttl_minutes` and `skip_hours` (UTC hours) are the publisher's wishes about polling; `problems` are faults that
    did not keep the items from being read.
    """

    title: str
    site_url: str
    items: tuple[Item, ...]
    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingRules:
    """CSS selectors that find the items of a page without a feed; `title`, `date` may be empty."""

    item: str
    link: str = "a"
    title: str = ""
    date: str = ""


# ── extract ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it stands in a page. `text` is the paragraphs joined by a blank line; offsets count in it."""

    url: str
    title: str
    paragraphs: tuple[str, ...]
    author: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    language: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


# ── read ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that the record knows: a row of the table of names given to reading.

    `kind` is organization, person or product. `parent` is the slug of the employer, vendor or owner.
    """

    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as an article names it. `slug` is None for a name that no table knows."""

    name: str
    kind: str
    slug: str | None = None
    parent: str | None = None

    @property
    def key(self) -> str:
        """What tells two actors apart: the slug, or the name folded."""
        return self.slug or self.name.casefold()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence behind a fact.

    `start` and `end` are offsets of the sentence in `Page.text`; -1, -1 where it is the title.
    """

    sentence: str
    start: int
    end: int

    @property
    def in_title(self) -> bool:
        return self.start < 0


@dataclass(frozen=True, slots=True)
class RoleRead:
    """Who takes part in an act, as what (the roles of `timeline.Participation`)."""

    actor: ActorRef
    role: str
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class EventRead:
    """An act that an article tells of.

    `main` is True for the act that is the article's news. `on` holds the first day of its month or year where
    `precision` is month or year. `evidence` is the sentence of the act, `date_evidence` and `scope_evidence` those
    of date and scope (None: the date is the date of publication; there is no scope sentence).
    `confidence` is the chance that kind, date and initiator or target are right.
    """

    kind: str
    on: date
    precision: str
    main: bool
    status: str
    participants: tuple[RoleRead, ...]
    evidence: Evidence
    confidence: float
    date_evidence: Evidence | None = None
    scope: str = ""
    scope_evidence: Evidence | None = None

    def actors(self, *roles: str) -> tuple[ActorRef, ...]:
        """The actors in any of `roles`, in the order read."""
        return tuple(p.actor for p in self.participants if p.role in roles)


@dataclass(frozen=True, slots=True)
class QuoteRead:
    """Exact words and who said them. `text` is without its quotation marks; `title` is the speaker's, where given."""

    text: str
    speaker: ActorRef | None
    on_behalf_of: ActorRef | None
    evidence: Evidence
    confidence: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """A quoted sentence of a vendor's terms. `document` is the name of the terms, "" where not given."""

    text: str
    vendor: ActorRef | None
    document: str
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline understood of one article: a value, not a row.

    `reasons` say in words why the article is relevant, or is not. `relevance` is between 0 and 1. `language` is an
    ISO 639-1 code, "" where unknown; other languages than English are said so and not guessed at.
    """

    relevant: bool
    relevance: float
    reasons: tuple[str, ...]
    actors: tuple[ActorRef, ...] = ()
    events: tuple[EventRead, ...] = ()
    quotes: tuple[QuoteRead, ...] = ()
    clauses: tuple[ClauseRead, ...] = ()
    language: str = "en"

    @property
    def main_event(self) -> EventRead | None:
        return next((e for e in self.events if e.main), None)


# ── match ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event of the record that an article might tell of.

    `participants` are (actor key, role); an actor's key is its slug. `texts` are the titles of the articles already
    attached (and the event's own), used for wording. `article_days` are the days its articles were published on,
    `said` the words quoted from them.
    """

    id: int
    kind: str
    on: date
    precision: str
    participants: tuple[tuple[str, str], ...]
    title: str = ""
    texts: tuple[str, ...] = ()
    article_days: tuple[date, ...] = ()
    dispute: str | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Where an act read belongs. `id` is the candidate's, None for a new event; `reasons` say why, in words.

    `link_to` and `relation` tie a new event to an earlier one (relation as in `timeline.Link`).
    """

    event: EventRead
    id: int | None
    score: float
    reasons: tuple[str, ...]
    link_to: int | None = None
    relation: str = ""
