"""Items of a feed as rows: one story once, whatever its feed does to its title, address or id."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
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
    known = _list_known(feed, entries)
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
    return Stored(len(entries), _add_documents(feed, fresh, ids, now), len(edited))


def _list_known(feed: Feed, entries: dict[str, Entry]) -> dict[str, Document]:
    """The documents held already, by the key of the item that names them."""
    rows = Document.objects.defer("body", "text", "sketch", "marks").select_related("article")
    by_key: dict[str, Document] = {}
    for document in rows.filter(Q(key__in=list(entries)) | Q(home_key__in=list(entries))):
        for key in {document.key, document.home_key} & entries.keys():
            by_key[key] = document
    guids = [entry.item.guid for entry in entries.values() if entry.item.guid]
    by_guid = {document.guid: document for document in rows.filter(feed=feed, guid__in=guids)}
    known = {}
    for key, entry in entries.items():
        same = by_guid.get(entry.item.guid)
        found = same if same is not None and _is_same_story(same, key, entry.item) else by_key.get(key)
        if found is not None:
            known[key] = found
    return known


def _is_same_story(document: Document, key: str, item: Item) -> bool:
    """Whether an item with the guid of a document is that story. Some feeds give one guid to whatever is the latest."""
    dated = document.published_at is not None and document.published_at == item.published_at
    if key in (document.key, document.home_key) or dated or not (document.title and item.title):
        return True
    return token_set_ratio(document.title.casefold(), item.title.casefold()) >= SAME_STORY


def _take_changes(document: Document, entry: Entry, now: datetime) -> bool:
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


def _is_reworded(document: Document, item: Item) -> bool:
    """Whether a feed says something else of an item that has no page of its own."""
    waits = document.step == Document.Step.FETCHED
    return document.from_feed and not waits and bool(item.summary) and content_hash(item.summary) != document.text_hash


def _take_words(document: Document, entry: Entry, now: datetime) -> dict[str, object]:
    """The fields with which a document is read again in the feed's new words; the old ones become a version."""
    keep_version(document, after=entry.item.summary, now=now)
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


def _add_documents(feed: Feed, fresh: dict[str, Entry], ids: dict[str, int], now: datetime) -> tuple[int, ...]:
    guids = [entry.item.guid for entry in fresh.values() if entry.item.guid]
    taken = set(Document.objects.filter(feed=feed, guid__in=guids).values_list("guid", flat=True))
    fresh = {
        key: replace(entry, item=replace(entry.item, guid="")) if entry.item.guid in taken else entry
        for key, entry in fresh.items()
    }
    Document.objects.bulk_create(
        [_make_document(feed, key, entry, ids[entry.url], now) for key, entry in fresh.items()],
        ignore_conflicts=True,  # another feed may have brought the same address just now
    )
    rows = Document.objects.filter(key__in=list(fresh), feed=feed, due_at__isnull=False)
    return tuple(rows.order_by("-published_at", "pk").values_list("pk", flat=True))


def _make_document(feed: Feed, key: str, entry: Entry, article_id: int, now: datetime) -> Document:
    item = entry.item
    document = Document(
        url=entry.url,
        key=key,
        feed=feed,
        guid=item.guid,
        article_id=article_id,
        title=item.title[:500],
        author=item.author[:300],
        published_at=item.published_at,
        found_at=now,
        due_at=now + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS),  # the poll's caller queues them at once
    )
    if not entry.linked:  # there is no page to fetch: the feed's own words are all there is
        document.step, document.fetched_at, document.from_feed = Document.Step.FETCHED, now, True
        document.body = zlib.compress(entry.words.encode())
        document.content_type = "text/plain; charset=utf-8"
    return document
