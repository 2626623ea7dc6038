"""What a window tells: the news since the last one, each once, and what was put right of what was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from digests.forecast import make_forecast
from digests.models import Delivery, Subscription
from digests.services import opening
from digests.windows import Schedule
from tests.factories import make_actor
from tests.mails import START, correct, publish, subscribe
from timeline.filters import EventFilter
from timeline.models import Change, Event

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EIGHT = START + 2 * HOUR


def open_due(now: datetime) -> int:
    """Open the windows that have come, and have their mails taken at once."""
    opened = opening.open_due(now)
    Delivery.objects.filter(state="pending").update(state="sent", sent_at=now, due_at=None)
    return opened


def list_told(subscription: Subscription) -> list[tuple[datetime, list[int], list[int]]]:
    rows = subscription.deliveries.order_by("window_at")
    return list(rows.values_list("window_at", "event_ids", "change_ids"))


def test_a_window_tells_what_became_public_since_the_last() -> None:
    row = subscribe()
    publish("Before the subscription", START - HOUR)
    first, second = publish("First", START + HOUR), publish("Second", EIGHT + HOUR)
    open_due(EIGHT)
    open_due(EIGHT + DAY)
    assert list_told(row) == [(EIGHT, [first.pk], []), (EIGHT + DAY, [second.pk], [])]


def test_opening_twice_opens_once() -> None:
    row = subscribe()
    publish("News", START + HOUR)
    assert [open_due(EIGHT), open_due(EIGHT), open_due(EIGHT + HOUR)] == [1, 0, 0]
    assert len(list_told(row)) == 1


def test_the_database_refuses_a_second_mail_for_a_window() -> None:
    row = subscribe()
    publish("News", START + HOUR)
    open_due(EIGHT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            subscription=row, window_at=EIGHT, event_ids=[1], due_at=EIGHT, created_at=EIGHT
        )  # fmt: skip


def test_what_happens_after_the_window_waits_for_the_next() -> None:
    row = subscribe()
    early, late = publish("Early", EIGHT), publish("Late", EIGHT + timedelta(microseconds=1))
    open_due(EIGHT + HOUR)  # an hour late
    open_due(EIGHT + DAY)
    assert [told[1] for told in list_told(row)] == [[early.pk], [late.pk]]


def test_what_was_written_late_goes_to_the_next_window() -> None:
    row = subscribe()
    seen = publish("Seen", START + HOUR)
    open_due(EIGHT)
    slow = publish("Committed late", START + HOUR)  # bears a time before the window, and was not there when it opened
    open_due(EIGHT + DAY)
    assert [told[1] for told in list_told(row)] == [[seen.pk], [slow.pk]]


def test_after_days_without_power_there_is_one_mail() -> None:
    row = subscribe()
    events = [publish(f"Day {day}", START + day * DAY + HOUR) for day in range(5)]
    open_due(EIGHT + 5 * DAY - HOUR)
    assert list_told(row) == [(EIGHT + 4 * DAY, [event.pk for event in events], [])]


def test_no_news_no_mail_and_the_window_is_past() -> None:
    row = subscribe()
    assert open_due(EIGHT) == 0
    row.refresh_from_db()
    assert (row.told_at, row.next_at) == (EIGHT, EIGHT + DAY)


def test_a_proposal_is_news_when_it_is_published() -> None:
    row = subscribe()
    event = publish("Proposed", START - DAY, state="proposed")
    open_due(EIGHT)
    Event.objects.filter(pk=event.pk).update(state="published")
    change = Change.objects.create(noun="event", row_id=event.pk, slug=event.slug, action="publish", by="editor")
    Change.objects.filter(pk=change.pk).update(at=EIGHT + HOUR)
    open_due(EIGHT + DAY)
    assert list_told(row) == [(EIGHT + DAY, [event.pk], [])]


def test_each_reader_gets_what_the_filter_asks_for() -> None:
    actor = make_actor("OpenAI")
    all_, some = subscribe(), subscribe("b@example.org", asked=EventFilter(actors=("openai",)))
    theirs = publish("Theirs", START + HOUR, actors=[(actor, "target")])
    other = publish("Other", START + HOUR)
    open_due(EIGHT)
    assert [told[1] for told in list_told(all_)] == [[theirs.pk, other.pk]]
    assert [told[1] for told in list_told(some)] == [[theirs.pk]]


def test_corrections_of_what_a_reader_was_told() -> None:
    told, untold = subscribe(), subscribe("b@example.org", asked=EventFilter(kinds=("deal",)))
    event = publish("Anthropic revokes", START + HOUR, kind="revocation", status="reported")
    open_due(EIGHT)
    change = correct(event, EIGHT + HOUR, status="confirmed")
    correct(event, EIGHT + HOUR, summary="Polished words are no correction.")
    for days in (1, 2):
        open_due(EIGHT + days * DAY)
    assert list_told(told)[1:] == [(EIGHT + DAY, [], [change.pk])]
    assert list_told(untold) == []


def test_a_correction_before_the_event_was_told_is_none() -> None:
    row = subscribe()
    event = publish("News", START + HOUR, status="alleged")
    correct(event, START + HOUR + timedelta(minutes=5), status="confirmed")
    for days in (0, 1):
        open_due(EIGHT + days * DAY)
    assert list_told(row) == [(EIGHT, [event.pk], [])]


def test_months_later_a_withdrawal_is_told() -> None:
    row = subscribe()
    event = publish("News", START + HOUR)
    open_due(EIGHT)
    change = correct(event, START + 80 * DAY, action="withdraw", state="withdrawn", reason="It was satire.")
    open_due(START + 81 * DAY)
    assert list_told(row)[1][2] == [change.pk]


def test_a_filter_that_means_nothing_any_more_pauses_and_says_so() -> None:
    row, other = subscribe(), subscribe("b@example.org")
    Subscription.objects.filter(pk=row.pk).update(query="kind=boycott")
    publish("News", START + HOUR)
    open_due(EIGHT)
    row.refresh_from_db()
    assert (row.state, row.next_at) == ("paused", None)
    assert "boycott" in row.trouble
    assert len(list_told(other)) == 1


def test_many_readers_cost_few_queries() -> None:
    for number in range(40):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    with CaptureQueriesContext(connection) as queries:
        assert opening.open_batch(EIGHT) == (40, 40)
    assert len(queries) < 12


def list_sweeps(row: Subscription, start: datetime, end: datetime) -> Iterator[datetime]:
    """When a sweep meets the subscription: four minutes into its windows; "at once" only where there is news."""
    times = Change.objects.values_list("at", flat=True), Event.objects.values_list("created_at", flat=True)
    news = sorted({*times[0], *times[1]})
    while True:
        row.refresh_from_db()
        assert row.next_at is not None
        coming = row.next_at
        if row.rhythm == "at-once":
            coming = max(coming, min((at for at in news if at > row.told_at), default=end))  # type: ignore[operator,type-var]
        if coming + timedelta(minutes=5) > end:
            return
        yield coming + timedelta(minutes=4)


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule("at-once"),
        Schedule("daily", "America/New_York", 2),
        Schedule("weekly", "Asia/Kathmandu", 7, weekday=2),
        Schedule("monthly", "Europe/Berlin", 2, day=31),
    ],
    ids=lambda schedule: schedule.rhythm,
)
def test_the_forecast_is_what_was_sent_over_eight_weeks(schedule: Schedule) -> None:
    start, weeks = datetime(2026, 2, 20, 6, 17, tzinfo=UTC), 8  # over the changes of the clock in New York and Berlin
    asked = EventFilter(kinds=("deal", "lawsuit"))
    row = subscribe(schedule=schedule, now=start, asked=asked)
    events = [
        publish(f"Event {n}", start + n * timedelta(hours=17, minutes=3), kind=("lawsuit", "deal", "ruling")[n % 3])
        for n in range(75)
    ]
    for number, event in enumerate(events[::4]):
        correct(event, start + number * timedelta(hours=61) + 9 * DAY, status="reported")
    end = start + timedelta(weeks=weeks)
    for now in list_sweeps(row, start, end):
        open_due(now)
    forecast = make_forecast(asked, schedule, end, weeks=weeks)
    sent = list_told(row)
    assert [(window, list(c.event_ids), list(c.change_ids)) for window, c in forecast.mails] == sent
    assert forecast.events == sum(len(told[1]) for told in sent) > 1
