"""Statements of lists that are written once a form: those that the ORM would have written for the filter itself."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_actor, make_dispute, make_event
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.selecting import find_ids, narrow
from timeline.queries.written import write_list

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
