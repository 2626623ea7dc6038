"""Events of a filter as a calendar (RFC 5545)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from timeline.filters import parse_filter
from timeline.public import public_page
from timeline.queries import events

ENTRIES = 200
GONE = 100  # cancellations: who took an entry before has to be told that it is none


@public_page
def show_calendar(request: HttpRequest) -> HttpResponse:
    """The newest events of the filter as whole days; months and years fill theirs. Gone ones are cancelled."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//aiwatch//The record of the AI API war//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "aiwatch: the record of the AI API war")
    asked = replace(parse_filter(request.GET), order="newest")
    for event in events.list_full_events(asked, size=ENTRIES).rows:
        calendar.add_component(_make_entry(request, event, "CONFIRMED"))
    for event in events.list_gone_events(asked, size=GONE):
        calendar.add_component(_make_entry(request, event, "CANCELLED"))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _make_entry(request: HttpRequest, event: Any, status: str) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("status", status)
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", int((event.updated_at - event.created_at).total_seconds()))  # grows with every change
    entry.add("dtstart", event.on)
    entry.add("dtend", _find_end(event.on, event.precision))
    entry.add("summary", event.title)
    entry.add("description", "\n\n".join(text for text in (event.summary, event.scope) if text))
    entry.add("categories", [event.kind, event.status])
    entry.add("url", request.build_absolute_uri(event.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry


def _find_end(first: date, precision: str) -> date:
    """The day after the last day that it may have been."""
    if precision == "year":
        return date(first.year + 1, 1, 1)
    if precision == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first + timedelta(days=1)
