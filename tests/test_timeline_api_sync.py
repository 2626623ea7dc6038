"""Following the record: a client that takes what changed ends with exactly what the server has.

By default some hundred random writes; with AIWATCH_FULL=1 two thousand.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from tests.factories import cite, make_actor, make_dispute, make_event, make_quote
from timeline import services
from timeline.errors import InvalidRecord
from timeline.models import Actor, Article, Dispute, Event, Participation
from timeline.services.revisions import prune_revisions

WRITES = 2000 if os.environ.get("AIWATCH_FULL") else 200
EVENTS = "/api/v1/events/?updated_since=2000-01-01&page_size=7"


class Follower:
    """A client that keeps a copy of a list, as the documentation tells."""

    def __init__(self, address: str, key: str = "id") -> None:
        self.client, self.address, self.key = Client(), address, key
        self.rows: dict[Any, Any] = {}
        self.told = 0

    def follow(self) -> None:
        """Take all that changed up to now."""
        following: str | None = self.address
        while following:
            answer = self.client.get(following)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            self.rows |= {row[self.key]: row for row in page["results"]}
            for row in page["removed"]:
                self.rows.pop(row[self.key], None)
            self.told += len(page["results"]) + len(page["removed"])
            self.address, following = _path(page["later"]), page["next"] and _path(page["next"])


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def read_all(address: str, key: str = "id") -> dict[Any, Any]:
    rows, client = {}, Client()
    following: str | None = address
    while following:
        page = client.get(following).json()
        rows |= {row[key]: row for row in page["results"]}
        following = page["next"] and _path(page["next"])
    return rows


@pytest.mark.django_db(transaction=True)
def test_a_change_is_told_once() -> None:
    one, _ = make_event("One"), make_event("Two")
    make_event("Hidden", state="proposed")
    follower = Follower(EVENTS)
    follower.follow()
    assert (follower.told, len(follower.rows)) == (2, 2)
    for title in ("Second", "Third"):
        services.correct_event(event_id=one.pk, values={"title": title}, by="editor")
    follower.follow()
    follower.follow()
    assert (follower.told, follower.rows[one.pk]["title"]) == (3, "Third")


@pytest.mark.django_db(transaction=True)
def test_what_is_gone_is_told_with_the_reason() -> None:
    one, two, three = (make_event(name, kind="deal") for name in ("One", "Two", "Three"))
    make_event("Never seen", state="withdrawn")
    follower = Follower(f"{EVENTS}&kind=deal")
    follower.follow()
    assert set(follower.rows) == {one.pk, two.pk, three.pk}
    services.withdraw_event(event_id=one.pk, by="editor", reason="Wrong.")
    services.merge_events(event_id=two.pk, into_id=three.pk, by="editor", reason="Same.")
    page = follower.client.get(follower.address).json()
    removed = {row["id"]: (row["reason"], row["into"] and row["into"]["slug"]) for row in page["removed"]}
    assert removed == {one.pk: ("withdrawn", None), two.pk: ("merged", three.slug)}
    follower.follow()
    services.correct_event(event_id=three.pk, values={"kind": "lawsuit"}, by="editor")
    page = follower.client.get(follower.address).json()
    assert [(row["id"], row["reason"]) for row in page["removed"]] == [(three.pk, "outside-the-filter")]


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_is_waited_for() -> None:
    """The row that was written first is committed last: a clock or a counter would pass it by."""
    early, late = make_event("Early"), make_event("Late")
    follower = Follower(EVENTS)
    follower.follow()
    wrote, finish = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            services.correct_event(event_id=early.pk, values={"title": "Early, changed"}, by="editor")
            wrote.set()
            finish.wait(60)
        connections.close_all()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert wrote.wait(60)
    services.correct_event(event_id=late.pk, values={"title": "Late, changed"}, by="editor")
    follower.follow()
    assert follower.rows[late.pk]["title"] == "Late"
    finish.set()
    thread.join()
    follower.follow()
    assert {row["title"] for row in follower.rows.values()} == {"Early, changed", "Late, changed"}


@pytest.mark.django_db(transaction=True)
def test_what_hangs_on_a_row_changes_it_too() -> None:
    vendor = make_actor("Vendor")
    war = make_dispute("War", sides=[(vendor, "No.")])
    event = make_event(actors=[(vendor, "target")], dispute=war)
    citation = cite(event)
    make_quote(event, vendor)
    follower = Follower(EVENTS)
    follower.follow()
    Actor.objects.filter(pk=vendor.pk).update(name="Seller")
    Article.objects.filter(pk=citation.article_id).update(title="Another title")
    Dispute.objects.filter(pk=war.pk).update(title="Peace")
    follower.follow()
    assert follower.rows == read_all("/api/v1/events/")
    for noun in ("actors", "disputes"):
        told = Follower(f"/api/v1/{noun}/?updated_since=2000-01-01", "slug")
        told.follow()
        assert told.rows == read_all(f"/api/v1/{noun}/", "slug")


@pytest.mark.django_db(transaction=True)
def test_a_restored_record_goes_on_after_the_last_place() -> None:
    """In another cluster transactions are counted anew; the base lifts them above what is there."""
    event = make_event("One")
    follower = Follower(EVENTS)
    follower.follow()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_revision SET position = position + 1000000000")
        cursor.execute("UPDATE aiwatch_cluster SET identifier = 1")
    restored = Follower(EVENTS)
    restored.follow()
    assert set(restored.rows) == {event.pk}
    services.correct_event(event_id=event.pk, values={"title": "Two"}, by="editor")
    restored.follow()
    assert restored.rows[event.pk]["title"] == "Two"


def write_at_random(seed: int, writes: int) -> None:
    """Change the record as editors and the pipeline do."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    try:
        for _ in range(writes):
            try:
                with transaction.atomic():
                    _write_one(chance)
            except (DatabaseError, InvalidRecord, Event.DoesNotExist):
                continue  # two writers met; the pipeline tries again, too
    finally:
        connections.close_all()


