"""What came of polls, as rows: a Fetch each, and the next state of each feed, both or neither."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from ingest.models import Feed
from ingest.pipeline.items import Stored
from ingest.schedule import NEW, PollOutcome, PollState, next_poll

_STATE_FIELDS = ("interval_seconds", "next_poll_at", "soft_errors", "hard_errors", "moved_to", "moved_polls")

# All polls of a round at once, without those whose feed somebody else has taken over. The commit does not wait for the
# disk: what PostgreSQL loses if it ends within the next half second it loses from its end on, and whole. The feed is
# then polled again as if it had not been; so it is no loss, and the disk is what a poll would else wait for most.
_KEEP = """
WITH row AS (
    SELECT * FROM unnest(
        %(feed)s::bigint[], %(held_until)s::timestamptz[], %(url)s::text[], %(interval_seconds)s::float8[],
        %(next_poll_at)s::timestamptz[], %(soft_errors)s::int[], %(hard_errors)s::int[], %(moved_to)s::text[],
        %(moved_polls)s::int[], %(etag)s::text[], %(last_modified)s::text[], %(body_hash)s::text[],
        %(at)s::timestamptz[], %(news)s::bool[], %(error)s::text[], %(status)s::int[], %(size)s::int[],
        %(seconds)s::float8[], %(items)s::int[], %(items_new)s::int[], %(items_changed)s::int[]
    ) AS row (
        feed, held_until, url, interval_seconds,
        next_poll_at, soft_errors, hard_errors, moved_to,
        moved_polls, etag, last_modified, body_hash,
        at, news, error, status, size,
        seconds, items, items_new, items_changed
    )
), kept AS (
    UPDATE ingest_feed AS f SET
        claimed_until = NULL, broken_off = 0, url = row.url, interval_seconds = row.interval_seconds,
        next_poll_at = row.next_poll_at, soft_errors = row.soft_errors, hard_errors = row.hard_errors,
        moved_to = row.moved_to, moved_polls = row.moved_polls, etag = row.etag, last_modified = row.last_modified,
        body_hash = row.body_hash, polled_at = row.at, error = row.error,
        succeeded_at = CASE WHEN row.error = '' THEN row.at ELSE f.succeeded_at END,
        changed_at = CASE WHEN row.news THEN row.at ELSE f.changed_at END
    FROM row WHERE f.id = row.feed AND f.claimed_until = row.held_until
    RETURNING f.id
)
INSERT INTO ingest_fetch (feed_id, at, status, size, seconds, items, items_new, items_changed, error)
SELECT feed, at, status, size, seconds, items, items_new, items_changed, error FROM row JOIN kept ON kept.id = row.feed
RETURNING feed_id, set_config('synchronous_commit', 'off', true)
"""


@dataclass(slots=True)
class Poll:
    """What came of a poll at `at` of a feed that we hold; its new validators are set on the feed already.

    `status` is 0 where no answer came, `size` the bytes of its body, `seconds` the time that it took; `error` is ""
    where all went well.
    """

    feed: Feed
    at: datetime
    outcome: PollOutcome
    status: int = 0
    size: int = 0
    seconds: float = 0.0
    stored: Stored = field(default_factory=Stored)
    error: str = ""


class _Row(NamedTuple):
    """A poll as `_KEEP` takes it."""

    feed: int
    held_until: datetime | None
    url: str
    interval_seconds: float
    next_poll_at: datetime | None
    soft_errors: int
    hard_errors: int
    moved_to: str
    moved_polls: int
    etag: str
    last_modified: str
    body_hash: str
    at: datetime
    news: bool
    error: str
    status: int
    size: int
    seconds: float
    items: int
    items_new: int
    items_changed: int


def keep_polls(polls: Sequence[Poll]) -> set[int]:
    """Keep what came of polls and hold their feeds no longer. Returns the ids of those feeds that were still ours."""
    if not polls:
        return set()
    moved: set[str] = set()
    rows = [_make_row(poll, _next_state(poll, moved)) for poll in polls]
    columns: dict[str, Any] = dict(zip(_Row._fields, map(list, zip(*rows, strict=True)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, columns)
        return {pk for pk, _ in cursor.fetchall()}


def _next_state(poll: Poll, moved: set[str]) -> PollState:
    """The state after the poll; a feed that is to move has done so, unless another is there or among the `moved`."""
    state = PollState(**{name: getattr(poll.feed, name) for name in _STATE_FIELDS})
    state = next_poll(state, poll.outcome, poll.at, random.random())  # noqa: S311  (jitter, no secret)
    to = state.moved_to
    if state.should_move and to not in moved and not Feed.objects.filter(url=to).exists():
        moved.add(to)
        poll.feed.url = to
        return replace(state, moved_to="", moved_polls=0)
    return state


def _make_row(poll: Poll, state: PollState) -> _Row:
    feed, stored = poll.feed, poll.stored
    return _Row(
        feed=feed.pk,
        held_until=feed.claimed_until,
        url=feed.url,
        interval_seconds=state.interval_seconds,
        next_poll_at=state.next_poll_at,
        soft_errors=state.soft_errors,
        hard_errors=state.hard_errors,
        moved_to=state.moved_to,
        moved_polls=state.moved_polls,
        etag=feed.etag,
        last_modified=feed.last_modified,
        body_hash=feed.body_hash,
        at=poll.at,
        news=poll.outcome.kind == NEW,
        error=poll.error.replace("\0", ""),
        status=poll.status,
        size=poll.size,
        seconds=poll.seconds,
        items=stored.items,
        items_new=len(stored.new),
        items_changed=stored.changed,
    )
