"""Items of a feed as rows: one story once, whatever its feed does to its title, address or id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from ingest.models import Document, Feed
from ingest.pipeline.version import BY
from ingest.types import Item, ParsedFeed
from timeline import services
from timeline.addresses import canonical_url
from timeline.services import ArticleDraft


@dataclass(frozen=True, slots=True)
class Stored:
    """What a poll added: the ids of the new documents, and how many known ones changed."""

    new: tuple[int, ...] = ()
    changed: int = 0


def store_items(feed: Feed, parsed: ParsedFeed, now: datetime) -> Stored:
    """Keep the items of a feed as articles of its publisher and as documents to read.

    An item is known by its guid in this feed, else by its canonical address in any feed.
    """
    items = {canonical_url(item.url): item for item in _with_own_guids(parsed.items) if item.url}
    known = _list_known(feed, items)
    fresh = {url: item for url, item in items.items() if url not in known}
    edited = [(known[url], item) for url, item in items.items() if url in known and _edits(feed, known[url], item)]
    for document, item in edited:
        document.title = item.title[:500]
        document.save(update_fields=["title"])
    drafts = [_draft(url, item) for url, item in fresh.items()]
    drafts += [_draft(document.url, item) for document, item in edited]
    ids = services.record_articles(drafts=drafts, publisher_id=_publisher_of(feed), by=BY)
    return Stored(new=_add_documents(feed, fresh, ids, now), changed=len(edited))


def _list_known(feed: Feed, items: dict[str, Item]) -> dict[str, Document]:
    """The documents held already, by the address of the item that names them."""
    by_url = {d.url: d for d in Document.objects.filter(url__in=list(items))}
    guids = [item.guid for item in items.values() if item.guid]
    by_guid = {d.guid: d for d in Document.objects.filter(feed=feed, guid__in=guids)}
    found = {url: by_guid.get(item.guid) or by_url.get(url) for url, item in items.items()}
    return {url: document for url, document in found.items() if document is not None}


def _edits(feed: Feed, document: Document, item: Item) -> bool:
    """Whether the feed that brought a document gives it another title now; what other feeds call it does not count."""
    return document.feed_id == feed.pk and bool(item.title) and document.title != item.title[:500]


def _draft(url: str, item: Item) -> ArticleDraft:
    return ArticleDraft(url=url, title=item.title, author=item.author, published_at=item.published_at)


def _publisher_of(feed: Feed) -> int:
    if feed.publisher_id is None:
        raise ValueError(f"Feed {feed.pk} has no publisher.")
    return feed.publisher_id


def _add_documents(feed: Feed, fresh: dict[str, Item], ids: dict[str, int], now: datetime) -> tuple[int, ...]:
    due_at = now + timedelta(seconds=settings.INGEST_REQUEUE_SECONDS)  # the poll's caller queues them at once
    Document.objects.bulk_create(
        [
            Document(
                url=url,
                feed=feed,
                guid=item.guid,
                article_id=ids[url],
                title=item.title[:500],
                author=item.author[:300],
                published_at=item.published_at,
                due_at=due_at,
            )
            for url, item in fresh.items()
        ],
        ignore_conflicts=True,  # another feed may have brought the same address just now
    )
    rows = Document.objects.filter(url__in=list(fresh), feed=feed, step=Document.Step.FOUND)
    return tuple(rows.order_by("-published_at", "pk").values_list("pk", flat=True))


def _with_own_guids(items: tuple[Item, ...]) -> list[Item]:
    """The items, last first, without the guids that a feed gives to several: those tell nothing apart."""
    count = Counter(item.guid for item in items)
    own = [item if count[item.guid] == 1 else replace(item, guid="") for item in items]
    return [replace(item, guid=item.guid[:2000]) for item in reversed(own)]
