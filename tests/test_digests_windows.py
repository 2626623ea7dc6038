"""Windows over three years in twelve time zones, through every change of the clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from digests.windows import BATCH, Schedule, find_window, next_window

ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",  # the clock jumps over midnight
    "Africa/Cairo",  # same
    "Asia/Beirut",  # same
    "Asia/Kathmandu",  # a quarter of an hour
    "Australia/Lord_Howe",  # the clock jumps by half an hour
    "Pacific/Chatham",
    "Pacific/Kiritimati",  # fourteen hours ahead
)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
HOURS = (0, 2, 3, 23)


def list_windows(schedule: Schedule) -> list[datetime]:
    """The windows of three local years, one from the other, as beat would meet them."""
    zone = ZoneInfo(schedule.zone)
    moment = datetime(FIRST.year, 1, 1, tzinfo=zone).astimezone(UTC) - timedelta(microseconds=1)
    end = datetime(LAST.year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    windows = []
    while (moment := next_window(schedule, moment)) < end:
        windows.append(moment)
    return windows


def exists(day: date, hour: int, zone: ZoneInfo) -> bool:
    local = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


def check_hours(windows: list[datetime], schedule: Schedule, days: list[date]) -> None:
    """One window a day, at the hour; where the clock jumps over it, later by the jump."""
    zone = ZoneInfo(schedule.zone)
    assert len(windows) == len(days)
    for window, day in zip(windows, days, strict=True):
        local = window.astimezone(zone)
        assert local.date() == day
        if exists(day, schedule.hour, zone):
            assert (local.hour, local.minute, local.fold) == (schedule.hour, 0, 0)
        else:
            jump = offset_at_noon(day, zone) - offset_at_noon(day - timedelta(days=1), zone)
            assert jump > timedelta()
            assert local.replace(tzinfo=UTC) == datetime.combine(day, time(schedule.hour), UTC) + jump


def offset_at_noon(day: date, zone: ZoneInfo) -> timedelta:
    return datetime.combine(day, time(12), zone).utcoffset() or timedelta()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", HOURS)
def test_daily(zone: str, hour: int) -> None:
    schedule = Schedule("daily", zone, hour)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    check_hours(list_windows(schedule), schedule, days)


@pytest.mark.parametrize("zone", ZONES)
def test_weekly(zone: str) -> None:
    for weekday in (0, 6):
        schedule = Schedule("weekly", zone, 2, weekday=weekday)
        days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
        check_hours(list_windows(schedule), schedule, [day for day in days if day.weekday() == weekday])


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [1, 29, 30, 31])
def test_monthly_on_the_day_or_the_last_one(zone: str, day: int) -> None:
    schedule = Schedule("monthly", zone, 2, day=day)
    months = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)]
    days = [date(year, month, min(day, monthrange(year, month)[1])) for year, month in months]
    check_hours(list_windows(schedule), schedule, days)


@pytest.mark.parametrize("rhythm", ["at-once", "daily", "weekly", "monthly"])
@pytest.mark.parametrize("zone", ZONES)
def test_at_any_moment_one_window_has_come_and_the_next_has_not(rhythm: str, zone: str) -> None:
    schedule = Schedule(rhythm, zone, 2, weekday=6, day=31)
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    while moment < datetime(2027, 1, 1, tzinfo=UTC):
        window, following = find_window(schedule, moment), next_window(schedule, moment)
        assert window <= moment < following
        assert find_window(schedule, following) == following
        assert next_window(schedule, window) == following
        moment += timedelta(hours=31, minutes=7)


def test_of_windows_missed_in_a_day_without_power_the_last_is_due() -> None:
    noon = datetime(2025, 3, 30, 12, 1, tzinfo=UTC)
    assert find_window(Schedule("at-once"), noon) == noon.replace(minute=0)
    assert find_window(Schedule("daily", hour=8), noon + timedelta(days=5)) == datetime(2025, 4, 4, 8, tzinfo=UTC)


def test_alerts_are_gathered_over_five_minutes() -> None:
    moment = datetime(2025, 8, 1, 10, 2, 3, 4, tzinfo=UTC)
    assert next_window(Schedule("at-once", "Asia/Kathmandu"), moment) == datetime(2025, 8, 1, 10, 5, tzinfo=UTC)
    assert timedelta(minutes=5) == BATCH


def test_the_hour_that_comes_twice_is_met_once() -> None:
    schedule = Schedule("daily", "America/New_York", 1)
    first = next_window(schedule, datetime(2025, 11, 2, 0, tzinfo=UTC))
    assert first == datetime(2025, 11, 2, 5, tzinfo=UTC)  # 01:00 EDT; 01:00 EST comes an hour later
    assert next_window(schedule, first) == datetime(2025, 11, 3, 6, tzinfo=UTC)


def test_the_hour_that_is_jumped_over_is_met_later_by_the_jump() -> None:
    schedule = Schedule("daily", "America/New_York", 2)
    assert next_window(schedule, datetime(2025, 3, 9, 0, tzinfo=UTC)) == datetime(
        2025, 3, 9, 7, tzinfo=UTC
    )  # 03:00 EDT
