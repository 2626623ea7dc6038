"""The JSON API: shapes, paging, and refusals as problem details."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline import services
from timeline.models import Link, Redirect

pytestmark = pytest.mark.django_db


def get(client: Client, address: str, code: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == code, answer.content
    expected = "application/json" if code == 200 else "application/problem+json"
    assert answer["Content-Type"] == expected
    return answer.json()


def test_an_event_holds_all_that_is_public(client: Client) -> None:
    vendor, speaker = make_actor("Vendor"), make_actor("Ann", kind="person")
    earlier = make_event("Earlier", on=date(2024, 1, 1), precision="year")
    event = make_event("Cut", actors=[(vendor, "initiator")], dispute=make_dispute("War"))
    article = make_article("They cut", publisher="Daily", published_on=date(2025, 8, 2))
    cite(event, article).evidence.create(fact="kind", sentence="Access ended.", start=0, end=1)
    make_quote(event, speaker, "Enough.", on_behalf_of=vendor, article=article)
    make_clause(event, vendor, "No rivals.", document="Terms")
    Link.objects.create(event=event, to=earlier, relation="follows")
    found = get(client, f"/api/v1/events/{event.slug}/")
    vendor_ref = {"slug": "vendor", "name": "Vendor", "kind": "organization"}
    assert found["dispute"] == {"slug": "war", "title": "War"}
    assert found["participants"] == [{"actor": vendor_ref, "role": "initiator"}]
    assert (found["quotes"][0]["on_behalf_of"], found["quotes"][0]["url"]) == (vendor_ref, article.url)
    assert found["clauses"] == [{"vendor": vendor_ref, "document": "Terms", "text": "No rivals.", "url": None}]
    assert found["sources"][0]["evidence"][0]["sentence"] == "Access ended."
    assert found["links"][0]["to"] | {"date": "2024-01-01", "date_precision": "year"} == found["links"][0]["to"]
    assert get(client, f"/api/v1/events/{earlier.slug}/")["linked_from"][0]["event"]["slug"] == event.slug
    assert get(client, "/api/v1/events/")["results"][0] == found


def test_lists_are_paged_by_key_in_both_directions(client: Client) -> None:
    slugs = [make_event(on=date(2025, 1, day)).slug for day in (5, 4, 3, 2, 1)]
    first = get(client, "/api/v1/events/?page_size=2")
    second = get(client, first["next"])
    third = get(client, second["next"])
    assert [row["slug"] for page in (first, second, third) for row in page["results"]] == slugs
    assert (first["previous"], third["next"]) == (None, None)
    assert get(client, second["previous"]) == first


def test_the_links_keep_the_filter(client: Client) -> None:
    for day in (1, 2, 3):
        make_event(f"Story {day}", on=date(2025, 1, day), kind="deal")
    page = get(client, "/api/v1/events/?page_size=1&kind=deal&q=story&order=relevance")
    assert len(get(client, page["next"])["results"]) == 1
    assert "kind=deal" in page["next"]


def test_actors_and_disputes(client: Client) -> None:
    parent = make_actor("Parent")
    actor = make_actor("Child", kind="product", parent=parent, aliases=["Kid"])
    war = make_dispute("War", sides=[(actor, "No.")])
    make_event(actors=[(actor, "target"), (actor, "affected")], dispute=war)
    make_event(actors=[(actor, "target")], state="proposed", dispute=war)
    found = get(client, "/api/v1/actors/child/")
    assert (found["aliases"], found["parent"]["slug"], found["event_count"]) == (["Kid"], "parent", 1)
    assert get(client, "/api/v1/actors/?q=kid&kind=product")["results"] == [found]
    dispute = get(client, "/api/v1/disputes/war/")
    assert (dispute["event_count"], dispute["sides"][0]["position"]) == (1, "No.")
    assert get(client, "/api/v1/disputes/") == {"next": None, "previous": None, "results": [dispute]}


def test_quotes_come_with_their_events(client: Client) -> None:
    speaker = make_actor("Ann", kind="person")
    event = make_event("Cut", dispute=make_dispute("War"))
    make_quote(event, speaker, "We are disappointed.")
    make_quote(event, make_actor(), "Nothing to add.")
    (found,) = get(client, "/api/v1/quotes/?q=disappointing&actor=ann&dispute=war")["results"]
    assert (found["text"], found["event"]["slug"]) == ("We are disappointed.", event.slug)
    assert get(client, "/api/v1/quotes/?speaker=ann", 400)["parameters"].keys() == {"speaker"}


@pytest.mark.parametrize(
    "spelling",
    [
        "https://daily.example/cut?utm_source=x",
        "http://www.daily.example/cut/#top",
        "HTTPS://Daily.Example/cut",
        " https://daily.example:443/cut ",
    ],
)
def test_an_article_is_found_by_any_spelling_of_its_address(client: Client, spelling: str) -> None:
    event, hidden = make_event("Cut"), make_event(state="proposed")
    article = make_article("They cut", url="https://daily.example/cut")
    cite(event, article, main=False)
    cite(hidden, article)
    found = get(client, f"/api/v1/articles/lookup/?{urlencode({'url': spelling})}")
    assert (found["title"], [row["event"]["slug"] for row in found["events"]]) == ("They cut", [event.slug])


@pytest.mark.parametrize("moment", ["2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00+0100"])
def test_a_plus_that_became_a_space_is_named(client: Client, moment: str) -> None:
    told = get(client, f"/api/v1/events/?updated_since={moment}", 400)["parameters"]["updated_since"]
    assert "a + is written as %2B" in told
    get(client, f"/api/v1/events/?{urlencode({'updated_since': moment})}")
    assert "%2B" not in get(client, "/api/v1/events/?updated_since=1+2", 400)["parameters"]["updated_since"]


@pytest.mark.parametrize(
    ("url", "code"), [("https://a.example/", 404), ("", 400), ("javascript:x", 400), ("http://[", 400)]
)
def test_an_address_that_nothing_cites_is_not_found(client: Client, url: str, code: int) -> None:
    get(client, f"/api/v1/articles/lookup/?{urlencode({'url': url})}", code)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/api/v1/events/?knd=deal&kind=x&page_size=0", {"knd", "kind", "page_size"}),
        ("/api/v1/events/?page_size=201", {"page_size"}),
        ("/api/v1/events/?page_size=٢", {"page_size"}),
        ("/api/v1/events/?cursor=x", {"cursor"}),
        ("/api/v1/events/?since=soon", {"since"}),
        ("/api/v1/events/?format=json", {"format"}),
        ("/api/v1/actors/?name=x", {"name"}),
        ("/api/v1/actors/?kind=robot", {"kind"}),
        ("/api/v1/actors/?q=%00", {"q"}),
        ("/api/v1/disputes/?order=oldest", {"order"}),
        ("/api/v1/disputes/nothing/?page_size=5", {"page_size"}),
        ("/api/v1/quotes/?order=relevance&q=x", {"order"}),
        ("/api/v1/events/?fields=title,slugs&expand=all", {"fields", "expand"}),
        ("/api/v1/events/?count=perhaps", {"count"}),
        ("/api/v1/events/?cursor=a&cursor=b", {"cursor"}),
        ("/api/v1/events/?updated_since=soon", {"updated_since"}),
        ("/api/v1/events/?updated_since=2025-01-01&order=oldest&count=true", {"order", "count"}),
        ("/api/v1/search/", {"q"}),
        ("/api/v1/search/?q=x&type=robot", {"type"}),
    ],
)
def test_what_is_unknown_or_malformed_is_refused_by_name(client: Client, address: str, names: set[str]) -> None:
    problem = get(client, address, 400)
    assert set(problem["parameters"]) == names
    assert (problem["status"], problem["code"]) == (400, "invalid-parameters")


@pytest.mark.parametrize("address", ["/api/v1/events/no/", "/api/v1/actors/no/", "/api/v1/nothing/", "/api/v2/"])
def test_what_is_not_there_is_a_problem_too(client: Client, address: str) -> None:
    assert get(client, address, 404)["code"] == "not-found"


def test_an_unpublished_event_is_not_there(client: Client) -> None:
    event = make_event(state="proposed")
    assert get(client, f"/api/v1/events/{event.slug}/", 404)
    assert get(client, "/api/v1/events/")["results"] == []


def test_a_withdrawn_event_says_so_and_why(client: Client) -> None:
    event = make_event()
    services.withdraw_event(event_id=event.pk, by="editor", reason="Nobody was cut off.")
    problem = get(client, f"/api/v1/events/{event.slug}/", 410)
    assert problem["code"] == "withdrawn"
    assert problem["detail"].endswith("no longer holds. The reason: Nobody was cut off.")


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    event = make_event()
    Redirect.objects.create(slug="2020-01-01-old", to=event)
    assert client.get("/api/v1/events/2020-01-01-old/")["Location"] == f"/api/v1/events/{event.slug}/"


def test_other_methods_and_other_forms_are_refused(client: Client) -> None:
    posted, formed = client.post("/api/v1/events/"), client.get("/api/v1/events/", headers={"accept": "text/xml"})
    assert (posted.status_code, posted.json()["code"]) == (405, "method-not-allowed")
    assert (formed.status_code, formed.json()["code"]) == (406, "not-acceptable")
    assert "GET" in posted["Allow"]


def test_who_has_the_answer_already_is_told_so(client: Client) -> None:
    make_event()
    answer = client.get("/api/v1/events/")
    again = client.get("/api/v1/events/", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_event()
    assert client.get("/api/v1/events/", headers={"if-none-match": answer["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/events/", "/api/v1/events/no/", "/api/v1/events/?x=1", "/feed.json"])
def test_pages_of_other_sites_may_read_every_answer(client: Client, address: str) -> None:
    first = client.get(address)
    answer = client.get(address, headers={"origin": "https://a.example"})  # kept from the first, which had no origin
    assert answer.content == first.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ratelimit" in answer["Access-Control-Expose-Headers"].lower()
    asking = {"origin": "https://a.example", "access-control-request-method": "GET"}
    allowed = client.options(address, headers={**asking, "access-control-request-headers": "authorization"})
    assert (allowed.status_code, allowed["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")
    assert "authorization" in allowed["Access-Control-Allow-Headers"]


def test_what_is_not_public_is_for_this_site_alone(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/subscribe/", headers={"origin": "https://a.example"})


def test_options_say_what_may_be_done(client: Client) -> None:
    answer = client.options("/api/v1/events/")
    assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_the_page_of_the_api_tells_of_every_parameter_and_error(client: Client) -> None:
    page = client.get("/about/api/").content.decode()
    for word in ("q", "actor", "role", "kind", "status", "dispute", "since", "until", "order", "cursor", "page_size"):
        assert f"<code>{word}</code>" in page
    problem = get(client, "/api/v1/events/?x=1", 400)
    path, _, anchor = problem["type"].partition("#")
    assert path.endswith("/about/api/")
    assert f'id="{anchor}"' in page


@pytest.mark.parametrize("root", ["/api/", "/api/v1/"])
def test_the_root_names_every_list(client: Client, root: str) -> None:
    named = client.get(root).json()
    assert {"events", "quotes", "schema", "documentation"} <= named.keys()
    assert all(client.get(address).status_code in (200, 400) for address in named.values())  # search wants words
