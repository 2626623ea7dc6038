"""The public pages: what they show, what they hide, what they cost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.addresses import LISTS
from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.models import Actor, Change, Dispute, Event, Link
from timeline.services.history import note_change


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/actors/", "/quotes/", "/disputes/", "/feed.atom", "/api/v1/events/", "/api/v1/actors/"]
)
def test_lists_of_an_empty_record_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_what_is_not_public_is_nowhere(client: Client) -> None:
    secret = make_actor("Secret Actor", state="proposed")
    war = make_dispute()
    event = make_event(dispute=war)
    for state in ("proposed", "withdrawn"):
        hidden = make_event(f"Secret {state}", state=state, actors=[(secret, "target")], dispute=war, summary="secret")
        make_quote(hidden, secret, "Secret words")
        Link.objects.create(event=event, to=hidden, relation="follows")
        Link.objects.create(event=hidden, to=event, relation="follows")
        assert client.get(hidden.get_absolute_url()).status_code == 404
    make_quote(event, secret, "Secret proposal", state="proposed")
    make_clause(event, secret, "Secret clause", state="proposed")
    for address in [*LISTS, "/?q=words", "/quotes/?q=proposal", event.get_absolute_url(), war.get_absolute_url()]:
        assert b"ecret" not in client.get(address).content, address
    assert client.get(secret.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_clauses_are_found_by_words_and_by_whose_terms_they_are(client: Client) -> None:
    event, vendor = make_event(), make_actor("Vendor")
    make_clause(event, vendor, "No competing products.", document="Terms of service")
    make_clause(event, make_actor("Rival"), "No scraping.")
    page = client.get("/clauses/?q=compete&vendor=vendor").content.decode()
    assert "No competing products." in page
    assert "No scraping." not in page


@pytest.mark.django_db
def test_who_has_a_page_already_is_told_so(client: Client) -> None:
    tag = client.get("/")["ETag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304
    make_event()
    assert client.get("/", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.django_db
def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/").status_code == 405


@pytest.mark.django_db
def test_an_event_page_answers_what_readers_ask(client: Client) -> None:
    vendor, customer = make_actor("Vendor"), make_actor("Customer")
    war = make_dispute("A war", sides=[(vendor, "It was a breach."), (customer, "It was not.")])
    earlier = make_event("Earlier", on=date(2025, 1, 1), dispute=war)
    event = make_event("Cut", on=date(2025, 3, 1), precision="month", dispute=war, scope="All but tests.",
                       actors=[(vendor, "initiator"), (customer, "target")], status="alleged")  # fmt: skip
    article = make_article("They cut it", publisher="Daily", published_on=date(2025, 3, 9))
    copy = make_article("They cut it, again", publisher="Copycat", original=article)
    citation = cite(event, article)
    cite(event, copy)
    citation.evidence.create(fact="kind", sentence="Access ended.", start=0, end=13)
    make_quote(event, vendor, "Enough.", article=article)
    make_clause(event, vendor, "You may not compete.", document="Terms")
    Change.objects.create(noun="event", row_id=event.pk, slug=event.slug, action="correct", by="editor",
                          before={"title": "Cuts"}, after={"title": "Cut"}, reason="typo")  # fmt: skip
    page = client.get(event.get_absolute_url()).content.decode()
    for text in ("March 2025", "Alleged: one side says so", "All but tests.", "It was a breach.", "It was not.",
                 "Enough.", "You may not compete.", "by 1 publisher, also in 1 other.",
                 "First by Daily on 9 March 2025.", "Also in 1 other",
                 "Access ended.", earlier.title, "<del>Cuts</del>", "typo"):  # fmt: skip
        assert text in page, text


@pytest.mark.django_db
def test_quotes_are_narrowed_by_side_speaker_and_dispute_together(client: Client) -> None:
    vendor, rival = make_actor("Vendor"), make_actor("Rival")
    speaker = make_actor("Jo Miller", kind="person", parent=vendor)
    for title, words in (("One war", "First words"), ("Other war", "Second words")):
        event = make_event(dispute=make_dispute(title))
        make_quote(event, speaker, words, on_behalf_of=vendor)
        make_quote(event, rival, f"{words}, answered", on_behalf_of=rival)
    page = client.get("/quotes/?q=words&dispute=one-war").content.decode()
    for query in ("q=words&amp;actor=vendor&amp;dispute=one-war", "q=words&amp;actor=jo-miller&amp;dispute=one-war",
                  "q=words&amp;dispute=other-war"):  # fmt: skip
        assert f'href="/quotes/?{query}"' in page, query
    narrow = client.get("/quotes/?q=words&actor=jo-miller&dispute=one-war").content.decode()
    assert "First words" in narrow
    assert "answered" not in narrow
    assert "Second" not in narrow


@pytest.mark.django_db
def test_disputes_are_paged_and_those_that_never_moved_come_last(client: Client) -> None:
    for number in range(120):
        make_event(dispute=make_dispute(f"War {number}"), on=date(2025, 1, 1 + number % 28))
    make_dispute("Quiet")
    seen, address = [], "/disputes/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'class="headline" href="/disputes/([^/]+)/"', page)
        found = re.search(r'rel="next" href="(\?[^"]+)"', page)
        address = f"/disputes/{found[1]}" if found else ""
    assert len(seen) == len(set(seen)) == 121
    assert seen[-1] == "quiet"


@pytest.mark.django_db
def test_who_did_not_answer_is_said_with_the_day(client: Client) -> None:
    event = make_event(actors=[(make_actor("Vendor"), "initiator"), (make_actor("Customer"), "target")])
    page = client.get(event.get_absolute_url()).content.decode()
    assert f"No answer of theirs in this entry as of {event.updated_at:%-d %B %Y}." in page


@pytest.mark.django_db
def test_who_answers_in_another_entry_is_not_said_to_be_silent(client: Client) -> None:
    event = make_event(actors=[(make_actor("Vendor"), "initiator"), (make_actor("Customer"), "target")])
    Link.objects.create(event=make_event("Customer shrugs"), to=event, relation="responds-to")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "No answer of theirs" not in page
    assert re.search(r'is answered by <a href="[^"]+">Customer shrugs</a>\.', page)


@pytest.mark.django_db
def test_an_employer_is_named_once_beside_a_title(client: Client) -> None:
    openai = make_actor("OpenAI")
    boss = make_actor("Sam", kind="person", parent=openai, title="CEO, OpenAI")
    make_quote(make_event(actors=[(openai, "initiator")]), boss, "No.", on_behalf_of=openai)
    wanted = {
        "/actors/": "Sam , CEO, OpenAI",
        f"/actors/{boss.slug}/": "· CEO, OpenAI Sam",
        "/quotes/": "Sam, CEO, for OpenAI",
    }
    for address, told in wanted.items():
        text = BeautifulSoup(client.get(address).content, "html.parser").find("main").get_text()
        assert told in " ".join(text.split()), address


@pytest.mark.django_db
def test_where_nobody_acts_no_arrow_begins_the_line(client: Client) -> None:
    make_event(actors=[(make_actor("Customer"), "target")])
    page = client.get("/").content.decode()
    assert 'class="arrow"' not in page
    assert re.search(r'<span class="aside">towards</span> <a href="[^"]+">Customer</a>', page)


@pytest.mark.django_db
def test_a_person_is_not_called_it(client: Client) -> None:
    boss, firm = make_actor("Sam", kind="person"), make_actor("Firm")
    make_event(kind="restriction", actors=[(boss, "initiator"), (firm, "target")])
    assert "Whose access they cut or narrowed" in client.get(boss.get_absolute_url()).content.decode()
    assert "Who cut or narrowed its access" in client.get(firm.get_absolute_url()).content.decode()


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def fill(actor: Actor, war: Dispute, number: int) -> None:
    for _ in range(number):
        speaker = make_actor(kind="person", parent=actor)
        event = make_event(dispute=war, actors=[(actor, "initiator"), (make_actor(), "target")])
        cite(event, make_article(original=make_article()))
        make_quote(event, speaker, on_behalf_of=actor)
        make_clause(event, actor)
        note_change(noun="event", row_id=event.pk, slug=event.slug, action="correct", by="editor", after={"title": "x"})
        Link.objects.create(
            event=event, to=Event.objects.exclude(pk=event.pk).first() or make_event(), relation="follows"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/actors/",
        "/actors/one/",
        "/disputes/",
        "/disputes/war/",
        "/quotes/",
        "/clauses/",
        "/corrections/",
        "/events/2025-08-01-first/",
        "/events/2025-08-01-first/card/",
    ],
)
def test_the_number_of_queries_does_not_grow_with_rows(client: Client, page: str) -> None:
    actor, war = make_actor("One"), make_dispute("War")
    first = make_event("First", actors=[(actor, "initiator")], dispute=war)
    make_quote(first, actor)
    cite(first)
    fill(actor, war, 2)
    before = count_queries(client, page)
    fill(actor, war, 6)
    assert count_queries(client, page) == before < 25


@pytest.mark.django_db
def test_paging_walks_through_all_and_keeps_the_filter(client: Client) -> None:
    titles = [make_event(f"Story number {n}", on=date(2025, 1, 1 + n % 28)).title for n in range(70)]
    address, seen = "/?q=story", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"Story</mark> number \d+|(?<=>)Story number \d+", page) or []
        found = re.search(r'rel="next" href="(\?[^"]+)"', page)
        address = "/" + found[1].replace("&amp;", "&") if found else ""
        assert not found or "q=story" in address
    assert len({re.sub(r"</?mark>|[\ue000\ue001]", "", title) for title in seen}) == len(titles)


@pytest.mark.django_db
def test_an_event_of_which_only_the_year_is_known_stands_under_no_month(client: Client) -> None:
    make_event(on=date(2025, 1, 1), precision="year")
    page = client.get("/").content.decode()
    assert "2025, month unknown" in page
    assert ">January 2025<" not in page


@pytest.mark.django_db
def test_a_feed_reader_finds_a_feed_on_every_page(client: Client) -> None:
    event = make_event(dispute=make_dispute("War"))
    wanted = {
        event.get_absolute_url(): ["/feed.atom?dispute=war", "/feed.atom", "/feed.json"],
        "/?kind=deal": ["/feed.atom?kind=deal", "/feed.json?kind=deal"],
        "/quotes/?dispute=war": ["/quotes.atom?dispute=war", "/quotes.json?dispute=war"],
        "/corrections/": ["/corrections.atom", "/corrections.json"],
        "/about/": ["/feed.atom", "/feed.json"],
    }
    for address, feeds in wanted.items():
        page = BeautifulSoup(client.get(address).content, "html.parser")
        found = [str(link["href"]) for link in page.select('link[rel="alternate"]')]
        assert [href for href in found if "oembed" not in href] == feeds, address
        assert all(client.get(href).status_code == 200 for href in feeds)
