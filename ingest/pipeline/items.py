"""Items of a feed as rows: one story once, whatever its feed does to its title, address or id."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from rapidfuzz.fuzz import token_set_ratio

from ingest.models import Document, Feed
from ingest.pipeline.version import BY
from ingest.types import Item
from timeline import services
from timeline.addresses import canonical_url, url_hash
from timeline.services import ArticleDraft

LONGEST_URL = 2000
LONGEST_GUID = 2000
SAME_STORY = 60.0  # percent of two titles' words in common, from which on one guid is taken for one story


@dataclass(frozen=True, slots=True)
class Stored:
    """What items added: the ids of the new documents, and how many known ones changed."""

    new: tuple[int, ...] = ()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item under the address that tells it apart. `linked` is False where the item itself has none."""

    url: str
    item: Item
    linked: bool


def tell_apart(feed: Feed, items: Iterable[Item]) -> dict[str, _Entry]:
    """The items of one poll, last first, by the key of their address; of several at one address the first stays.

    A guid that a feed gives to several items tells nothing and is dropped.
    """
    items = tuple(items)
    count = Counter(item.guid for item in items)
    entries = {}
    for item in reversed(items):
        guid = item.guid[:LONGEST_GUID] if count[item.guid] == 1 else ""
        entry = _make_entry(feed, replace(item, guid=guid))
        entries[url_hash(entry.url)] = entry
    return entries


def store_items(feed: Feed, entries: dict[str, _Entry], now: datetime) -> Stored:
    """Keep items of a feed as articles of its publisher and as documents to read.

    An item is known by its guid in this feed, else by its address, or the one that this led to, in any feed.
    """
    known = _list_known(feed, entries)
    fresh = {key: entry for key, entry in entries.items() if key not in known}
    edited = []
    for key, document in known.items():
        if document.feed_id == feed.pk and _take_changes(document, entries[key].item, now):
            edited.append((document, entries[key].item))
    drafts = [_draft(entry.url, entry.item) for entry in fresh.values()]
    drafts += [_draft(document.address, item) for document, item in edited]
    if not drafts:
        return Stored()
    ids = services.record_articles(drafts=drafts, publisher_id=_publisher_of(feed), by=BY)
    return Stored(new=_add_documents(feed, fresh, ids, now), changed=len(edited))


def _make_entry(feed: Feed, item: Item) -> _Entry:
    url = canonical_url(item.url) if item.url else ""
    if url and len(url) <= LONGEST_URL:
        return _Entry(url, item, linked=True)
    # An item without a link can only be told by what it says, and found where its feed is.
    digest = hashlib.sha256((item.guid or f"{item.title}\n{item.summary}").encode()).hexdigest()[:16]
    place = feed.site_url or feed.url
    return _Entry(f"{place}{'&' if '?' in place else '?'}item={digest}", item, linked=False)


def _list_known(feed: Feed, entries: dict[str, _Entry]) -> dict[str, Document]:
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


def _take_changes(document: Document, item: Item, now: datetime) -> bool:
    """Take over what the feed that brought a document says of it now. Returns whether the title is another."""
    fields: dict[str, object] = {}
    if item.guid and document.guid != item.guid and document.key == url_hash(canonical_url(item.url)):
        taken = Document.objects.filter(feed=document.feed_id, guid=item.guid).exists()
        fields |= {} if taken else {"guid": item.guid}
    retitled = bool(item.title) and document.title != item.title[:500]
    if retitled:
        fields |= {"title": item.title[:500]}
        fields |= {"check_at": now} if document.check_at else {}  # its text may have changed with it
    if fields:
        Document.objects.filter(pk=document.pk).update(**fields)
    return retitled


def _draft(url: str, item: Item) -> ArticleDraft:
    return ArticleDraft(url=url, title=item.title, author=item.author, published_at=item.published_at)


def _publisher_of(feed: Feed) -> int:
    if feed.publisher_id is None:
        raise ValueError(f"Feed {feed.pk} has no publisher.")
    return feed.publisher_id


def _add_documents(feed: Feed, fresh: dict[str, _Entry], ids: dict[str, int], now: datetime) -> tuple[int, ...]:
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


def _make_document(feed: Feed, key: str, entry: _Entry, article_id: int, now: datetime) -> Document:
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
        document.step, document.fetched_at = Document.Step.FETCHED, now
        document.body = zlib.compress(f"{item.title or item.summary[:200]}\n\n{item.summary}".encode())
        document.content_type = "text/plain; charset=utf-8"
    return document
