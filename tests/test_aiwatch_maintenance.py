"""Readers are told, in the site's own look, when the site is worked on, its database away, or something broke."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from timeline import views


@pytest.fixture
def note(settings: Any, tmp_path: Path) -> Path:
    settings.MAINTENANCE_NOTE = tmp_path / "maintenance"
    return tmp_path / "maintenance"


def test_a_note_replaces_every_page_but_those_for_machines(client: Client, note: Path, db: None) -> None:
    note.write_text("Back at <b>14:00</b>.")
    for address in ("/", "/api/v1/events/", "/admin/", "/nothing/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")
    assert "Back at &lt;b&gt;14:00" in answer.content.decode()
    assert client.get("/healthz").status_code == 200
    note.unlink()
    assert client.get("/").status_code == 200


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, settings: Any, request: pytest.FixtureRequest) -> None:
    """The page about the site fails."""
    settings.ANSWERS_MEGABYTES = 0

    def fail(*args: object) -> None:
        raise request.param

    monkeypatch.setattr(views, "render", fail)


@pytest.mark.parametrize(
    ("broken", "status", "told"),
    [(OperationalError("away"), 503, "out of reach"), (ValueError("x"), 500, "our fault and not yours")],
    indirect=["broken"],
)
def test_a_failure_is_told_in_the_sites_own_look(broken: None, status: int, told: str) -> None:
    answer = Client(raise_request_exception=False).get("/about/")
    assert answer.status_code == status
    assert told in answer.content.decode()
    assert "timeline/base.css" in answer.content.decode()
