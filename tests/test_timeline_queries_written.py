"""Statements of lists that are written once a form: those that the ORM would have written for the filter itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_actor, make_dispute, make_event
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.prepared import ask
from timeline.queries.selecting import Chosen, find_ids, narrow
from timeline.queries.written import write_list, write_settled

pytestmark = pytest.mark.django_db

ACTORS = ((), ("a",), ("a", "b"), ("a", "nobody"))
ORDERS = {"newest": ("-on", "-id"), "oldest": ("on", "id"), "updated": ("-updated_at", "-id")}


def list_filters() -> list[EventFilter]:
    """Every form, with one value or two."""
    return [
        EventFilter("", actors, role, kinds, statuses, dispute, since, until, order)
        for actors, role, kinds, statuses, dispute, since, until, order in product(
            ACTORS, ("", "target"), ((), ("deal",), ("deal", "ruling")), ((), ("alleged",)), ("", "war"),
            (None, date(2020, 2, 3)), (None, date(2025, 2, 3)), ORDERS,
        )
    ]  # fmt: skip


def write_by_orm(asked: EventFilter, rows: int) -> tuple[str, list[Any]]:
    order = ORDERS[asked.order]
    found: Any = narrow(Event.objects.published(), asked, find_ids(asked)).order_by(*order)
    text, values = found.values_list("pk", order[0].removeprefix("-"))[:rows].query.sql_with_params()
    return text, list(values)


def test_a_statement_is_what_the_orm_writes() -> None:
    for slug in ("a", "b"):
        make_actor(slug.title())
    make_dispute("War")
    written = 0
    for asked in list_filters():
        found = write_list(asked, 3)
        assert found is None or found == write_by_orm(asked, 3)
        written += found is not None
    assert written > len(list_filters()) / 2


@pytest.mark.parametrize("asked", [EventFilter(q="x"), EventFilter(order="relevance")])
def test_words_are_asked_for_in_another_way(asked: EventFilter) -> None:
    assert write_list(asked, 3) is None


@pytest.mark.parametrize("order", ["newest", "oldest", "updated"])
def test_pages_follow_each_other_however_they_are_asked(client: Client, order: str) -> None:
    made = [make_event(on=date(2025, 1, 1 + n // 2)).pk for n in range(7)]
    place, found = f"/api/v1/events/?order={order}&kind=revocation&page_size=2&fields=id,participants", []
    while place:
        page = client.get(place).json()
        found += [row["id"] for row in page["results"]]
        place = page["next"]
    assert found == (made if order == "oldest" else made[::-1])


def test_a_settled_statement_finds_what_the_orm_finds() -> None:
    actors = [make_actor(slug.title()) for slug in ("a", "b")]
    war = make_dispute("War")
    for n in range(24):
        parts = [(actor, "target" if n % 3 else "initiator") for actor in actors[: 1 + n % 2]]
        make_event(
            f"Access {'denied' if n % 2 else 'given'} {n}", on=date(2018 + n % 8, 2, 3), kind=("deal", "ruling")[n % 2],
            status=("alleged", "confirmed")[n % 4 == 0], dispute=war if n % 5 else None, actors=parts,
        )  # fmt: skip
    matched = 0
    for asked, q in product(list_filters()[::3], ("access", "100% 'denied'", '"access denied"')):
        searched = replace(asked, q=q)
        chosen = find_ids(searched)
        found = {pk for (pk,) in ask(*write_settled(make_share, searched, chosen, given=[2]))}
        half = narrow(Event.objects.published(), searched, chosen).order_by().values_list("pk", flat=True)
        assert found == {pk for pk in half if pk % 2 == 0}
        matched += bool(found)
    assert matched > 100


def make_share(asked: EventFilter, chosen: Chosen, share: int) -> Any:
    return narrow(Event.objects.published(), asked, chosen).among_shares(share).order_by().values_list("pk")


def test_what_all_of_a_form_have_in_common_stands_in_its_statement() -> None:
    make_actor("A")
    asked = EventFilter(q="two words", actors=("a",), kinds=("deal",), since=date(2020, 1, 1), until=date(2020, 2, 1))
    text, values = write_settled(make_share, asked, find_ids(asked), given=[2**40])
    assert "= 'published'" in text
    assert text.count("%s") == len(values)
    assert str(2**40) in values
    assert "'two' & 'word'" in values
    other = replace(asked, q="others", kinds=("ruling",), until=date(2021, 2, 1))
    assert write_settled(make_share, other, find_ids(other), given=[4])[0] == text
