"""How PostgreSQL answers the named queries: by which index, at two sizes, whatever the parameter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from pytest_django import DjangoDbBlocker

from timeline.filters import EventFilter
from timeline.models import Actor, Event
from timeline.queries import counting, found
from timeline.queries.events import select_listed
from timeline.queries.paging import BY_DATE, BY_UPDATE, cut_page
from timeline.queries.prepared import write_array
from timeline.queries.selecting import Chosen, select_events
from timeline.queries.written import write_settled

SIZES = (1_000, 8_000)
TAKING_PART = "timeline_participation"
INDEXES = {
    "newest": {"event_published_by_date"},
    "deep": {"event_published_by_date", "event_state_by_date"},  # both hold what is published in this order
    "updated": {"event_published_by_update"},
    "dispute": {"event_dispute_by_date"},
    "rare actor": {"event_found"},
    "rare word": {"event_found"},
    "sample": {"event_sample"},
    "sampled word": {"event_sample_words", "event_sample"},
    "newest of a word": {"event_found"},
    "share": {"event_found"},
    "small share": {"event_eighth_found"},
    "eighth": {"event_eighth_found"},
}


@pytest.fixture(scope="module", params=SIZES)
def made_record(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[int]:
    """A synthetic record of that size; gone after the module."""
    with django_db_blocker.unblock():
        call_command("make_record", events=request.param, seed=5, stdout=StringIO())
        yield request.param
        tables = [name for name in connection.introspection.table_names() if name.startswith("timeline_")]
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("name", INDEXES)
def test_a_named_query_goes_by_its_index_and_reads_no_more_than_it_shows(made_record: int, name: str) -> None:
    plan = explain(make_query(name))
    nodes = list(walk(plan))
    assert INDEXES[name] & {node.get("Index Name") for node in nodes}
    assert not [node for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] == "timeline_event"]
    assert (
        sum(node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0) for node in nodes)
        < 300
    )


@pytest.mark.django_db
def test_roles_are_read_out_of_an_index_for_one_actor_or_more(made_record: int) -> None:
    actors = list(Actor.objects.order_by("pk").values_list("pk", flat=True)[:2])
    for ids in (actors[:1], actors):
        found = 'found AS MATERIALIZED (SELECT id FROM timeline_event WHERE "on" > %s)'
        plan = explain((f"WITH {found} SELECT {counting._ROLE}", ["2020-01-01", write_array(ids)]))
        indexes = {node.get("Index Name") for node in walk(plan) if node.get("Relation Name") == TAKING_PART}
        assert indexes == {"participation_unique_role"}


@pytest.mark.django_db
def test_relevance_weighs_no_more_than_the_newest(made_record: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.queries.found.RANK_CAP", 50)
    asked = EventFilter(q="access", order="relevance")
    assert select_events(asked).count() > 200
    assert len(select_listed(asked)) == 50


def make_query(name: str) -> QuerySet[Event]:
    """What the pages ask, a page of thirty."""
    everything = select_events(EventFilter())
    if name == "deep":
        place = everything.order_by("on", "id")[300]
        return first_statement(EventFilter(), f"{place.on}~{place.pk}")
    if name == "updated":
        return first_statement(EventFilter(order="updated"))
    if name == "dispute":
        return first_statement(EventFilter(dispute="dispute-3"))
    if name == "rare actor":
        return first_statement(EventFilter(actors=(Actor.objects.order_by("-pk")[0].slug,)))
    if name == "rare word":
        word = max(Event.objects.annotate(size=Length("title")).order_by("-size")[0].title.split()[3:], key=len)
        return first_statement(EventFilter(q=word))
    if name in ("newest of a word", "share", "small share", "eighth", "sampled word"):
        return make_part(name)
    if name == "sample":
        return everything.extra(where=["mod(id, 512) = 0"]).values("kind")
    return first_statement(EventFilter())


def make_part(name: str) -> Any:
    """What is looked at of a word, in words that are planned once for all words."""
    if name == "newest of a word":
        return found._write_newest("id", EventFilter(q="brung"), Chosen(), 31, "")
    make, *fixed = {
        "share": (counting._make_share, False),
        "small share": (counting._make_share, True),
        "eighth": (counting._make_small,),
        "sampled word": (counting._make_sample, 512),
    }[name]
    given = {"share": [4], "small share": [16]}.get(name, [])
    return write_settled(make, EventFilter(q="access"), Chosen(), *fixed, given=given)


def first_statement(asked: EventFilter, cursor: str = "") -> Any:
    """The statement by which the page's rows are chosen."""
    chosen: list[Any] = []

    class Noting(QuerySet):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            chosen.append(self)
            return iter(())

    rows = select_events(asked)
    rows.__class__ = type("Noted", (Noting, type(rows)), {})
    cut_page(rows, BY_UPDATE if asked.order == "updated" else BY_DATE, cursor, 30)
    return chosen[0]


def explain(rows: Any) -> dict[str, Any]:
    """The plan that was carried out, of a query, or of a statement the plan for all its values."""
    with connection.cursor() as cursor:
        if isinstance(rows, tuple):
            text, values = rows
            cursor.execute("PREPARE shown AS " + text.replace("%s", "${}").format(*range(1, len(values) + 1)))
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE shown ({', '.join(['%s'] * len(values))})", values)
        else:
            sql, given = rows.query.sql_with_params()
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", given)
        (told,) = cursor.fetchone()
        if isinstance(rows, tuple):
            cursor.execute("DEALLOCATE shown")
    return (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The node and all below it."""
    yield node
    for child in node.get("Plans", ()):
        yield from walk(child)
