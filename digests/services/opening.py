"""Opening windows that have come: what each reader is to be told becomes a Delivery, in one transaction."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from digests.choosing import LOOK_BACK, Choice, Told, choose
from digests.models import Delivery, Subscription
from digests.windows import find_window, next_window
from digests.wording import read_query
from timeline.errors import InvalidFilter
from timeline.queries.news import News, list_corrections, list_news

logger = logging.getLogger(__name__)

BATCH = 500  # subscriptions in one transaction


def open_due(now: datetime) -> int:
    """Open every window that has come, a batch at a time. Returns how many mails wait for it."""
    opened = 0
    while True:
        found, made = open_batch(now)
        opened += made
        if found < BATCH:
            return opened


@transaction.atomic
def open_batch(now: datetime, limit: int = BATCH) -> tuple[int, int]:
    """Open the windows of some subscriptions that are due. Rows that another worker holds are left to it.

    A killed worker leaves nothing half done: the rows of its batch are due as before.

    Returns:
        How many subscriptions were due, and how many of them have something to be told.
    """
    rows = list(Subscription.objects.due(now).select_for_update(skip_locked=True)[:limit])
    if not rows:
        return 0, 0
    windows = {row.pk: find_window(row.schedule, now) for row in rows}
    record = _Record(rows, windows)
    deliveries = []
    moves: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    for row in rows:
        window = windows[row.pk]
        try:
            choice = record.choose_for(row, window)
        except InvalidFilter as error:
            _set_aside(row, error)
            continue
        if choice:
            deliveries.append(_make_delivery(row, window, choice, now))
        moves[window, next_window(row.schedule, now)].append(row.pk)
    Delivery.objects.bulk_create(deliveries)
    for (window, following), ids in moves.items():
        Subscription.objects.filter(pk__in=ids).update(told_at=window, next_at=following)
    return len(rows), len(deliveries)


def _set_aside(row: Subscription, error: InvalidFilter) -> None:
    """Pause a subscription whose filter means nothing any more; its reader sees why on the page to manage it."""
    logger.error("subscription %d is paused: %s", row.pk, error)
    trouble = f"The filter is not understood any more: {error}"[:500]
    Subscription.objects.filter(pk=row.pk).update(state=Subscription.State.PAUSED, next_at=None, trouble=trouble)


def _make_delivery(row: Subscription, window: datetime, choice: Choice, now: datetime) -> Delivery:
    return Delivery(
        subscription=row,
        window_at=window,
        event_ids=list(choice.event_ids),
        change_ids=list(choice.change_ids),
        due_at=now,
        created_at=now,
    )


class _Record:
    """What became public and was corrected in the time of a batch, and what its readers were told, in few queries."""

    def __init__(self, rows: list[Subscription], windows: dict[int, datetime]) -> None:
        self._since = min(_find_since(row) for row in rows)
        self._until = max(windows.values())
        self._corrections = list_corrections(since=self._since, until=self._until)
        self._told = _list_told(rows, self._since, {row.event_id for row in self._corrections})
        self._news: dict[str, list[News]] = {}

    def choose_for(self, row: Subscription, window: datetime) -> Choice:
        """What the window tells its reader."""
        if row.query not in self._news:
            self._news[row.query] = list_news(read_query(row.query), since=self._since, until=self._until)
        told = self._told[row.pk]
        return choose(self._news[row.query], self._corrections, told, since=_find_since(row), until=window)


def _find_since(row: Subscription) -> datetime:
    if row.told_at is None or row.from_at is None:  # the database refuses an active row without them
        raise ValueError(f"subscription {row.pk} is due and was never confirmed")
    return max(row.told_at - LOOK_BACK, row.from_at)


def _list_told(rows: Iterable[Subscription], since: datetime, corrected: set[int]) -> defaultdict[int, Told]:
    """What the readers were told since `since`, and whether they were told of corrected events before."""
    past = Delivery.objects.filter(subscription__in=[row.pk for row in rows])
    wanted = Q(window_at__gt=since)
    if corrected:
        wanted |= Q(event_ids__overlap=sorted(corrected))
    events: dict[int, dict[int, datetime]] = defaultdict(dict)
    changes: dict[int, set[int]] = defaultdict(set)
    columns = (
        past.filter(wanted).order_by("window_at").values_list("subscription", "window_at", "event_ids", "change_ids")
    )
    for pk, window, event_ids, change_ids in columns:
        for event_id in event_ids:
            events[pk].setdefault(event_id, window)
        changes[pk].update(change_ids)
    return defaultdict(Told, {pk: Told(told, frozenset(changes[pk])) for pk, told in events.items()})
