"""What stands in each feed: the newest of a filter's events, its quotes, and what was put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.urls import reverse

from timeline.feeds.values import Entry, Feed, make_tag
from timeline.filters import EventFilter
from timeline.queries import actors, disputes, events, news, quotes
from timeline.queries.contents import read_contents
from timeline.queries.stamps import make_each
from timeline.shelf import Shelf
from timeline.templatetags.links import address_of

ENTRIES = 50
TITLE = "aiwatch: the record of the AI API war"
_LONGEST_TITLE = 120
_COLUMNS = ("slug", "title", "summary", "kind", "status", "updated_at")
_WRITTEN = Shelf[str](share=0.25)
_ACTIONS = {"correct": "Corrected", "merge": "Merged", "publish": "Public again", "withdraw": "Withdrawn"}


def make_event_feed(request: HttpRequest, asked: EventFilter) -> Feed:
    """Events, beginning with what is new: orders other than updated give way to newest."""
    asked = asked if asked.order == "updated" else replace(asked, order="newest")
    heads = events.list_heads(asked, *_COLUMNS, size=ENTRIES).rows
    base = _find_base(request)
    found = make_each([head.pk for head in heads], _WRITTEN, base, partial(_write_contents, base))
    entries = [_make_event_entry(base, head, found[head.pk]) for head in heads if head.pk in found]
    return _make_feed(request, "events", TITLE, asked, entries)


def make_quote_feed(request: HttpRequest, asked: EventFilter) -> Feed:
    """Quotes, the newest event first; `q` means their own words, `actor` who spoke or was spoken for."""
    found = quotes.list_filtered_quotes(asked, size=ENTRIES)
    title = "aiwatch: what they say"
    return _make_feed(request, "quotes", title, asked, [_make_quote_entry(request, quote) for quote in found])


def make_correction_feed(request: HttpRequest, asked: EventFilter) -> Feed:
    """What was put right, merged or withdrawn of what readers were told, the latest first."""
    found = news.list_latest_corrections(asked, size=ENTRIES)
    named = news.name_events({row.event_id for row in found})
    entries = [_make_correction_entry(request, row, *named[row.event_id]) for row in found if row.event_id in named]
    return _make_feed(request, "corrections", "aiwatch: corrections", asked, entries)


def _make_feed(request: HttpRequest, noun: str, title: str, asked: EventFilter, entries: list[Entry]) -> Feed:
    narrowed = _name_filter(asked)
    home = reverse("timeline", query=asked.to_pairs() or None) if noun == "events" else reverse(noun)
    return Feed(
        id=make_tag(f"{noun}?{asked.to_query_string()}"),
        title=f"{title} ({narrowed})" if narrowed else title,
        home=request.build_absolute_uri(home),
        url=request.build_absolute_uri(),
        entries=entries,
    )


def _name_filter(asked: EventFilter) -> str:
    """The filter in words: names of actors and of the dispute, other values as they are."""
    names = actors.name_actors(asked.actors)
    dispute = disputes.name_dispute(asked.dispute) if asked.dispute else ""
    values = [
        names.get(value, value) if name == "actor" else dispute or value if name == "dispute" else value
        for name, value in asked.to_pairs()
        if name != "order"
    ]
    return ", ".join(values)


def _write_contents(base: str, ids: list[int]) -> Iterator[tuple[int, str]]:
    for event in read_contents(ids):
        yield event.pk, _render(base, "feed_entry", event=event)


def _make_event_entry(base: str, event: Any, html: str) -> Entry:
    return Entry(
        id=make_tag(f"event/{event.pk}"),
        url=f"{base}{address_of(event.slug, 'event')}",
        title=event.title,
        summary=event.summary or event.title,
        html=html,
        published_at=_find_start(event.on),
        updated_at=event.updated_at,
        tags=(event.kind, event.status),
    )


def _make_quote_entry(request: HttpRequest, quote: Any) -> Entry:
    text = f"{quote.speaker.name}: “{quote.text}”"
    return Entry(
        id=make_tag(f"quote/{quote.pk}"),
        url=request.build_absolute_uri(quote.event.get_absolute_url()),
        title=text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE].rstrip()}…",
        summary=text,
        html=_render(_find_base(request), "feed_quote", quote=quote),
        published_at=_find_start(quote.event.on),
        updated_at=quote.event.updated_at,
        tags=(quote.event.kind,),
    )


def _make_correction_entry(request: HttpRequest, row: news.Correction, title: str, path: str) -> Entry:
    told = f"{_ACTIONS[row.action]}: {title}"
    return Entry(
        id=make_tag(f"change/{row.change_id}"),
        url=request.build_absolute_uri(path or f"{reverse('corrections')}#change-{row.change_id}"),
        title=told,
        summary=row.reason or told,
        html=_render(_find_base(request), "feed_correction", row=row, title=title, path=path),
        published_at=row.at,
        updated_at=row.at,
        tags=(row.action,),
    )


def _render(base: str, name: str, **context: Any) -> str:
    return str(engines["compiled"].get_template(f"timeline/{name}.jinja").render({"base": base, **context})).strip()


def _find_base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _find_start(day: date) -> datetime:
    """The start of the day: no hour is known of it."""
    return datetime.combine(day, time(), UTC)
