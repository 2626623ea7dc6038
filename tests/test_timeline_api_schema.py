"""The OpenAPI description is true: of parameters, of shapes, of errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.api.errors import TITLES
from timeline.filters import NAMES
from timeline.models import Link
from timeline.queries.plain import actors, articles, disputes, events, search, stats, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/schema/").json()
    assert isinstance(answer, dict)
    return answer


@pytest.fixture
def rows() -> dict[str, str]:
    """One row of each noun with all its parts."""
    vendor = make_actor("Vendor", aliases=["The vendor"])
    make_actor("Ann", kind="person", parent=vendor, title="CEO")
    war = make_dispute("War", sides=[(vendor, "No.")])
    event, other = make_event("Cut", actors=[(vendor, "initiator")], dispute=war), make_event("Other")
    article = make_article(original=make_article())
    cite(event, article).evidence.create(fact="kind", sentence="It did.", start=0, end=1)
    make_quote(event, vendor, article=article)
    make_clause(event, vendor, article=article)
    Link.objects.create(event=event, to=other, relation="follows")
    return {"events": event.slug, "actors": "ann", "disputes": "war"}


def check(described: dict[str, Any], path: str, answer: Any) -> None:
    content = described["paths"][path]["get"]["responses"][str(answer.status_code)]["content"]
    shape = content[answer["Content-Type"]]["schema"]
    jsonschema.validate(answer.json(), {**shape, "components": described["components"]})


@pytest.mark.parametrize("noun", ["events", "actors", "disputes"])
def test_answers_have_the_described_shapes(
    client: Client, described: dict[str, Any], rows: dict[str, str], noun: str
) -> None:
    check(described, f"/api/v1/{noun}/", client.get(f"/api/v1/{noun}/"))
    check(described, f"/api/v1/{noun}/{{slug}}/", client.get(f"/api/v1/{noun}/{rows[noun]}/"))
    check(described, f"/api/v1/{noun}/{{slug}}/", client.get(f"/api/v1/{noun}/nothing/"))
    check(described, f"/api/v1/{noun}/", client.get(f"/api/v1/{noun}/?nothing=1"))


def test_quotes_and_articles_have_the_described_shapes(
    client: Client, described: dict[str, Any], rows: dict[str, str]
) -> None:
    quotes = client.get("/api/v1/quotes/")
    check(described, "/api/v1/quotes/", quotes)
    page = quotes.json()["results"][0]["url"]
    check(described, "/api/v1/articles/lookup/", client.get("/api/v1/articles/lookup/", {"url": page}))
    for noun in ("clauses", "articles", "sources", "stats"):
        check(described, f"/api/v1/{noun}/", client.get(f"/api/v1/{noun}/"))
    check(described, "/api/v1/search/", client.get("/api/v1/search/?q=vendor"))


def test_every_parameter_is_described(described: dict[str, Any]) -> None:
    names = {parameter["name"] for parameter in described["paths"]["/api/v1/events/"]["get"]["parameters"]}
    assert names == {*NAMES, "fields", "omit", "expand", "cursor", "page_size", "count", "updated_since"}


def test_it_is_openapi_of_this_api_only(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    nouns = "events actors disputes quotes clauses articles sources stats search".split()
    assert {path.split("/")[3] for path in described["paths"]} == set(nouns)


@pytest.mark.parametrize(
    ("shape", "fields"),
    [
        ("Event", (*events.FIELDS, "history")),
        ("Actor", actors.FIELDS),
        ("Dispute", disputes.FIELDS),
        ("Quote", words.QUOTE_FIELDS),
        ("Clause", words.CLAUSE_FIELDS),
        ("Article", articles.FIELDS),
        ("Source", articles.SOURCE_FIELDS),
        ("Stats", stats.FIELDS),
        ("Found", search.FIELDS),
    ],
)
def test_every_field_is_described(described: dict[str, Any], shape: str, fields: tuple[str, ...]) -> None:
    assert tuple(described["components"]["schemas"][f"{shape}Shape"]["properties"]) == fields


def test_the_documentation_tells_of_every_parameter_address_and_error(described: dict[str, Any]) -> None:
    text = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text()
    asked = [row for path in described["paths"].values() for row in path["get"]["parameters"]]
    words = {row["name"] for row in asked if row["in"] == "query"} | set(TITLES)
    assert [word for word in words if f"`{word}`" not in text] == []
    shown = [path.replace("{", "<").replace("}", ">") for path in described["paths"]]
    assert [path for path in shown if f"`{path}`" not in text] == []
