"""All public addresses over the real record: they answer, they write nothing, their links lead somewhere."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from tests.addresses import LISTS
from tests.record import real_record
from timeline.models import Actor, Dispute, Event

__all__ = ["real_record"]


@pytest.fixture
def quick_api(settings: Any) -> None:
    """No limit on requests: the tests' client is one address."""
    settings.API_PER_MINUTE = 0


def list_addresses() -> list[str]:
    nouns = (Event.objects.published(), Actor.objects.published(), Dispute.objects.all())
    pages = [row.get_absolute_url() for rows in nouns for row in rows]
    return [*LISTS, *pages, *(f"/api/v1{page}" for page in pages[::5])]


@pytest.mark.django_db
@pytest.mark.usefixtures("real_record")
def test_every_public_address_answers_and_none_writes(client: Client, quick_api: None) -> None:
    statements: set[str] = set()

    def note(execute: Callable[..., object], sql: str, *args: object) -> object:
        statements.add(sql.split()[0].upper())
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        answers = {address: client.get(address).status_code for address in list_addresses()}
    assert len(answers) > 600
    assert {address: code for address, code in answers.items() if code != 200} == {}
    assert statements <= {"SELECT", "WITH"}


@pytest.mark.django_db
@pytest.mark.usefixtures("real_record")
def test_all_links_of_the_site_lead_somewhere(client: Client) -> None:
    seen, waiting = set(), ["/"]
    while waiting and len(seen) < 120:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer["Content-Type"].startswith("text/html"):
            links = re.findall(r'href="(/[^"#]*)"', answer.content.decode().replace("&amp;", "&"))
            waiting += (
                {link for link in links if not link.startswith(("/static", "/api", "/desk"))} - seen - set(waiting)
            )


@pytest.mark.django_db
@pytest.mark.usefixtures("real_record")
def test_the_timeline_weighs_less_than_150_kilobytes(client: Client) -> None:
    page = client.get("/").content
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    files = [Path(found).read_bytes() for name in names if (found := finders.find(name))]
    assert len(files) == len(names) > 6
    assert sum(len(body) if body[:4] == b"wOF2" else len(gzip.compress(body)) for body in (page, *files)) < 150_000
