"""How often the API may be asked, with and without a key."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.test import Client
from django.utils import timezone

from tests.factories import make_event
from visitors import keys, limits
from visitors.clients import UNKNOWN, find_connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def secret() -> str:
    """An active key."""
    now = timezone.now()
    return keys.make_key(key_id=keys.ask_for_key(email="dev@example.org", now=now), now=now)


def ask(client: Client, number: int, **headers: str) -> Any:
    return client.get(f"/api/v1/events/?q={number}", headers=headers)


def test_every_answer_tells_the_limits_and_what_is_left(client: Client, settings: Any) -> None:
    settings.API_PER_MINUTE, settings.API_PER_DAY = 10, 100
    answers = [ask(client, n) for n in range(3)]
    assert answers[2]["RateLimit-Policy"] == '"minute";q=10;w=60, "day";q=100;w=86400'
    found = re.fullmatch(r'"minute";r=(\d+);t=(\d+), "day";r=97;t=(\d+)', answers[2]["RateLimit"])
    assert found
    assert int(found[2]) <= 60 < 86400 >= int(found[3])


@pytest.mark.parametrize("window", ["API_PER_MINUTE", "API_PER_DAY"])
def test_too_many_requests_are_told_when_to_come_back(client: Client, settings: Any, window: str) -> None:
    settings.API_PER_MINUTE, settings.API_PER_DAY = 0, 0
    setattr(settings, window, 2)
    codes = [ask(client, n).status_code for n in range(4)]
    assert codes[:2] == [200, 200]
    assert codes[3] == 429
    answer = ask(client, 9)
    assert answer.json()["code"] == "too-many-requests"
    assert 0 < int(answer["Retry-After"]) <= 86400
    assert answer["Cache-Control"] == "no-store"


def test_an_answer_that_is_kept_counts_for_nothing(client: Client, settings: Any) -> None:
    settings.API_PER_MINUTE = 3
    make_event()
    answers = [ask(client, 1) for _ in range(9)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[-1]


def test_a_key_has_limits_of_its_own_and_counts_its_use(client: Client, settings: Any, secret: str) -> None:
    settings.API_PER_MINUTE, settings.API_KEY_PER_MINUTE = 1, 50
    answers = [ask(client, n, authorization=f"Bearer {secret}") for n in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    assert answers[-1]["RateLimit-Policy"].startswith('"minute";q=50;w=60')
    assert limits.list_usage(1, timezone.now().date())[1:] == [
        (timezone.now().date() - timedelta(days=n), 0) for n in range(1, 30)
    ]
    (row,) = keys.ApiKey.objects.all()
    assert limits.list_usage(row.pk, timezone.now().date())[0][1] == 4


@pytest.mark.parametrize("sent", ["Bearer aiw_wrong", "Bearer \udcff"])
def test_a_key_that_is_not_known_is_refused(client: Client, sent: str) -> None:
    answer = client.get("/api/v1/events/", HTTP_AUTHORIZATION=sent)
    assert (answer.status_code, answer.json()["code"], answer["WWW-Authenticate"]) == (401, "invalid-key", "Bearer")


def test_other_schemes_are_nobodys_key(client: Client) -> None:
    assert client.get("/api/v1/events/", headers={"authorization": "Basic eDp5"}).status_code == 200


def test_nobody_is_refused_where_valkey_is_down(client: Client, settings: Any) -> None:
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    limits._storage.cache_clear()
    answer = ask(client, 77)
    limits._storage.cache_clear()
    assert (answer.status_code, "RateLimit" in answer) == (200, False)


@pytest.mark.parametrize(
    ("address", "connection"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("nonsense", UNKNOWN)],
)
def test_one_connection_to_the_net_is_one_visitor(rf: Any, address: str, connection: str) -> None:
    assert find_connection(rf.get("/", REMOTE_ADDR=address)) == connection


def test_behind_a_proxy_its_word_counts(rf: Any, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    request = rf.get("/", headers={"x-forwarded-for": "198.51.100.1, 192.0.2.9"}, REMOTE_ADDR="127.0.0.1")
    assert find_connection(request) == "192.0.2.9"


def test_the_storage_is_that_of_the_site(queue: redis.Redis) -> None:
    limits._storage().incr("LIMITER/test", 60)
    assert queue.exists("LIMITS:LIMITER/test") or queue.exists("LIMITER/test")
