"""Questions that are planned once, and search, which asks them: the same answers however they are asked."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from psycopg.errors import InvalidSqlStatementName

from tests.factories import make_actor, make_clause, make_event, make_quote
from timeline.filters import EventFilter
from timeline.models import Quote
from timeline.queries.plain import search, weighed
from timeline.queries.plain.wanted import Wanted, fetch
from timeline.queries.prepared import ask, write_array
from timeline.queries.shares import Shares

WANTED = Wanted(search.FIELDS, base="https://x.example")


def count_plans(part: str) -> list[int]:
    """How often each prepared statement with that part was answered by the plan that it keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans::int FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [part])
        return [number for (number,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_question_is_planned_once_for_all_values() -> None:
    for number in (1, 2**40, 3):
        assert ask("SELECT unnest(%s::bigint[]) + 1", [write_array([number])]) == [(number + 1,)]
    assert count_plans("unnest($1::bigint[]) + 1") == [3]
    with CaptureQueriesContext(connection) as asked:
        assert ask("SELECT %s::int", [7]) == [(7,)]
    assert asked.captured_queries[0]["sql"] == "SELECT 7::int"


@pytest.mark.django_db(transaction=True)
def test_a_session_that_forgets_its_questions_is_asked_plainly() -> None:
    connection.close()  # a connection of its own, which this test spoils
    assert ask("SELECT %s::int", [1]) == [(1,)]
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    assert ask("SELECT %s::int", [2]) == [(2,)]
    assert ask("SELECT %s::int", [3]) == [(3,)]
    assert count_plans("$1::int") == []
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_long_lists_of_ids_go_out_while_long_answers_come_in() -> None:
    """Who sends all before he reads waits for a server that waits for him."""
    found: list[int] = []

    def ask_for_all() -> None:
        statement = "SELECT id, repeat('x', 50) FROM unnest(%s::bigint[]) AS id"
        found.extend(len(rows) for rows in fetch([statement] * 3, range(100_000)))
        connection.close()

    asking = Thread(target=ask_for_all, daemon=True)
    asking.start()
    asking.join(60)
    assert found == [100_000] * 3


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_the_failure_is_told() -> None:
    connection.close()
    assert ask("SELECT %s::int", [1]) == [(1,)]
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    with pytest.raises(ProgrammingError) as raised, transaction.atomic():
        ask("SELECT %s::int", [2])
    assert isinstance(raised.value.__cause__, InvalidSqlStatementName)
    connection.close()


@pytest.fixture
def told() -> None:
    vendor = make_actor("Access Corp")
    for n in range(1, 8):
        event = make_event("Access" if n % 3 else "Other", summary=f"word {'access ' * n}", on=date(2025, 1, n))
        make_quote(event, vendor, f"We {'deny access' if n % 2 else 'say nothing'} {n}.")
        make_clause(event, vendor, f"No access for rivals {n}.")
    make_event("Hidden access", state="proposed")


def find(q: str, **more: Any) -> list[tuple[str, int, float]]:
    page = search.search_all(EventFilter(q=q, **more), (), WANTED, size=50)
    return [(row["type"], row["id"], row["score"]) for row in page.rows]


@pytest.mark.django_db
def test_search_finds_the_same_in_large_records_and_beside_a_filter(
    told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = find("access")
    assert {kind for kind, _, _ in small} == {"event", "actor", "quote", "clause"}
    assert find("access", since=date(2000, 1, 1)) == small
    monkeypatch.setattr(weighed, "is_small", lambda: False)
    assert find("access") == small
    assert len(find("access", until=date(2025, 1, 2))) == 2 + 1 + 1 + 2


@pytest.mark.django_db
def test_search_weighs_the_newest_events_and_quotes_of_these(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighed, "_BY_INDEX", weighed._BY_INDEX.replace("LIMIT 800", "LIMIT 3"))
    found = find("access")
    assert [kind for kind, _, _ in found if kind in ("event", "quote")].count("event") == 3
    assert [kind for kind, _, _ in found].count("quote") == 2  # of the fifth and the seventh


@pytest.mark.django_db
def test_a_type_that_is_named_twice_is_listed_once_and_pages_follow_each_other(told: None) -> None:
    def search_page(types: list[str], size: int, cursor: str = "") -> Any:
        return search.search_all(EventFilter(q="access"), types, WANTED, cursor=cursor, size=size)

    whole = search_page(["event", "quote"], 50)
    assert search_page(["quote", "event", "quote"], 50).rows == whole.rows
    first, last = search_page(["event", "quote"], 4), search_page(["event", "quote"], 50, "4")
    assert (first.next, last.previous, last.next) == ("4", "0", "")
    assert first.rows + last.rows == whole.rows


@pytest.mark.django_db
def test_what_a_quote_is_found_by_is_not_read_with_it(told: None) -> None:
    assert all(quote.get_deferred_fields() == {"search"} for quote in Quote.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("most", [3, 5, 12, 30])
def test_a_frequent_word_is_looked_for_among_the_newest_and_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch, settings: Any, most: int
) -> None:
    for month in range(1, 7):
        for day in (1, 28):
            make_event("Access", summary="access " * (day % 5 + month), on=date(2025, month, day))
        make_event("Other", on=date(2025, month, 15))
    make_event("Hidden access", on=date(2025, 9, 1), state="proposed")
    for name in ("_BY_INDEX", "_ON_THE_WAY"):
        monkeypatch.setattr(weighed, name, getattr(weighed, name).replace("LIMIT 800", f"LIMIT {most}"))
    by_index = find("access")
    assert len(by_index) == min(most, 12)
    monkeypatch.setattr(weighed, "_is_frequent", lambda q: True)
    for settings.ROWS_MEGABYTES in (0, 16):
        assert find("access") == by_index


@pytest.mark.django_db
def test_what_is_frequent_is_told_by_share_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = Shares(5000, {"access": 0.5, "deal": 0.2})
    assert [shares.guess_share(q) for q in ("Accessing", "access denied", "x")] == [0.5, 0, 0]
    monkeypatch.setattr(weighed, "read_shares", lambda: shares)
    assert [weighed._is_frequent(q) for q in ("access", "deal", "rare")] == [True, False, False]
    monkeypatch.setattr(weighed, "read_shares", lambda: Shares(100_000, {"deal": 0.2}))
    assert weighed._is_frequent("deals")
