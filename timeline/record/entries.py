"""What a record file says, as values. Rows refer to each other by slug, to articles by address; "" is "not given"."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ActorEntry:
    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SideEntry:
    actor: str
    position: str


@dataclass(frozen=True, slots=True)
class DisputeEntry:
    slug: str
    title: str
    summary: str = ""
    sides: tuple[SideEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleEntry:
    actor: str
    role: str


@dataclass(frozen=True, slots=True)
class DateEntry:
    """A date ahead. `on` is an ISO date."""

    kind: str
    text: str
    on: str


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    vendor: str
    text: str
    document: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    text: str
    speaker: str
    on_behalf_of: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkEntry:
    to: str
    relation: str


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """A cited page. `published_on` is an ISO date."""

    url: str
    publisher: str
    title: str
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event with its parts. `on` is an ISO date; `sources` are addresses of articles."""

    slug: str
    title: str
    on: str
    precision: str
    kind: str
    status: str
    summary: str = ""
    scope: str = ""
    dispute: str = ""
    participants: tuple[RoleEntry, ...] = ()
    dates: tuple[DateEntry, ...] = ()
    clauses: tuple[ClauseEntry, ...] = ()
    quotes: tuple[QuoteEntry, ...] = ()
    sources: tuple[str, ...] = ()
    links: tuple[LinkEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """All of a record file. `articles` holds each cited page once, by address; `lines` says where a row stands in the
    file, by noun and slug ("actor openai")."""

    actors: tuple[ActorEntry, ...] = ()
    disputes: tuple[DisputeEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    articles: dict[str, ArticleEntry] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict, compare=False)
