"""Writing a feed as Atom 1.0 (RFC 4287), RSS 2.0 or JSON Feed 1.1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape

from timeline.feeds.values import Entry, Feed

AUTHOR = "aiwatch"
DESCRIPTION = "Who cut off whom from which AI model or API, when, why, and who says so."
_EMPTY_AT = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed never changed


class _Atom(Atom1Feed):
    """Django's, with the whole content as content and the feed's own author."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.startElement("author", {})
        handler.addQuickElement("name", AUTHOR)
        handler.endElement("author")
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _EMPTY_AT


class _Rss(Rss201rev2Feed):
    """Django's, with a steady date where there is nothing."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": item["html"], "author_name": None})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else _EMPTY_AT


def write_atom(feed: Feed) -> HttpResponse:
    """The feed as Atom."""
    return _write(feed, _Atom)


def write_rss(feed: Feed) -> HttpResponse:
    """The feed as RSS."""
    return _write(feed, _Rss)


def write_json(feed: Feed) -> HttpResponse:
    """The feed as JSON Feed."""
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": DESCRIPTION,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": "en",
        "authors": [{"name": AUTHOR}],
        **({"hubs": [{"type": "WebSub", "url": settings.WEBSUB_HUB}]} if settings.WEBSUB_HUB else {}),
        "items": [_write_item(entry) for entry in feed.entries],
    }
    return JsonResponse(body, content_type="application/feed+json")


def _write(feed: Feed, form: type[_Atom | _Rss]) -> HttpResponse:
    written = form(
        title=feed.title, link=feed.home, description=DESCRIPTION, language="en", feed_url=feed.url, feed_guid=feed.id
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=escape(entry.summary),  # a summary is read as HTML
            html=entry.html,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.tags,
            author_name=AUTHOR,
        )
    return HttpResponse(written.writeString("utf-8"), content_type=form.content_type)


def _write_item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.updated_at.isoformat(),
        "tags": list(entry.tags),
    }
