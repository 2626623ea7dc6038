"""Filters and schedules in words."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

from digests.windows import Schedule
from timeline.errors import InvalidFilter
from timeline.filters import EventFilter, parse_filter, write_since, write_until
from timeline.queries.actors import name_actors
from timeline.queries.disputes import name_dispute

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read_query(query: str) -> EventFilter:
    """The filter of a subscription.

    Raises:
        timeline.errors.InvalidFilter: names in it are no longer known.
    """
    return parse_filter(QueryDict(query))


def read_query_or_all(query: str) -> EventFilter:
    """The same for pages and mails that only tell of it: everything, where names in it are no longer known."""
    try:
        return read_query(query)
    except InvalidFilter:
        return EventFilter()


def describe_filter(asked: EventFilter) -> str:
    """What the filter asks for, as a phrase: “everything”, or its conditions joined by semicolons."""
    names = name_actors(asked.actors)
    parts = [
        *([f"words: {asked.q}"] if asked.q else []),
        *(f"{names.get(slug, slug)} {f'as {asked.role}' if asked.role else 'takes part'}" for slug in asked.actors),
        *([f"somebody is {asked.role}"] if asked.role and not asked.actors else []),
        *([" or ".join(kind.replace("-", " ") for kind in asked.kinds)] if asked.kinds else []),
        *([" or ".join(asked.statuses)] if asked.statuses else []),
        *([f"in the dispute {name_dispute(asked.dispute) or asked.dispute}"] if asked.dispute else []),
        *([f"from {write_since(asked.since)}"] if asked.since else []),
        *([f"to {write_until(asked.until)}"] if asked.until else []),
    ]
    return "; ".join(parts) or "everything"


def describe_query(query: str) -> str:
    """The same of the query string of a subscription."""
    return describe_filter(read_query_or_all(query))


def describe_schedule(schedule: Schedule) -> str:
    """When mails come, as a phrase."""
    hour = f"at {schedule.hour}:00, {schedule.zone.replace('_', ' ')} time"
    return {
        "at-once": "at once, gathered over five minutes",
        "daily": f"daily {hour}",
        "weekly": f"every {WEEKDAYS[schedule.weekday]} {hour}",
        "monthly": f"monthly on day {schedule.day}, or the last where a month is shorter, {hour}",
    }[schedule.rhythm]


def write_filter(asked: EventFilter) -> str:
    """The filter as one types it into a search box: words, and name:value for the rest."""
    return " ".join(f"{name}:{value}" if name != "q" else value for name, value in asked.to_pairs() if name != "order")
