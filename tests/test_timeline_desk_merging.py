"""Merging and splitting at the editors' desk."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.desks import make_proposal, press, sign_in
from tests.factories import cite, make_actor, make_article, make_event
from timeline.models import Event, Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client)


def test_a_proposal_is_merged_and_taken_apart_again(desk: Client) -> None:
    event, into = make_proposal(), make_event("The known event")
    answer = press(desk, event, "merge", into=str(into.pk))
    assert answer["Location"] == reverse("desk-case", args=[into.pk])
    assert Redirect.objects.get(slug=event.slug).to == into
    page = desk.get(answer["Location"]).content.decode()
    undo = BeautifulSoup(page, "html.parser").select_one(".messages form")
    assert undo is not None
    desk.post(str(undo["action"]))
    event.refresh_from_db()
    assert (event.state, event.citations.count(), Redirect.objects.count()) == ("proposed", 1, 0)


@pytest.mark.parametrize("q", ["knwon event", "the known", "https://site.example/events/2025-08-01-the-known-event/"])
def test_the_event_to_merge_into_is_found_by_words_or_address(desk: Client, q: str) -> None:
    make_actor("known")
    event, into = make_proposal(), make_event("The known event")
    found = desk.get(reverse("desk-find", args=[event.pk]), {"q": q}).content.decode()
    assert f'value="{into.pk}" checked' in found
    whole = press(desk, event, "merge", q=q).content.decode()
    assert f'value="{into.pk}" checked' in whole


@pytest.mark.parametrize(
    ("q", "told"),
    [
        ("", "choose the event to merge into"),
        ("zzzzqqqq", "no event on record fits “zzzzqqqq”"),
        ("known", "choose which of the events found is meant"),
    ],
)
def test_merging_with_nothing_chosen_says_so(desk: Client, q: str, told: str) -> None:
    event, other = make_proposal(), make_event("The known event", on=date(2020, 1, 1))
    page = press(desk, event, "merge", q=q).content.decode()
    assert told in page
    assert (f'name="into" value="{other.pk}"' in page) is (q == "known")
    event.refresh_from_db()
    assert event.state == "proposed"


@pytest.mark.parametrize("q", ["zzzzqqqq", ""])
def test_words_of_no_event_find_none_to_merge_into(desk: Client, q: str) -> None:
    event, other = make_proposal(), make_event("The known event", on=date(2020, 1, 1))
    assert f'value="{other.pk}"' not in desk.get(reverse("desk-find", args=[event.pk]), {"q": q}).content.decode()


def test_a_public_event_does_not_vanish_in_a_proposal(desk: Client) -> None:
    event, into = make_event(), make_proposal()
    press(desk, event, "merge", into=str(into.pk))
    event.refresh_from_db()
    assert event.state == "published"


def test_articles_are_split_off(desk: Client) -> None:
    event = make_proposal()
    other = cite(event, make_article("Another story")).article
    press(desk, event, "split", article=str(other.pk), title="The other", reason="two stories")
    assert Event.objects.get(title="The other").citations.get().article == other
