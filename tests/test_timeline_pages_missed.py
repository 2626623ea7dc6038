"""Addresses and searches that miss: what readers are told, and where they are led."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_actor, make_dispute, make_event
from timeline import services
from timeline.models import Redirect


@pytest.mark.django_db
def test_an_old_address_leads_to_the_new_one_for_good(client: Client) -> None:
    event = make_event()
    Redirect.objects.create(slug="2020-01-01-old", to=event, reason="the same")
    answer = client.get("/events/2020-01-01-old/")
    assert (answer.status_code, answer["Location"]) == (301, event.get_absolute_url())


@pytest.mark.django_db
def test_a_mistyped_address_is_answered_with_what_is_near(client: Client) -> None:
    make_event("Vendor revokes the access of a rival")
    make_event("Nothing of the kind")
    page = client.get("/events/2025-08-02-vendor-revokes-rival-acess/").content.decode()
    assert "Vendor revokes the access of a rival" in page
    assert "Nothing of the kind" not in page


@pytest.mark.django_db
def test_a_query_string_that_means_nothing_is_explained(client: Client) -> None:
    answer = client.get("/?knd=ruling&kind=revokation")
    assert answer.status_code == 400
    assert "did you mean kind?" in answer.content.decode()
    assert "did you mean revocation?" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/?cursor=x", "/?q=%00", "/actors/?x=1", "/actors/?q=%00", "/actors/?kind=robot", "/quotes/?cursor=x"]
)
def test_malformed_addresses_are_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_a_search(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert b'name="q"' in answer.content


@pytest.mark.django_db
def test_who_is_named_otherwise_is_offered(client: Client) -> None:
    make_event(actors=[(make_actor("Meta", aliases=["Facebook"]), "target")])
    page = client.get("/?actor=facebook&kind=revocation").content.decode()
    assert 'href="/?actor=meta&amp;kind=revocation"' in page


@pytest.mark.django_db
def test_a_dispute_of_another_name_is_offered(client: Client) -> None:
    make_event(dispute=make_dispute("Reddit puts a price on its data", slug="reddit-data"))
    make_dispute("Who may crawl")
    page = client.get("/?q=dispute:reddit+kind:revocation").content.decode()
    assert "No dispute here has the name <code>reddit</code>" in page
    assert 'href="/?kind=revocation&amp;dispute=reddit-data"' in page
    assert "dispute=who-may-crawl" not in page
    assert "No dispute here" not in client.get("/?dispute=who-may-crawl").content.decode()


@pytest.mark.django_db
def test_words_that_stand_nowhere_together_lead_to_what_holds_most_of_them(client: Client) -> None:
    make_event("Anthropic revokes OpenAI's access", actors=[(make_actor("Anthropic"), "initiator")])
    make_event("Something else")
    page = client.get("/?q=antropic+revokes+acess+-lawsuit").content.decode()
    nearest = page.split("The nearest to it")[1].split("</ul>")[0]
    assert "<mark>Anthropic</mark> <mark>revokes</mark> OpenAI&#39;s access" in nearest
    assert "Something else" not in nearest
    assert "The nearest to it" not in client.get("/?q=zzzz").content.decode()


@pytest.mark.django_db
def test_a_mistyped_search_can_be_put_right_where_it_was_typed(client: Client) -> None:
    answer = client.get("/?q=actr:openai")
    assert answer.status_code == 400
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select("#q")[0]["value"] == "actr:openai"
    assert "did you mean “actor:”?" in page.get_text()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "offered"), [("q=antropic", True), ("q=antropic+zzzz", False), ("q=antropic&kind=deal", False)]
)
def test_only_words_that_find_something_are_offered(client: Client, query: str, offered: bool) -> None:
    make_event(actors=[(make_actor("Anthropic"), "initiator")])
    assert ("Did you mean" in client.get(f"/?{query}").content.decode()) is offered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("q", "meant"),
    [("open ai", "OpenAI"), ("gpt 5", "gpt-5"), ("openai/meta", "openai meta"), ("open source", ""), ("gpt 6", "")],
)
def test_what_was_meant_is_offered_also_beside_what_was_found(client: Client, q: str, meant: str) -> None:
    make_event("OpenAI and Meta stop GPT-5", actors=[(make_actor("OpenAI"), "initiator")])
    make_event("An open source model of AI")
    page = BeautifulSoup(client.get("/", {"q": q}).content, "html.parser")
    offered = [link.get_text() for text in page.select("p") if "Did you mean" in text.get_text() for link in text("a")]
    assert offered == ([meant] if meant else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/?fbclid=x&kind=deal", "/?UTM_source=mail", "/actors/?gclid=1", "/feed.atom?utm_medium=rss"]
)
def test_what_other_sites_add_to_a_link_is_overlooked(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert "fbclid" not in page.content.decode().partition("<main")[2]


@pytest.mark.django_db
def test_the_address_of_a_withdrawn_entry_says_so_and_why(client: Client) -> None:
    event = make_event("They did it", actors=[(make_actor("Vendor"), "initiator")])
    services.withdraw_event(event_id=event.pk, by="editor ada", reason="The source took it back.")
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 410
    assert "The source took it back." in answer.content.decode()
    assert "They did it" not in answer.content.decode()


@pytest.mark.django_db
def test_a_rejected_proposal_was_never_on_record(client: Client) -> None:
    event = make_event(state="proposed")
    services.withdraw_event(event_id=event.pk, by="editor ada", reason="Nonsense.")
    assert client.get(event.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["/events/", "/favicon.ico"])
def test_addresses_that_people_and_browsers_guess_lead_on(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
