"""Which fields an answer has, what it has in full, how many rows there are, and what that costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.models import Change
from timeline.queries.plain import events

pytestmark = pytest.mark.django_db


def get(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def cut() -> dict[str, Any]:
    """An event with all kinds of parts."""
    vendor, ann = make_actor("Vendor", aliases=["V"]), make_actor("Ann", kind="person")
    war = make_dispute("War", sides=[(vendor, "No.")], summary="A long one.")
    event = make_event("Vendor cuts", actors=[(vendor, "initiator")], dispute=war, kind="revocation")
    article = make_article("They cut", publisher="Daily")
    cite(event, article)
    make_quote(event, ann, "We are sorry.", on_behalf_of=vendor, article=article)
    make_clause(event, vendor, "No rivals may use it.", document="Terms")
    return {"event": event, "vendor": vendor, "war": war, "article": article}


def test_only_the_fields_that_are_asked_for(client: Client, cut: dict[str, Any]) -> None:
    assert get(client, "/api/v1/events/?fields=title,participants")["results"] == [
        {
            "title": "Vendor cuts",
            "participants": [
                {"actor": {"slug": "vendor", "name": "Vendor", "kind": "organization"}, "role": "initiator"}
            ],
        }
    ]
    (row,) = get(client, "/api/v1/events/?omit=quotes,sources&omit=links")["results"]
    assert tuple(row) == tuple(name for name in events.FIELDS if name not in ("quotes", "sources", "links"))


@pytest.mark.parametrize(("fields", "statements"), [("title", 1), ("title,quotes", 3), ("title,quotes,clauses", 3)])
def test_fields_that_are_left_out_cost_nothing(
    client: Client, cut: dict[str, Any], settings: Any, fields: str, statements: int
) -> None:
    settings.ANSWERS_MEGABYTES = 0
    make_event(on=date(2020, 1, 1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get(client, f"/api/v1/events/?fields={fields}")
    assert len(asked) == statements
    assert "summary" not in asked[0]["sql"]


def test_a_page_costs_the_same_however_many_rows_it_has(client: Client, cut: dict[str, Any], settings: Any) -> None:
    settings.ANSWERS_MEGABYTES = 0
    with CaptureQueriesContext(connection) as few:
        get(client, "/api/v1/events/")
    for day in range(1, 9):
        cite(make_event(on=date(2020, 1, day), actors=[(cut["vendor"], "target")]))
    with CaptureQueriesContext(connection) as many:
        assert len(get(client, "/api/v1/events/")["results"]) == 9
    assert len(many) == len(few)


def test_parts_are_had_in_full(client: Client, cut: dict[str, Any]) -> None:
    Change.objects.create(
        noun="event", row_id=cut["event"].pk, slug="x", action="correct", by="editor ann",
        before={"title": "Old"}, after={"title": "Vendor cuts"}, reason="It was wrong.",
    )  # fmt: skip
    (row,) = get(client, "/api/v1/events/?expand=participants,dispute,history")["results"]
    assert row["participants"][0]["actor"]["aliases"] == ["V"]
    assert row["dispute"]["sides"][0]["position"] == "No."
    assert (row["history"][0]["reason"], row["history"][0]["by"]) == ("It was wrong.", "editor")
    assert row["history"][0]["differences"] == [{"field": "headline", "before": ["Old"], "after": ["Vendor cuts"]}]
    for noun in ("quotes", "clauses"):
        (words,) = get(client, f"/api/v1/{noun}/?expand=event")["results"]
        assert words["event"]["summary"] == cut["event"].summary
    (article,) = get(client, "/api/v1/articles/?expand=events")["results"]
    assert article["events"][0]["event"]["kind"] == "revocation"


def test_rows_are_counted_on_request_only(client: Client, cut: dict[str, Any]) -> None:
    make_event(kind="deal")
    for noun, number in {"events": 2, "actors": 2, "disputes": 1, "quotes": 1, "clauses": 1, "articles": 1}.items():
        assert "count" not in get(client, f"/api/v1/{noun}/")
        assert get(client, f"/api/v1/{noun}/?count=true&page_size=1")["count"] == number
    assert get(client, "/api/v1/events/?kind=deal&count=true")["count"] == 1


def test_an_article_tells_when_it_changed_and_never_what_it_says(client: Client, cut: dict[str, Any]) -> None:
    Change.objects.create(
        noun="article", row_id=cut["article"].pk, slug=cut["article"].url, action="correct", by="pipeline",
        reason="The publisher changed the article.",
    )  # fmt: skip
    (row,) = get(client, "/api/v1/articles/?source=daily")["results"]
    assert (row["publisher"]["name"], len(row["versions"]), row["events"][0]["main"]) == ("Daily", 2, True)
    assert "text" not in row
    assert get(client, f"/api/v1/articles/{row['id']}/") == row
    assert client.get("/api/v1/articles/99999999999999999999/").status_code == 404
    (source,) = get(client, "/api/v1/sources/?kind=revocation")["results"]
    assert (source["slug"], source["article_count"], source["event_count"]) == ("daily", 1, 1)
    assert get(client, "/api/v1/sources/?kind=deal")["results"] == []


def test_stats_count_what_the_filter_finds(client: Client, cut: dict[str, Any]) -> None:
    make_event(kind="deal", on=date(2024, 5, 1))
    found = get(client, "/api/v1/stats/?since=2024")
    assert (found["total"], found["first_date"], found["latest_date"]) == (2, "2024-05-01", "2025-08-01")
    assert found["months"][1] == {"month": "2025-08", "count": 1, "kinds": {"revocation": 1}}
    assert {row["kind"]: row["count"] for row in found["kinds"]} == {"deal": 1, "revocation": 1}
    assert found["actors"][0]["actor"]["slug"] == "vendor"
    assert get(client, "/api/v1/stats/?kind=deal&fields=total") == {"total": 1}


def test_search_finds_everything_the_best_first(client: Client, cut: dict[str, Any]) -> None:
    found = get(client, "/api/v1/search/?q=vendor")["results"]
    assert {row["type"] for row in found} >= {"event", "actor"}
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)
    (quote,) = get(client, "/api/v1/search/?q=sorry&type=quote")["results"]
    assert (quote["title"], quote["highlight"]) == ("Ann", "We are <mark>sorry</mark>.")
    (clause,) = get(client, "/api/v1/search/?q=rivals&type=clause")["results"]
    assert clause["highlight"] == "No <mark>rivals</mark> may use it."
    make_event("War and peace", summary="1 < 2 & peace")
    (event,) = get(client, "/api/v1/search/?q=peace")["results"]
    assert event["highlight"] == "1 &lt; 2 &amp; <mark>peace</mark>"


def test_search_is_paged(client: Client) -> None:
    for n in range(1, 6):
        make_event("Same words", on=date(2025, 1, n))
    first = get(client, "/api/v1/search/?q=words&page_size=2")
    second = get(client, first["next"])
    third = get(client, second["next"])
    assert len({row["id"] for page in (first, second, third) for row in page["results"]}) == 5
    assert (third["next"], get(client, second["previous"])) == (None, first)


def test_lists_of_words_take_the_filter_of_their_events(client: Client, cut: dict[str, Any]) -> None:
    make_quote(make_event(kind="deal"), cut["vendor"], "A deal.")
    assert [row["text"] for row in get(client, "/api/v1/quotes/?kind=deal")["results"]] == ["A deal."]
    assert len(get(client, "/api/v1/quotes/?actor=vendor")["results"]) == 2
    assert get(client, "/api/v1/clauses/?actor=ann")["results"] == []
    assert [row["slug"] for row in get(client, "/api/v1/actors/?role=initiator&dispute=war")["results"]] == ["vendor"]
    assert get(client, "/api/v1/disputes/?kind=deal")["results"] == []
