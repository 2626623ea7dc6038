"""What may be asked of each address: read by the views, and described by the schema."""

from __future__ import annotations

from timeline.api.asking import FILTER, UNORDERED, Table
from timeline.filters import ORDERS
from timeline.queries import actors as actor_queries
from timeline.queries.plain import actors, articles, disputes, events, search, stats, words

EVENTS = Table(events.FIELDS, events.EXPAND, FILTER, ORDERS, synced=True)
EVENT = Table(events.FIELDS, events.EXPAND, paged=False, counted=False)
ACTORS = Table(
    actors.FIELDS,
    actors.EXPAND,
    ("q", "role", "dispute", "since", "until"),
    own={"kind": actor_queries.KINDS},
    synced=True,
)
ACTOR = Table(actors.FIELDS, actors.EXPAND, paged=False, counted=False)
DISPUTES = Table(disputes.FIELDS, (), UNORDERED, synced=True)
DISPUTE = Table(disputes.FIELDS, paged=False, counted=False)
QUOTES = Table(words.QUOTE_FIELDS, words.EXPAND, FILTER, words.ORDERS)
CLAUSES = Table(words.CLAUSE_FIELDS, words.EXPAND, FILTER, words.ORDERS)
ARTICLES = Table(articles.FIELDS, articles.EXPAND, UNORDERED, own={"source": ()})
ARTICLE = Table(articles.FIELDS, articles.EXPAND, paged=False, counted=False)
LOOKUP = Table(articles.FIELDS, articles.EXPAND, own={"url": ()}, paged=False, counted=False)
SOURCES = Table(articles.SOURCE_FIELDS, (), UNORDERED)
STATS = Table(stats.FIELDS, (), UNORDERED, paged=False, counted=False)
SEARCH = Table(search.FIELDS, (), UNORDERED, own={"type": search.TYPES}, counted=False, most_rows=50, needs_words=True)
NOTHING = Table((), paged=False, counted=False)
