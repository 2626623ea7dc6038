"""Statements that PostgreSQL knows by name give what they give when asked plainly, whatever became of the session."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from tests.factories import make_actor, make_event
from timeline.queries.entries import read_entries
from timeline.queries.plain.wanted import fetch
from timeline.queries.together import ask_together

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = "SELECT id, title FROM timeline_event WHERE title LIKE '%%t' AND id = ANY(%s)"


def ask(pk: int) -> list[object] | None:
    return ask_together([(TITLES, [f"{{{pk}}}"]), ("SELECT %s || %s", ["a", "ü"])])  # type: ignore[return-value]


def test_all_are_asked_at_once_and_read_as_psycopg_reads_them() -> None:
    event = make_event("First")
    for _ in range(2):
        assert ask(event.pk) == [[(event.pk, "First")], [("aü",)]]
    assert fetch([TITLES], [event.pk]) == [[(event.pk, "First")]]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_session_that_forgot_them_is_asked_plainly_and_taught_again() -> None:
    event = make_event("First", actors=[(make_actor("Vendor"), "initiator")])
    before = read_entries([event.pk])
    assert ask(event.pk) is not None
    run("DISCARD ALL")  # as poolers do
    assert read_entries([event.pk]) == before
    assert ask(event.pk) is not None


def test_a_plan_that_gives_something_else_now_is_made_anew() -> None:
    things = "SELECT * FROM thing WHERE id = ANY(%s)"
    run("CREATE TABLE thing AS SELECT 1 AS id")
    assert fetch([things], [1]) == [[(1,)]]
    run("ALTER TABLE thing ADD name text DEFAULT 'x'")
    assert fetch([things], [1]) == [[(1, "x")]]
    assert ask_together([(things, ["{1}"])]) == [[(1, "x")]]
    run("DROP TABLE thing")


def test_a_lost_connection_is_made_anew() -> None:
    event = make_event("First")
    before = read_entries([event.pk])
    connection.connection.pgconn.finish()
    assert read_entries([event.pk]) == before


def test_a_fault_leaves_the_connection_as_it_was() -> None:
    event = make_event("First")
    assert ask_together([("SELECT 1 / (%s::int - 1)", ["1"]), (TITLES, ["{1}"])]) is None
    assert ask_together([("SELECT nonsense(%s)", ["1"])]) is None
    assert ask(event.pk) == [[(event.pk, "First")], [("aü",)]]


def test_none_are_used_inside_a_transaction() -> None:
    event = make_event("First")
    with transaction.atomic():
        assert ask(event.pk) is None
        assert fetch([TITLES], [event.pk]) == [[(event.pk, "First")]]


def test_other_threads_go_on_while_the_database_works() -> None:
    asked = [("SELECT pg_sleep(0.3)::text", [])]
    assert ask_together(asked) is not None  # the connection knows it now
    ended, counted = threading.Event(), []

    def count() -> None:
        while not ended.wait(0.005):
            counted.append(1)

    counting = threading.Thread(target=count)
    counting.start()
    ask_together(asked)
    ended.set()
    counting.join()
    assert len(counted) > 3
