"""When a feed is polled next and an article checked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import errors
from ingest.schedule import (
    CHECK_FOR,
    GONE,
    HARD_ERROR,
    LONGEST_SECONDS,
    NEW,
    SHORTEST_SECONDS,
    SOFT_ERROR,
    UNCHANGED,
    PollOutcome,
    PollState,
    classify_error,
    classify_status,
    next_check,
    next_poll,
    read_max_age,
    read_retry_after,
)

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
KINDS = [NEW, UNCHANGED, SOFT_ERROR, HARD_ERROR]


def run(*kinds: str, **wishes: object) -> PollState:
    """The state of a new feed after polls of these kinds."""
    state = PollState()
    for kind in kinds:
        state = next_poll(state, PollOutcome(kind, **wishes), NOW, 0.0)  # type: ignore[arg-type]
    return state


def wait(state: PollState) -> float:
    assert state.next_poll_at is not None
    return (state.next_poll_at - NOW).total_seconds()


def test_a_feed_with_news_is_polled_sooner_and_a_silent_one_later() -> None:
    assert wait(run(NEW)) < PollState().interval_seconds < wait(run(UNCHANGED))


def test_interval_stays_between_five_minutes_and_a_day() -> None:
    assert run(*[NEW] * 50).interval_seconds == SHORTEST_SECONDS
    assert run(*[UNCHANGED] * 50).interval_seconds == LONGEST_SECONDS


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=60), st.floats(0, 1))
def test_no_history_ends_polling_or_leaves_the_bounds(kinds: list[str], jitter: float) -> None:
    state = PollState()
    for kind in kinds:
        state = next_poll(state, PollOutcome(kind), NOW, jitter)
        assert SHORTEST_SECONDS <= wait(state) <= LONGEST_SECONDS
        assert not state.stopped


def test_soft_errors_weigh_less_than_hard_ones() -> None:
    assert wait(run(SOFT_ERROR)) < wait(run(HARD_ERROR))
    assert wait(run(*[HARD_ERROR] * 9)) == wait(run(*[HARD_ERROR] * 99))


def test_success_forgets_errors() -> None:
    state = run(HARD_ERROR, SOFT_ERROR, UNCHANGED)
    assert (state.hard_errors, state.soft_errors) == (0, 0)


def test_gone_stops() -> None:
    state = run(NEW, GONE)
    assert state.stopped
    assert state.next_poll_at is None


@pytest.mark.parametrize(
    "wishes",
    [{"retry_after_seconds": 9000.0}, {"max_age_seconds": 9000.0}, {"ttl_minutes": 150}],
    ids=lambda w: next(iter(w)),
)
def test_the_publishers_wishes_are_kept(wishes: dict[str, float]) -> None:
    assert wait(run(NEW, **wishes)) >= 9000


def test_hours_to_skip_are_skipped() -> None:
    state = run(NEW, skip_hours=frozenset({13, 14}))
    assert state.next_poll_at == NOW.replace(hour=15, minute=0)
    assert wait(run(NEW, skip_hours=frozenset(range(24)))) == wait(run(NEW))


def test_jitter_spreads_polls_and_never_makes_them_early() -> None:
    early, late = (next_poll(PollState(), PollOutcome(UNCHANGED), NOW, jitter) for jitter in (0.0, 1.0))
    assert wait(early) == early.interval_seconds < wait(late)


def test_a_permanent_redirect_moves_the_feed_on_the_third_poll() -> None:
    there = {"permanent_url": "https://new.example/feed"}
    assert not run(NEW, UNCHANGED, **there).should_move
    assert run(NEW, UNCHANGED, NEW, **there).should_move
    assert run(NEW, NEW, SOFT_ERROR, NEW, **there).should_move


def test_a_redirect_that_changes_its_mind_starts_over() -> None:
    state = run(NEW, NEW, permanent_url="https://a.example/")
    state = next_poll(state, PollOutcome(NEW, permanent_url="https://b.example/"), NOW, 0.0)
    assert (state.moved_to, state.moved_polls) == ("https://b.example/", 1)
    assert next_poll(state, PollOutcome(NEW), NOW, 0.0).moved_to == ""


def test_articles_are_checked_with_growing_gaps_for_two_weeks() -> None:
    at, gaps = NOW, []
    while (following := next_check(NOW, at, 0.0)) is not None:
        gaps.append(following - at)
        at = following
    assert gaps[0] == timedelta(hours=1)
    assert gaps[:-1] == sorted(gaps[:-1])
    assert at - NOW == CHECK_FOR


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, ""), (206, ""), (304, UNCHANGED), (410, GONE), (404, HARD_ERROR), (403, HARD_ERROR), (302, HARD_ERROR)]
    + [(status, SOFT_ERROR) for status in (408, 425, 429, 500, 503, 520)],
)
def test_statuses(status: int, kind: str) -> None:
    assert classify_status(status) == kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [(errors.TimedOut, SOFT_ERROR), (errors.FetchError, SOFT_ERROR), (errors.Unresolved, HARD_ERROR)]
    + [
        (error, HARD_ERROR)
        for error in (errors.RefusedAddress, errors.TooLarge, errors.BadCertificate, errors.ParseError)
    ],
)
def test_errors(error: type[errors.IngestError], kind: str) -> None:
    assert classify_error(error("x")) == kind


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Sun, 01 Mar 2026 12:31:00 GMT", 60), ("Sat, 28 Feb 2026 00:00:00 GMT", 0)]
    + [(odd, 0) for odd in ("", "soon", "-5", "9" * 40, "٣")],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert read_retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": 'MAX-AGE="60"'}, 60),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=x"}, 0),
        ({"expires": "Sun, 01 Mar 2026 13:00:00 GMT", "date": "Sun, 01 Mar 2026 12:00:00 GMT"}, 3600),
        ({"expires": "0"}, 0),
        ({}, 0),
    ],
)
def test_max_age(headers: dict[str, str], seconds: float) -> None:
    assert read_max_age(headers, NOW) == seconds