def _write_one(chance: random.Random) -> None:
    ids = list(Event.objects.published().values_list("pk", flat=True))
    what = chance.choice(("new", "new", "title", "title", "withdraw", "merge", "part", "actor", "nothing"))
    one, other = chance.choice(ids), chance.choice(ids)
    if what == "new":
        actor = chance.choice(list(Actor.objects.all()))
        make_event(f"E {chance.random()}", on=date(2025, 1, chance.randint(1, 28)), actors=[(actor, "target")])
    elif what == "title":
        services.correct_event(event_id=one, values={"title": f"T {chance.random()}"}, by="editor")
    elif what == "withdraw" and len(ids) > 10:
        services.withdraw_event(event_id=one, by="editor", reason="Wrong.")
    elif what == "merge" and len(ids) > 10 and one != other:
        services.merge_events(event_id=one, into_id=other, by="editor", reason="Same.")
    elif what == "part":
        Participation.objects.filter(event=one).update(role=chance.choice(("target", "affected", "subject")))
    elif what == "actor":
        Actor.objects.filter(slug=f"a-{chance.randint(0, 4)}").update(name=f"N {chance.random()}")


@pytest.fixture
def writers() -> Iterator[list[threading.Thread]]:
    """Three writers, not started yet; they have ended after the test."""
    found = [threading.Thread(target=write_at_random, args=(seed, WRITES // 3 + 1)) for seed in range(3)]
    yield found
    for thread in found:
        if thread.is_alive():
            thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("megabytes", [0, 16])
def test_a_follower_of_a_record_that_changes_ends_with_all_of_it(
    writers: list[threading.Thread], settings: Any, megabytes: int
) -> None:
    """Where rows are held, notes of less than a day are not forgotten; where they are not, they may be at once."""
    settings.ROWS_MEGABYTES = megabytes
    actors = [make_actor(f"Actor {n}", slug=f"a-{n}") for n in range(5)]
    for n in range(20):
        make_event(f"Event {n}", actors=[(actors[n % 5], "target")])
    events = Follower(EVENTS)
    narrow = Follower(f"{EVENTS}&actor=a-1&role=target")
    for thread in writers:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        events.follow()
        narrow.follow()
        read_all("/api/v1/events/?page_size=200")
        prune_revisions(after=timedelta(days=1 if megabytes else 0))
    events.follow()
    narrow.follow()
    assert events.rows == read_all("/api/v1/events/?page_size=200")
    assert narrow.rows == read_all("/api/v1/events/?page_size=200&actor=a-1&role=target")
