"""Events of a filter, and the dates that they set for later, as a calendar (RFC 5545)."""

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
    """The newest events of the filter as whole days, and the dates that they set for later; gone ones are cancelled.

    An event known by month or year only fills it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//aiwatch//The record of the AI API war//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "aiwatch: the record of the AI API war")
    asked = replace(parse_filter(request.GET), order="newest")
    gone = events.list_gone_events(asked, size=GONE)
    for status, found in (("CONFIRMED", events.list_full_events(asked, size=ENTRIES).rows), ("CANCELLED", gone)):
        for event in found:
            calendar.add_component(_make_event(request, event, status))
    for status, dates in (
        ("CONFIRMED", events.list_dates(asked, size=ENTRIES)),
        ("CANCELLED", events.list_dates_of(gone)),
    ):
        for row in dates:
            calendar.add_component(_make_date(request, row, status))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _make_event(request: HttpRequest, event: Any, status: str) -> icalendar.Event:
    entry = _make_entry(request, event, f"event-{event.pk}", status)
    entry.add("dtstart", event.on)
    entry.add("dtend", _find_end(event.on, event.precision))
    entry.add("summary", event.title)
    entry.add("description", "\n\n".join(text for text in (event.summary, event.scope) if text))
    entry.add("categories", [event.kind, event.status])
    return entry


def _make_date(request: HttpRequest, row: Any, status: str) -> icalendar.Event:
    """A date that an event sets for later."""
    entry = _make_entry(request, row.event, f"date-{row.pk}", status)
    entry.add("dtstart", row.on)
    entry.add("dtend", row.on + timedelta(days=1))
    entry.add("summary", f"{row.get_kind_display()}: {row.text}")
    entry.add("description", row.event.title)
    entry.add("categories", [row.kind, row.event.kind])
    return entry


def _make_entry(request: HttpRequest, event: Any, name: str, status: str) -> icalendar.Event:
    """What all entries have: a name for good, and how often and when they changed, which is when their event did."""
    entry = icalendar.Event()
    entry.add("uid", f"{name}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("status", status)
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", int((event.updated_at - event.created_at).total_seconds()))  # grows with every change
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
