"""What ranks too low for a page is not read, and the page is the same."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_actor, make_clause, make_event, make_quote
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.queries.plain import search, weighed
from timeline.queries.plain.wanted import Wanted
from timeline.queries.stems import read_query

WANTED = Wanted(search.FIELDS, base="https://x.example")
WORDS = ("access", "terms", "model", "vendor", "cut")
FORMS = ("{}", "{} or {}", "{} {}", '"{} {}"', "{} -{}", "-{}", "{} or {} {}", "{} or -{}", '{} or "{} {}"', "{} or {}")
BAR = str(weighed._MOST_OF_PLAIN)


def write_text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice((*WORDS, "and", f"filler{chance.randrange(50)}")) for _ in range(words))


@pytest.fixture
def told() -> None:
    chance = random.Random(5)  # noqa: S311  (no secret)
    vendor = make_actor("Vendor")
    for number in range(40):
        title, summary = write_text(chance, number % 2 * 3) or "Title", write_text(chance, chance.randrange(20, 200))
        event = make_event(title, slug=f"event-{number}", summary=summary)
        for _ in range(chance.randrange(3)):
            make_quote(event, vendor, write_text(chance, chance.randrange(1, 6)))
        make_clause(event, vendor, write_text(chance, chance.randrange(1, 20)))


def list_pages(monkeypatch: pytest.MonkeyPatch, bar: str = BAR) -> list[list[Any]]:
    """Pages of many questions, in which quotes and clauses are read where the last event ranks under the bar."""
    monkeypatch.setattr(search, "BAR", weighed.BAR.replace(BAR, bar))
    search._write.cache_clear()
    pages, chance = [], random.Random(6)  # noqa: S311  (no secret)
    for number in range(300):
        q = FORMS[number % len(FORMS)].format(*chance.sample(WORDS, 3))
        types = chance.choice(((), (), ("event", "quote"), ("clause", "event"), ("quote",)))
        size, start = chance.choice((1, 3, 8, 20)), chance.choice(("", "", "2", "9"))
        pages.append(search.search_all(EventFilter(q=q), types, WANTED, cursor=start, size=size).rows)
    search._write.cache_clear()
    return pages


@pytest.mark.django_db
def test_pages_are_the_same_whether_what_cannot_stand_on_them_is_read(
    told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_read = list_pages(monkeypatch, "2")
    assert list_pages(monkeypatch) == all_read
    assert {row["type"] for page in all_read for row in page} == {"event", "quote", "clause", "actor"}
    assert list_pages(monkeypatch, "0.02") != all_read  # some of them stand that high


@pytest.mark.django_db
def test_pages_are_the_same_of_what_is_held(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list_pages(monkeypatch)
    monkeypatch.setattr(weighed, "_is_frequent", lambda q: True)
    ranked = count_rankings(monkeypatch)
    assert list_pages(monkeypatch) == read
    assert 0 < len(ranked) == len(set(ranked)) < 200  # of 300 questions


@pytest.mark.django_db
def test_what_is_held_is_of_the_record_as_it_is(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def list_slugs() -> list[str]:
        found = search.search_all(EventFilter(q="access"), ["event"], WANTED, size=3)
        return [row["slug"] for row in found.rows]

    monkeypatch.setattr(weighed, "_is_frequent", lambda q: True)
    before = list_slugs()
    event = make_event("Access", slug="best")
    assert list_slugs() == ["best", *before[:2]]
    ranked = count_rankings(monkeypatch)
    Event.objects.filter(pk=event.pk).update(state=Event.State.WITHDRAWN)
    assert list_slugs() == list_slugs() == before
    assert len(ranked) == 1


@pytest.mark.django_db
def test_a_change_lets_go_only_what_was_ranked_before_it(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(q: str) -> None:
        search.search_all(EventFilter(q=q), ["event"], WANTED, size=3)

    monkeypatch.setattr(weighed, "_is_frequent", lambda q: True)
    look("terms")
    make_event("Access", slug="newest")
    look("access")
    ranked = count_rankings(monkeypatch)
    look("terms")
    look("access")
    assert ranked == [read_query("terms")]


@pytest.mark.django_db
def test_a_record_that_never_rests_is_searched_without_what_is_held(
    told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_then_change(*given: Any, **named: Any) -> Any:
        weighed_now = weigh(*given, **named)
        made.append(make_event("Access", slug=f"made-{len(made)}").slug)
        return weighed_now

    made, weigh = list[str](), search.weigh_newest
    monkeypatch.setattr(weighed, "_is_frequent", lambda q: True)
    monkeypatch.setattr(search, "weigh_newest", read_then_change)
    found = search.search_all(EventFilter(q="access"), ["event"], WANTED, size=3)
    assert [row["slug"] for row in found.rows] == made[::-1] == ["made-2", "made-1", "made-0"]


def count_rankings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of each ranking of events that is made from now on."""
    asked, ask = list[str](), weighed.ask

    def rank(statement: str, values: Any) -> Any:
        asked.append(read_query(values[0]))
        return ask(statement, values)

    monkeypatch.setattr(weighed, "ask", rank)
    return asked


@pytest.mark.django_db
def test_what_cannot_stand_on_a_page_is_not_read(told: None) -> None:
    for number in range(5):
        make_event("Access", slug=f"access-{number}")
    found = ", ".join((weighed.ASKED, weighed._BY_INDEX, weighed._BEST, weighed.BAR))
    asked = [("access", 4, False), ("access or terms", 4, False), ("access", 60, True), ("access -terms", 4, True)]
    for q, last, expected in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {found} SELECT is_low FROM bar", [q, last, last])  # noqa: S608  (ours)
            assert cursor.fetchone() == (expected,), q


@pytest.mark.django_db
def test_nothing_without_weights_ranks_above_the_bar() -> None:
    chance = random.Random(7)  # noqa: S311  (no secret)
    texts = [write_text(chance, words) for words in (1, 2, 3, 5, 9, 20) for _ in range(150)]
    texts += [" ".join([word] * times) for word in WORDS for times in (1, 2, 3, 9)]
    best = (
        "SELECT max(ts_rank(to_tsvector('english', text), websearch_to_tsquery('english', %s), 1))"
        " FROM unnest(%s::text[]) AS text"
    )
    for q in ("access", "access or terms", "-access", "access or access", "model or cut or terms or -vendor"):
        with connection.cursor() as cursor:
            cursor.execute(best, [q, texts])
            assert cursor.fetchone()[0] <= weighed._MOST_OF_PLAIN
            cursor.execute(best, ["access", texts])
            assert cursor.fetchone()[0] > weighed._MOST_OF_PLAIN - 0.001  # it is as low as it may be
