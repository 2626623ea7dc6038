"""Items of a feed as rows: one story once, whatever its feed does to its title, address or id."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from rapidfuzz.fuzz import token_set_ratio

from ingest.canonical import content_hash
from ingest.models import Document, Feed
from ingest.pipeline.entries import Entry
from ingest.pipeline.version import BY
from ingest.pipeline.versions import keep_version
from ingest.types import Item
from timeline import services
from timeline.addresses import url_hash
from timeline.services import ArticleDraft

SAME_STORY = 60.0  # percent of two titles' words in common, from which on one guid is taken for one story

_LIST_HELD = """
SELECT id, key, home_key, coalesce(nullif(home, ''), url), feed_id, guid, title, published_at, step, from_feed,
    text_hash, check_at
FROM ingest_document
WHERE key = ANY(%(keys)s) OR home_key = ANY(%(keys)s)
    OR (feed_id = %(feed)s AND guid = ANY(%(guids)s) AND guid <> '')
"""
# All documents of a poll at once: by way of models they cost ten times as much. Another feed may have brought the same
# address just now; then the document is its.
_ADD_DOCUMENTS = """
WITH added AS (
    INSERT INTO ingest_document (
        url, key, guid, article_id, title, author, published_at, step, fetched_at, from_feed, content_type, body,
        feed_id, found_at, due_at, home, home_key, tries, error, publisher_name, etag, last_modified, text, text_hash,
        sketch, marks, language, reasons, read_by
    )
    SELECT url, key, guid, article, title, author, published_at,
        CASE WHEN words IS NULL THEN 'found' ELSE 'fetched' END, CASE WHEN words IS NOT NULL THEN %(now)s END,
        words IS NOT NULL, CASE WHEN words IS NULL THEN '' ELSE 'text/plain; charset=utf-8' END, coalesce(words, ''),
        %(feed)s, %(now)s, %(due_at)s, '', '', 0, '', '', '', '', '', '', '{}', '{}', '', '', ''
    FROM unnest(%(url)s::text[], %(key)s::text[], %(guid)s::text[], %(article)s::bigint[], %(title)s::text[],
                %(author)s::text[], %(published_at)s::timestamptz[], %(words)s::bytea[])
        AS row (url, key, guid, article, title, author, published_at, words)
    ON CONFLICT DO NOTHING
    RETURNING id, published_at
)
SELECT id FROM added ORDER BY published_at DESC, id
"""


class Held(NamedTuple):
    """What is known of a document when a feed names it again. `address` is where its page is at home."""

    pk: int
    key: str
    home_key: str
    address: str
    feed_id: int | None
    guid: str
    title: str
    published_at: datetime | None
    step: str
    from_feed: bool
    text_hash: str
    check_at: datetime | None


class _Row(NamedTuple):
    """A document as `_ADD_DOCUMENTS` takes it. `words` are those of an item without a page, compressed."""

    url: str
    key: str
    guid: str
    article: int
    title: str
    author: str
    published_at: datetime | None
    words: bytes | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What items added: how many there were, the ids of the new documents, and how many known ones changed."""

    items: int = 0
    new: tuple[int, ...] = ()
    changed: int = 0

    def __add__(self, other: Stored) -> Stored:
        return Stored(self.items + other.items, self.new + other.new, self.changed + other.changed)


def store_items(feed: Feed, entries: dict[str, Entry], now: datetime) -> Stored:
    """Keep items of a feed as articles of its publisher and as documents to read.

    An item is known by its guid in this feed, else by its address, or the one that this led to, in any feed.
    """
    held = _list_held(feed, entries)
    known = _find_known(feed, entries, held)
    fresh = {key: entry for key, entry in entries.items() if key not in known}
    edited = []
    for key, document in known.items():
        if document.feed_id == feed.pk and _take_changes(document, entries[key], now):
            edited.append((document, entries[key].item))
    drafts = [_draft(entry.url, entry.item) for entry in fresh.values()]
    drafts += [_draft(document.address, item) for document, item in edited]
    if not drafts:
        return Stored(len(entries))
    ids = services.record_articles(drafts=drafts, publisher_id=_publisher_of(feed), by=BY)
    taken = {document.guid for document in held if document.feed_id == feed.pk}
    return Stored(len(entries), _add_documents(feed, fresh, ids, taken, now), len(edited))


