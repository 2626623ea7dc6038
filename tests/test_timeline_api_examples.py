"""Every example of the OpenAPI description is what the API answers on the starter record.

With AIWATCH_WRITE_EXAMPLES=1 the examples are written anew, for when a shape or the starter record changes.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest
from django.test import Client

from tests.record import real_record
from timeline.api.examples import FILE, read_examples

__all__ = ["real_record"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_record", "queue")]

CASE = "2025-07-29-anthropic-revokes-openai-claude-api-access"
ASKED = [  # name, path as described, address, headers
    ("The latest of a filter", "/api/v1/events/", "?kind=revocation&status=confirmed&page_size=1", {}),
    (
        "Some fields",
        "/api/v1/events/",
        "?actor=anthropic&actor=openai&fields=date,title&page_size=3&count=true",
        {},
    ),
    ("A name that is none", "/api/v1/events/", "?knd=lawsuit", {}),
    ("A form that is not spoken", "/api/v1/events/", "?page_size=1", {"accept": "text/xml"}),
    ("A key that is none", "/api/v1/events/", "?page_size=1", {"authorization": "Bearer aiw_none"}),
    ("One event", "/api/v1/events/{slug}/", CASE, {}),
    ("Not there", "/api/v1/events/{slug}/", "2025-08-01-nothing", {}),
    ("A part of a name", "/api/v1/actors/", "?q=windsurf", {}),
    ("One actor", "/api/v1/actors/{slug}/", "anthropic", {}),
    ("With somebody in it", "/api/v1/disputes/", "?actor=reddit&fields=slug,title,latest_date", {}),
    ("One dispute", "/api/v1/disputes/{slug}/", "anthropic-openai-claude-access", {}),
    ("Words of somebody", "/api/v1/quotes/", "?actor=openai&page_size=1", {}),
    ("Of somebody's terms", "/api/v1/clauses/", "?actor=anthropic&page_size=1", {}),
    ("About a kind of event", "/api/v1/articles/", "?kind=ruling&page_size=1&omit=id", {}),
    ("By its address", "/api/v1/articles/lookup/", "", {}),
    ("Who tells of rulings", "/api/v1/sources/", "?kind=ruling&page_size=2", {}),
    ("One year", "/api/v1/stats/", "?actor=anthropic&since=2025&until=2025&omit=actors", {}),
    ("Everything with a word", "/api/v1/search/", "?q=distillation&page_size=2", {}),
]


def list_requests() -> list[tuple[str, str, str, dict[str, str]]]:
    """Name, path as described, address, headers."""
    found = []
    for name, path, rest, headers in ASKED:
        address = path.replace("{slug}", rest) if "{" in path else path + rest
        if "lookup" in path:
            address += "?url=" + "https%3A%2F%2Fwww.wired.com%2Fstory%2Fanthropic-revokes-openais-access-to-claude%2F"
        found.append((name, path, address, headers))
    return found


def ask(client: Client, address: str, headers: dict[str, str]) -> dict[str, Any]:
    answer = client.get(address, headers=headers, HTTP_HOST="localhost:8000")
    return {"status": answer.status_code, "body": answer.json()}


def steady(value: Any) -> Any:
    """The value without what differs from one loading of the record to the next: ids, times, cursors."""
    text = re.sub(r"(cursor=)?\d*~\d+", "~1", json.dumps(value))
    text = re.sub(r'"id": \d+', '"id": 1', text)
    return json.loads(re.sub(r'"20[\d-]{8}T[\d:.]+Z"', '"then"', text))


def test_every_example_is_a_real_answer(client: Client) -> None:
    if os.environ.get("AIWATCH_WRITE_EXAMPLES"):
        rows = [
            {"name": name, "path": path, "address": address, "headers": headers, **ask(client, address, headers)}
            for name, path, address, headers in list_requests()
        ]
        FILE.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in read_examples():
        found = ask(client, row["address"], row["headers"])
        assert steady(found) == steady({"status": row["status"], "body": row["body"]}), row["address"]


def test_every_address_has_an_example_that_is_shown(client: Client) -> None:
    described = client.get("/api/v1/schema/").json()
    for path, methods in described["paths"].items():
        answers = methods["get"]["responses"]
        shown = [content for answer in answers.values() for content in answer.get("content", {}).values()]
        assert any(content.get("examples") for content in shown) or path == "/api/v1/articles/{article_id}/", path
    assert {row["path"] for row in read_examples()} <= set(described["paths"])
