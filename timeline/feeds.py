"""Feeds of any filter: Atom, RSS and JSON Feed 1.1, with the same entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from timeline.filters import EventFilter, parse_filter
from timeline.public import public_page
from timeline.queries import events

ENTRIES = 50
TITLE = "aiwatch: the record of the AI API war"


@public_page
def show_atom(request: HttpRequest) -> HttpResponse:
    """The filter's events as Atom 1.0 (RFC 4287)."""
    return _answer(request, Atom1Feed)


@public_page
def show_rss(request: HttpRequest) -> HttpResponse:
    """The filter's events as RSS 2.0."""
    return _answer(request, Rss201rev2Feed)


@public_page
def show_json(request: HttpRequest) -> HttpResponse:
    """The filter's events as JSON Feed 1.1."""
    asked = read_followed(request.GET)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(asked),
        "home_page_url": _home(request, asked),
        "feed_url": request.build_absolute_uri(),
        "language": "en",
        "items": [_item(request, event) for event in _list(asked)],
    }
    return JsonResponse(body, content_type="application/feed+json")


def read_followed(query: QueryDict) -> EventFilter:
    """The filter of a feed, which begins with what is new: other orders than updated give way to newest.

    Raises:
        InvalidFilter: the query string means nothing.
    """
    asked = parse_filter(query)
    return asked if asked.order == "updated" else replace(asked, order="newest")


def _answer(request: HttpRequest, form: type[Atom1Feed | Rss201rev2Feed]) -> HttpResponse:
    asked = read_followed(request.GET)
    feed = form(
        title=_title(asked),
        link=_home(request, asked),
        description="Who cut off whom from which AI model or API, when, why, and who says so.",
        language="en",
        feed_url=request.build_absolute_uri(),
        feed_guid=_tag(f"events?{asked.to_query_string()}"),
    )
    for event in _list(asked):
        feed.add_item(
            title=event.title,
            link=request.build_absolute_uri(event.get_absolute_url()),
            description=_write_entry(request, event),
            unique_id=_tag(f"event/{event.pk}"),
            unique_id_is_permalink=False,
            pubdate=_moment(event),
            updateddate=event.updated_at,
            categories=[event.kind, event.status],
            author_name="aiwatch",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=form.content_type)


def _item(request: HttpRequest, event: Any) -> dict[str, Any]:
    return {
        "id": _tag(f"event/{event.pk}"),
        "url": request.build_absolute_uri(event.get_absolute_url()),
        "title": event.title,
        "summary": event.summary or event.title,
        "content_html": _write_entry(request, event),
        "date_published": _moment(event).isoformat(),
        "date_modified": event.updated_at.isoformat(),
        "tags": [event.kind, event.status],
    }


def _list(asked: EventFilter) -> list[Any]:
    return list(events.list_full_events(asked, size=ENTRIES).rows)


def _title(asked: EventFilter) -> str:
    narrowed = ", ".join(value for name, value in asked.to_pairs() if name != "order")
    return f"{TITLE} ({narrowed})" if narrowed else TITLE


def _home(request: HttpRequest, asked: EventFilter) -> str:
    return request.build_absolute_uri(reverse("timeline", query=asked.to_pairs() or None))


def _write_entry(request: HttpRequest, event: Any) -> str:
    base = request.build_absolute_uri("/").rstrip("/")
    return render_to_string("timeline/feed_entry.html", {"event": event, "base": base})


def _moment(event: Any) -> datetime:
    """The start of the event's day: no hour is known of it."""
    return datetime.combine(event.on, time(), UTC)


def _tag(name: str) -> str:
    """A name for good (RFC 4151), whatever becomes of the address."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"