def _list_held(feed: Feed, entries: dict[str, Entry]) -> list[Held]:
    """The documents that have the address or, in this feed, the guid of one of the items."""
    guids = [entry.item.guid for entry in entries.values() if entry.item.guid]
    with connection.cursor() as cursor:
        cursor.execute(_LIST_HELD, {"keys": list(entries), "feed": feed.pk, "guids": guids})
        return [Held(*row) for row in cursor.fetchall()]


def _find_known(feed: Feed, entries: dict[str, Entry], held: list[Held]) -> dict[str, Held]:
    """The documents held already, by the key of the item that names them."""
    by_key = {key: document for document in held for key in (document.key, document.home_key) if key in entries}
    by_guid = {document.guid: document for document in held if document.guid and document.feed_id == feed.pk}
    known = {}
    for key, entry in entries.items():
        same = by_guid.get(entry.item.guid)
        found = same if same is not None and _is_same_story(same, key, entry.item) else by_key.get(key)
        if found is not None:
            known[key] = found
    return known


def _is_same_story(document: Held, key: str, item: Item) -> bool:
    """Whether an item with the guid of a document is that story. Some feeds give one guid to whatever is the latest."""
    dated = document.published_at is not None and document.published_at == item.published_at
    if key in (document.key, document.home_key) or dated or not (document.title and item.title):
        return True
    return token_set_ratio(document.title.casefold(), item.title.casefold()) >= SAME_STORY


def _take_changes(document: Held, entry: Entry, now: datetime) -> bool:
    """Take over what the feed that brought a document says of it now.

    Returns whether its title or, where the feed's words are all there is, its text is another.
    """
    item = entry.item
    fields: dict[str, object] = {}
    if item.guid and document.guid != item.guid and document.key == url_hash(entry.url):
        taken = Document.objects.filter(feed=document.feed_id, guid=item.guid).exists()
        fields |= {} if taken else {"guid": item.guid}
    retitled = bool(item.title) and document.title != item.title[:500]
    if retitled:
        fields |= {"title": item.title[:500]}
        fields |= {"check_at": now} if document.check_at else {}  # its text may have changed with it
    reworded = _is_reworded(document, item)
    if reworded:
        fields |= _take_words(document, entry, now)
    if fields:
        Document.objects.filter(pk=document.pk).update(**fields)
    return retitled or reworded


def _is_reworded(document: Held, item: Item) -> bool:
    """Whether a feed says something else of an item that has no page of its own."""
    waits = document.step == Document.Step.FETCHED
    return document.from_feed and not waits and bool(item.summary) and content_hash(item.summary) != document.text_hash


def _take_words(document: Held, entry: Entry, now: datetime) -> dict[str, object]:
    """The fields with which a document is read again in the feed's new words; the old ones become a version."""
    keep_version(Document.objects.get(pk=document.pk), after=entry.item.summary, now=now)
    return {
        "body": zlib.compress(entry.words.encode()),
        "fetched_at": now,
        "step": Document.Step.FETCHED,
        "due_at": now,
        "tries": 0,
        "claimed_until": None,  # who reads the old words at this moment keeps nothing
    }


def _draft(url: str, item: Item) -> ArticleDraft:
    return ArticleDraft(url=url, title=item.title, author=item.author, published_at=item.published_at)


def _publisher_of(feed: Feed) -> int:
    if feed.publisher_id is None:
        raise ValueError(f"Feed {feed.pk} has no publisher.")
    return feed.publisher_id


def _add_documents(
    feed: Feed, fresh: dict[str, Entry], ids: dict[str, int], taken: set[str], now: datetime
) -> tuple[int, ...]:
    """Add a document for each entry, without the guids that are taken. Returns the ids, the latest published first."""
    if not fresh:
        return ()
    rows = [_make_row(key, entry, ids[entry.url], taken) for key, entry in fresh.items()]
    columns: dict[str, Any] = dict(zip(_Row._fields, map(list, zip(*rows, strict=True)), strict=True))
    due_at = now + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS)  # the poll's caller queues them at once
    with connection.cursor() as cursor:
        cursor.execute(_ADD_DOCUMENTS, {**columns, "feed": feed.pk, "now": now, "due_at": due_at})
        return tuple(pk for (pk,) in cursor.fetchall())


def _make_row(key: str, entry: Entry, article_id: int, taken: set[str]) -> _Row:
    """Where there is no page to fetch, the feed's own words are all there is."""
    item = entry.item
    return _Row(
        url=entry.url,
        key=key,
        guid="" if item.guid in taken else item.guid,
        article=article_id,
        title=item.title[:500],
        author=item.author[:300],
        published_at=item.published_at,
        words=None if entry.linked else zlib.compress(entry.words.encode()),
    )
