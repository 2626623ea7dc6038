"""Articles without a date. What they tell from the day of writing, such as "last month", happened on no known day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.types import EventRead, Reading

UNSURE = 0.3  # the most that such an event is sure: it waits for an editor, who knows the day or looks it up
REASON = "it bears no date, so days without a year are left open"


def leave_days_open(reading: Reading, found_on: date) -> Reading:
    """The reading of an article without a date, its events moved to the day it was found unless a year is named.

    They have no sentence for their date then, and are matched by who takes part, whatever the day.
    """
    events = tuple(event if _names_year(event) else _leave_open(event, found_on) for event in reading.events)
    return reading if events == reading.events else replace(reading, events=events, reasons=(*reading.reasons, REASON))


def _names_year(event: EventRead) -> bool:
    return event.date_evidence is not None and str(event.on.year) in event.date_evidence.sentence


def _leave_open(event: EventRead, found_on: date) -> EventRead:
    confidence = min(event.confidence, UNSURE)
    return replace(event, on=found_on, precision="day", confidence=confidence, date_evidence=None)
