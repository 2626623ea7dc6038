"""Loading a synthetic record by COPY: the one writer that leaves no history, for databases that hold nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import count, islice
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from timeline.errors import InvalidRecord
from timeline.models import Actor, Event, Revision
from timeline.services.tallies import count_tallies
from timeline.services.words import join_words
from timeline.synthetic import MadeEvent, Maker

BATCH = 5_000
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_TABLES = {
    "timeline_actor": "id created_at updated_at slug name kind title url state",
    "timeline_actorname": "id actor_id name position",
    "timeline_dispute": "id created_at updated_at slug title summary",
    "timeline_publisher": "id slug name host",
    "timeline_event": "id created_at updated_at slug title on precision kind status summary scope dispute_id state "
    "confidence by words actor_ids",
    "timeline_participation": "id event_id actor_id role position confidence by",
    "timeline_article": "id created_at updated_at url key publisher_id title author published_on by",
    "timeline_citation": "id event_id article_id position main reasons confidence by created_at",
    "timeline_quote": "id event_id text speaker_id on_behalf_of_id article_id position sentence confidence state by",
}
_BY = "synthetic"
Rows = dict[str, list[tuple[Any, ...]]]


def load_synthetic(*, maker: Maker, events: int) -> Iterator[int]:
    """Fill an empty record; yields how many events each batch added.

    Raises:
        InvalidRecord: the record holds events or actors already.
    """
    if Event.objects.exists() or Actor.objects.exists():
        raise InvalidRecord("Only an empty database can be filled with a synthetic record.")
    with transaction.atomic():
        _switch_triggers("DISABLE")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else millions of checks wait in memory for the commit
        _copy(_make_names(maker))
        numbers = {table: count(1) for table in _TABLES}
        made = maker.make_events(events)
        while batch := list(islice(made, BATCH)):
            _copy(_make_rows(batch, maker, numbers))
            yield len(batch)
        _set_sequences()
        _note_revisions()
        count_tallies()
    _settle()


def _settle() -> None:
    """What PostgreSQL would do by itself in the next minutes: statistics, and which pages all may see."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def _make_names(maker: Maker) -> Rows:
    actors = list(enumerate(maker.actors, 1))
    return {
        "timeline_actor": [
            (n, _AT, _AT, f"{slugify(name)}-{n}", name, "organization", "", "", "published") for n, name in actors
        ],
        "timeline_actorname": [(n, n, name, 0) for n, name in actors],
        "timeline_dispute": [(n, _AT, _AT, f"dispute-{n}", f"Dispute {n}", "") for n in range(1, maker.disputes + 1)],
        "timeline_publisher": [
            (n, f"{slugify(name)}-{n}", f"{name} {n}", _host(n)) for n, name in enumerate(maker.publishers, 1)
        ],
    }


def _make_rows(events: Iterable[MadeEvent], maker: Maker, numbers: dict[str, count[int]]) -> Rows:
    rows: Rows = {table: [] for table in _TABLES}
    for event in events:
        names = [maker.actors[actor] for actor, _ in event.actors]
        words = join_words(names, [text for text, _ in event.quotes])
        dispute = None if event.dispute is None else event.dispute + 1
        told = (event.title, event.on, "day", event.kind, event.status, event.summary, "", dispute)
        found = (words, sorted(actor + 1 for actor, _ in event.actors))
        at = datetime.combine(event.on, time(12), UTC)
        rows["timeline_event"].append((event.number, at, at, event.slug, *told, "published", 1.0, _BY, *found))
        for position, (actor, role) in enumerate(event.actors):
            number = next(numbers["timeline_participation"])
            rows["timeline_participation"].append((number, event.number, actor + 1, role, position, 1.0, _BY))
        articles = _add_articles(rows, event, numbers)
        for position, (text, speaker) in enumerate(event.quotes):
            number = next(numbers["timeline_quote"])
            rows["timeline_quote"].append(
                (number, event.number, text, speaker + 1, speaker + 1, articles[0], position, "", 1.0, "published", _BY)
            )
    return rows


def _add_articles(rows: Rows, event: MadeEvent, numbers: dict[str, count[int]]) -> list[int]:
    articles = []
    for position, (title, publisher) in enumerate(event.articles):
        number = next(numbers["timeline_article"])
        page = f"{_host(publisher + 1)}/{number}"
        key = hashlib.sha256(page.encode()).hexdigest()  # what `url_hash` gives for so plain an address
        rows["timeline_article"].append(
            (number, _AT, _AT, f"https://{page}", key, publisher + 1, title, "", event.on, _BY)
        )
        rows["timeline_citation"].append((number, event.number, number, position, True, "", 1.0, _BY, _AT))
        articles.append(number)
    return articles


def _host(publisher: int) -> str:
    return f"paper{publisher}.example"


def _copy(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            if not rows.get(table):
                continue
            names = ", ".join(f'"{name}"' for name in columns.split())
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


def _switch_triggers(how: str) -> None:
    """Turn the triggers that note revisions and count on or off, until the end of the transaction for all others."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table whose constraints wait to be checked is not altered
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {table}_note")
        cursor.execute(f"ALTER TABLE timeline_event {how} TRIGGER timeline_event_tally_insert")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _note_revisions() -> None:
    """What the triggers would have noted."""
    with connection.cursor() as cursor:
        for noun in Revision.Noun.values:
            cursor.execute(
                "INSERT INTO timeline_revision (noun, row_id, position, at) "  # noqa: S608
                f"SELECT %s, id, timeline_position(), now() FROM timeline_{noun}",
                [noun],
            )
    _switch_triggers("ENABLE")
