"""Answers that are ready to be sent again, kept in Valkey for as long as the record stays as it is.

All lie in one hash, which holds answers of one version of the record only: the first of a newer version empties it. So
old ones take no room, and what they take together is bounded. Each process holds those that were asked for again for
itself: a name is that of one answer for good, so it cannot be old. Valkey is a help, never a need: where it does not
answer, nothing is found, and it is left alone for some seconds.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

LONGEST = 1_000_000  # bytes of one answer
NEAR = 8_000_000  # bytes of answers that each process holds itself
KEEP_SECONDS = 3600  # after the last one was added
PATIENCE_SECONDS = 0.25  # for Valkey; a page is made in less
PAUSE_SECONDS = 5.0  # after Valkey failed

# KEYS: the hash. ARGV: version, name, answer, the most bytes of all answers, seconds to keep them.
_ADD = """
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
    redis.call('UNLINK', KEYS[1])
    redis.call('HSET', KEYS[1], 'version', ARGV[1])
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
if redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[3]) > tonumber(ARGV[4]) then redis.call('UNLINK', KEYS[1]) end
redis.call('EXPIRE', KEYS[1], ARGV[5])
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: the status, the headers and the body, compressed where the reader takes that."""

    status: int
    headers: dict[str, str]
    body: bytes


class Answers:
    """The answers of one record.

    Args:
        client: Valkey or Redis.
        name: of the hash; sites that share a Valkey differ in it.
        most_bytes: of all answers together; more, and all are dropped.
    """

    def __init__(self, client: redis.Redis, name: str, most_bytes: int) -> None:
        self._client = client
        self._add = client.register_script(_ADD)
        self._name = name
        self._most_bytes = most_bytes
        self._paused_until = 0.0
        self._near: dict[str, Answer] = {}
        self._near_bytes = 0

    def get(self, name: str) -> Answer | None:
        """The answer of that name; None where there is none, or where Valkey does not say."""
        near = self._near.get(name)
        if near is not None or time.monotonic() < self._paused_until:
            return near
        try:
            found = self._client.hget(self._name, name)
        except redis.RedisError:
            self._pause()
            return None
        return self._hold(name, _read(found)) if isinstance(found, bytes) else None

    def add(self, version: int, name: str, answer: Answer) -> None:
        """Keep an answer, unless it is too long or Valkey does not take it."""
        if len(answer.body) > LONGEST or time.monotonic() < self._paused_until:
            return
        try:
            self._add([self._name], [version, name, _write(answer), self._most_bytes, KEEP_SECONDS])
        except redis.RedisError:
            self._pause()

    def _hold(self, name: str, answer: Answer) -> Answer:
        """Keep in this process what was asked for again; all goes when there is too much of it."""
        if self._near_bytes > NEAR:
            self._near, self._near_bytes = {}, 0
        self._near[name] = answer
        self._near_bytes += len(answer.body)
        return answer

    def _pause(self) -> None:
        self._paused_until = time.monotonic() + PAUSE_SECONDS


@cache
def open_answers(database: str = "") -> Answers:
    """The answers of the record in the database of that name."""
    client = redis.Redis.from_url(
        settings.VALKEY_URL,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return Answers(client, f"aiwatch:answers:{database}", settings.ANSWERS_MEGABYTES * 1_000_000)


def find_answers() -> Answers:
    """The answers of the record that this thread is connected to."""
    return open_answers(str(connection.settings_dict["NAME"]))


def _write(answer: Answer) -> bytes:
    return json.dumps([answer.status, answer.headers]).encode() + b"\n" + answer.body


def _read(text: bytes) -> Answer:
    head, _, body = text.partition(b"\n")
    status, headers = json.loads(head)
    return Answer(status, headers, body)
