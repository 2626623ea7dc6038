"""Hosts whose robots.txt is huge, broken, slow or elsewhere: whether their pages are opened, and with what verdict."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.models import Robots
from ingest.pipeline.robots import Forbidden, ask_robots
from tests.hostile.case import Answer, Case, Expect
from tests.hostile.robots import ALLOWED, FORBIDDEN, UNKNOWN
from tests.hostile.server import HostileServer
from tests.ingest_site import NOW

pytestmark = pytest.mark.django_db


def ask(answer: Answer, settings: Any) -> str:
    """The verdict on a page of a host with such a robots.txt: "allowed", "forbidden" or "unknown"."""
    settings.INGEST_HOST_GAP_SECONDS, settings.INGEST_DEADLINE_SECONDS = 0, 2
    with HostileServer([Case("robots.txt", answer, Expect())]) as server:
        settings.INGEST_ALLOW_HOSTS = [server.host]
        try:
            ask_robots(f"{server.base}/story", NOW)
        except Forbidden as error:
            return "forbidden" if error.permanent else "unknown"
    return "allowed"


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_forbids_is_obeyed(queue: object, settings: Any, name: str) -> None:
    assert ask(FORBIDDEN[name], settings) == "forbidden"


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_cannot_be_had_leaves_the_host_alone_for_now(queue: object, settings: Any, name: str) -> None:
    assert ask(UNKNOWN[name], settings) == "unknown"
    assert Robots.objects.get().failing_since == NOW


@pytest.mark.parametrize("name", ALLOWED)
def test_what_says_nothing_about_us_allows(queue: object, settings: Any, name: str) -> None:
    assert ask(ALLOWED[name], settings) == "allowed"
