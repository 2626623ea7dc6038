"""The two questions of machines that watch the site."""

import pytest
import redis
from django.test import Client


def test_alive_asks_no_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_where_all_parts_answer(client: Client, queue: redis.Redis) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "valkey": True}


@pytest.mark.django_db
def test_not_ready_where_a_part_is_gone(client: Client, settings: object, tmp_path: object) -> None:
    settings.VALKEY_URL = f"unix://{tmp_path}/no.sock"  # type: ignore[attr-defined]
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "valkey": False}


def test_nothing_but_reading(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
