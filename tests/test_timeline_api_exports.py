"""Everything of a filter as CSV, NDJSON and a calendar."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_dispute, make_event
from timeline import lines
from timeline.queries import events

pytestmark = pytest.mark.django_db


def fetch(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def read_csv(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fetch(client, address))))


def test_a_line_of_csv_says_who_to_whom_and_who_says_so(client: Client) -> None:
    vendor, customer, other = make_actor("Vendor"), make_actor("Customer"), make_actor("Other")
    event = make_event('Vendor "cuts" all,\nat once', slug="2025-08-01-cut", dispute=make_dispute("War"), scope="All.",
                       actors=[(vendor, "initiator"), (customer, "target"), (other, "target")])  # fmt: skip
    cite(event, make_article(url="https://a.example/1"))
    make_event(kind="deal")
    (row,) = read_csv(client, "/events.csv?kind=revocation")
    assert tuple(row) == lines.COLUMNS
    assert (row["title"], row["dispute"], row["initiators"], row["targets"], row["sources"]) == (
        'Vendor "cuts" all,\nat once', "war", "vendor", "customer other", "https://a.example/1",
    )  # fmt: skip
    assert row["url"] == "http://testserver/events/2025-08-01-cut/"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@sum(a1)"])
def test_no_cell_is_a_formula(client: Client, title: str) -> None:
    make_event(title, slug="2025-08-01-x")
    assert read_csv(client, "/events.csv")[0]["title"] == f"'{title}"


def test_a_line_of_ndjson_is_what_the_api_says(client: Client) -> None:
    make_event(actors=[(make_actor(), "target")])
    make_event()
    lines = [json.loads(line) for line in fetch(client, "/events.ndjson").splitlines()]
    assert lines == client.get("/api/v1/events/").json()["results"]


def test_exports_have_no_limit_on_rows(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_ROWS", 2)
    slugs = [make_event(on=date(2025, 1, day)).slug for day in (5, 4, 3, 2, 1)]
    assert [row["slug"] for row in read_csv(client, "/events.csv")] == slugs


@pytest.mark.parametrize("address", ["/events.csv", "/events.ndjson", "/events.ics"])
def test_a_filter_that_means_nothing_is_refused_before_the_first_byte(client: Client, address: str) -> None:
    assert client.get(f"{address}?knd=deal").status_code == 400
