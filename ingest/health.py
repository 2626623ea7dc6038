"""How the sources are: what each does, what is wrong with it in plain words, and what is wrong with all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Max, Min, Q

from ingest.models import Document, Feed
from ingest.schedule import LONGEST_SECONDS, POLLS_BEFORE_MOVE
from ingest.valkey import OUTAGE, is_reachable

WEEK = timedelta(days=7)
USUAL_WEEKS = 4
IMPORT = timedelta(days=1)  # what a new source brings at first is its past, not its usual
OVERDUE = timedelta(minutes=15)
LATEST_POLL = timedelta(seconds=LONGEST_SECONDS) + timedelta(hours=2)
WAITING = timedelta(hours=1)
SOFT_ERRORS = 3  # as many in a row are more than a bad moment
LEAST_USUAL = 4  # articles a week, from which on silence says something
TOO_LITTLE, TOO_MUCH, MARGIN = 0.25, 4.0, 10
LEAST_FAILED = 3


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong that is no single source's; `kind` names it, whatever its numbers."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Volume:
    """Articles found by a source: in the last week, and in a usual one (None where it is too new to know).

    `failed` of those of the last week could not be read, for reasons such as `failure`.
    """

    week: int = 0
    usual: int | None = None
    failed: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source and what is to be said of it; `problem` is "" where all is well.

    `since` tells one problem from the next of its kind: when the source was last well, or the week's first day where
    its polls go well and it is its articles that are strange.
    """

    feed: Feed
    volume: Volume
    state: State
    since: datetime
    problem: str = ""

    @property
    def every(self) -> str:
        """The interval in words."""
        return _print_span(timedelta(seconds=self.feed.interval_seconds))

    @property
    def passing(self) -> bool:
        """Whether the problem may be a bad moment only."""
        return self.state == State.WARNING and bool(self.feed.error)


def list_sources(now: datetime) -> list[SourceHealth]:
    """All sources by group and name, with their state, in two queries."""
    volumes = _list_volumes(now)
    return [judge_source(feed, volumes.get(feed.pk, Volume()), now) for feed in Feed.objects.all()]


def list_troubles(now: datetime) -> list[Trouble]:
    """What is wrong beyond single sources, in plain words."""
    troubles = [] if is_reachable() else [Trouble("valkey", OUTAGE)]
    late = Document.objects.filter(due_at__lte=now - WAITING).aggregate(number=Count("pk"), oldest=Min("due_at"))
    if late["number"]:
        waited = _print_span(now - late["oldest"])
        articles = "1 article waits" if late["number"] == 1 else f"{late['number']:,} articles wait"
        text = f"{articles} to be read, the oldest for {waited}: is a worker running?"
        troubles.append(Trouble("backlog", text))
    newest = Feed.objects.filter(next_poll_at__isnull=False).aggregate(at=Max("polled_at"), since=Min("created_at"))
    idle_since = newest["at"] or newest["since"]
    if idle_since and now - idle_since > LATEST_POLL:
        text = f"Nothing has been polled for {_print_span(now - idle_since)}: is a worker running?"
        troubles.append(Trouble("idle", text))
    return troubles


def judge_source(feed: Feed, volume: Volume, now: datetime) -> SourceHealth:
    """The state of one source. The first thing that is wrong is told; what keeps it from being polled comes first."""
    well = feed.succeeded_at or feed.created_at
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    judges = ((_judge_polls, well), (_judge_answers, well), (_judge_articles, monday), (_judge_volume, monday))
    for judge, since in judges:
        state, problem = judge(feed, volume, now)
        if problem:
            return SourceHealth(feed, volume, state, since, problem)
    return SourceHealth(feed, volume, State.FINE, well)


def _judge_polls(feed: Feed, volume: Volume, now: datetime) -> tuple[State, str]:
    if feed.next_poll_at is None:
        return State.BROKEN, "Polled no more: the server said that it is gone for good."
    lapsed = feed.claimed_until is not None and feed.claimed_until <= now
    if lapsed and feed.broken_off > 1:
        return State.BROKEN, f"The last {feed.broken_off} polls broke off before their end."
    waits = now - max(feed.next_poll_at, feed.created_at)
    if not lapsed and waits > OVERDUE:
        return State.BROKEN, f"Due for {_print_span(waits)}: is a worker running?"
    if feed.polled_at and now - feed.polled_at > LATEST_POLL and not feed.error:
        return State.BROKEN, f"Not polled for {_print_span(now - feed.polled_at)}: is a worker running?"
    return State.FINE, ""


def _judge_answers(feed: Feed, volume: Volume, now: datetime) -> tuple[State, str]:
    if not feed.error:
        return State.FINE, ""
    tries = feed.soft_errors + feed.hard_errors
    since = f", well until {_print_span(now - feed.succeeded_at)} ago" if feed.succeeded_at else ", never well yet"
    lasting = feed.hard_errors > 0 or feed.soft_errors >= SOFT_ERRORS
    often = f"{tries} times in a row" if tries > 1 else "once"
    told = f"{feed.error} ({often}{since})" if tries else feed.error
    return State.BROKEN if lasting else State.WARNING, told


def _judge_articles(feed: Feed, volume: Volume, now: datetime) -> tuple[State, str]:
    if feed.robots and "forbids" in feed.robots:
        return State.WARNING, "Its articles are not opened: robots.txt forbids it."
    if volume.failed >= LEAST_FAILED and volume.failed * 2 >= volume.week:
        return State.WARNING, f"{volume.failed} of {volume.week} articles could not be read, such as: {volume.failure}"
    if feed.moved_polls >= POLLS_BEFORE_MOVE:
        return State.WARNING, f"It has moved to {feed.moved_to}, which is another source here."
    return State.FINE, ""


def _judge_volume(feed: Feed, volume: Volume, now: datetime) -> tuple[State, str]:
    if volume.usual is None:
        return State.FINE, ""
    if volume.usual >= LEAST_USUAL and volume.week < volume.usual * TOO_LITTLE:
        return State.WARNING, f"Unusually quiet: {volume.week} articles this week, usually {volume.usual}."
    if volume.week > volume.usual * TOO_MUCH + MARGIN:
        return State.WARNING, f"Unusually much: {volume.week} articles this week, usually {volume.usual}."
    return State.FINE, ""


def _list_volumes(now: datetime) -> dict[int, Volume]:
    this_week = Q(found_at__gt=now - WEEK, found_at__lte=now)
    before = Q(found_at__lte=now - WEEK, found_at__gt=F("feed__created_at") + IMPORT)
    failed = this_week & Q(step=Document.Step.FAILED)
    rows = (
        Document.objects.filter(feed__isnull=False, found_at__gt=now - WEEK * (USUAL_WEEKS + 1))
        .values("feed", "feed__created_at")
        .annotate(
            week=Count("pk", filter=this_week & Q(found_at__gt=F("feed__created_at") + IMPORT)),
            all_week=Count("pk", filter=this_week),
            before=Count("pk", filter=before),
            failed=Count("pk", filter=failed),
            failure=Max("error", filter=failed),
        )
        .order_by()
    )
    return {row["feed"]: _make_volume(row, now) for row in rows}


def _make_volume(row: Mapping[str, Any], now: datetime) -> Volume:
    weeks = min((now - WEEK - row["feed__created_at"] - IMPORT) / WEEK, USUAL_WEEKS)
    usual = round(row["before"] / weeks) if weeks >= 1 else None
    week = row["week"] if usual is not None else row["all_week"]
    return Volume(week, usual, row["failed"], row["failure"] or "")


def _print_span(span: timedelta) -> str:
    seconds = span.total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "a moment"
