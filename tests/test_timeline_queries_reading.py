"""What the pipeline asks of the record: the events that an article may tell of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import cite, make_actor, make_article, make_dispute, make_event, make_quote
from timeline.queries import reading

pytestmark = pytest.mark.django_db

MAY = (date(2025, 5, 10), date(2025, 5, 20))


def test_events_of_the_days_come_by_id_with_all_that_matching_weighs() -> None:
    maker, user = make_actor("Maker"), make_actor("User")
    event = make_event(on=date(2025, 5, 10), actors=[(user, "target"), (maker, "initiator")], dispute=make_dispute())
    for number, day in enumerate((date(2025, 5, 12), None)):
        cite(event, make_article(f"Headline {number}", published_on=day))
    cite(event, make_article("Told in passing", published_on=date(2026, 2, 1)), main=False)
    make_quote(event, maker, "We are sorry")
    proposed = make_event(on=date(2025, 5, 20), state="proposed")
    make_event(on=date(2025, 5, 21))
    make_event(on=date(2025, 5, 15), state="withdrawn")
    first, second = reading.list_near_events(spans=[MAY])
    assert (first.id, first.slug, first.dispute) == (event.pk, event.slug, event.dispute.slug)
    assert first.participants == (("user", "target"), ("maker", "initiator"))
    assert (first.titles, first.article_days) == (("Headline 0", "Headline 1"), (date(2025, 5, 12),))
    assert (first.said, second.said) == (("We are sorry",), ())
    assert (second.id, second.state, second.dispute) == (proposed.pk, "proposed", None)


def test_a_date_of_month_or_year_stands_for_all_of_its_days() -> None:
    month = make_event(on=date(2025, 5, 1), precision="month")
    year = make_event(on=date(2025, 1, 1), precision="year")
    make_event(on=date(2025, 5, 1))
    make_event(on=date(2025, 6, 1), precision="month")
    assert [event.id for event in reading.list_near_events(spans=[MAY])] == [month.pk, year.pk]


def test_events_that_were_written_about_in_the_days_are_near() -> None:
    late, never = make_event(on=date(2020, 1, 1)), make_event(on=date(2020, 1, 1))
    cite(late, make_article(published_on=date(2025, 5, 20)))
    cite(never, make_article(published_on=date(2025, 5, 21)))
    assert [event.id for event in reading.list_near_events(spans=[MAY])] == [late.pk]


def test_events_with_two_of_the_actors_are_near_whatever_their_date(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (make_actor() for _ in range(3))
    both = [
        make_event(on=date(2020, 1, day), actors=[(one, "initiator"), (other, "target")])
        for day, other in ((1, two), (2, three), (3, two))
    ]
    make_event(on=date(2020, 1, 4), actors=[(one, "initiator")])
    asked = {"spans": [], "actors": [one.pk, two.pk, three.pk]}
    assert [event.id for event in reading.list_near_events(**asked)] == [event.pk for event in both]
    monkeypatch.setattr(reading, "MOST_TOGETHER", 2)
    assert [event.id for event in reading.list_near_events(**asked)] == [event.pk for event in both[1:]]


def test_spans_that_touch_are_asked_for_as_one() -> None:
    day, week = timedelta(days=1), timedelta(days=7)
    spans = [(MAY[1] + day, MAY[1] + week), MAY, (MAY[0] + day, MAY[1] - day)]
    assert reading._join_spans(spans) == [(MAY[0], MAY[1] + week)]
    apart = [MAY, (MAY[1] + 2 * day, MAY[1] + week)]
    assert reading._join_spans(apart) == apart


def test_nothing_is_near_no_day() -> None:
    make_event()
    assert reading.list_near_events(spans=[]) == []
