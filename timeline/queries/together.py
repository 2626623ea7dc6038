"""Prepared statements (`queries.prepared`), several of them in one go.

To plan the nine statements of an event's page takes PostgreSQL ten times as long as to answer them. They are sent
straight to libpq, as the record's version is: psycopg's cursors would take longer than the questions. Where that does
not work out, the connection is closed and whoever asked asks plainly: behind a pooler that changes the session, or
after a migration that changed what a plan gives. Inside a transaction, which an error would end, it is not tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

from timeline.queries.prepared import ask, ask_plainly

MOST: Final = 200  # statements that a connection is taught
_THERE_ALREADY: Final = b"42P05"  # SQLSTATE: a pooler gave us a session that knows the name, which is one statement's
_known: Final = WeakKeyDictionary[Any, set[bytes]]()  # by connection, the names that it was taught

Question = tuple[str, Sequence[str]]  # a statement with %s, and its values as PostgreSQL reads them
Rows = list[tuple[Any, ...]]


def ask_one(statement: str, values: Sequence[Any]) -> Rows:
    """The rows of a statement by itself, as `prepared.ask` gives them, for a third less of Python. Values that are no
    texts have to read as PostgreSQL writes them: numbers and days."""
    found = ask_together([(statement, [str(value) for value in values])])
    return ask(statement, values) if found is None else found[0]


def ask_all(questions: Sequence[Question]) -> list[Rows]:
    """The rows of each statement, asked together or, where that does not work out, one after the other."""
    found = ask_together(questions)
    return [ask_plainly(*question) for question in questions] if found is None else found


def ask_together(questions: Sequence[Question]) -> list[Rows] | None:
    """The rows of each statement; None where they have to be asked for plainly."""
    if connection.in_atomic_block or connection.queries_logged:
        return None
    connection.ensure_connection()
    line = connection.connection
    named = [(*_name(statement), values) for statement, values in questions]
    try:
        if not _teach(line, [(name, text) for name, text, _ in named]):
            return None
        results = _run(line.pgconn, [(name, values) for name, _, values in named])
    except psycopg.Error:  # the connection is lost, or what is still to come on it
        connection.close()
        return None
    if len(results) < len(named) or any(result.status != ExecStatus.TUPLES_OK for result in results):
        connection.close()
        return None
    return [_load(line, result) for result in results]


@lru_cache(maxsize=MOST)
def _name(statement: str) -> tuple[bytes, bytes]:
    """The statement's name, which is that of no other, and its text with numbered parameters."""
    first, *rest = statement.replace("%%", "%").split("%s")
    text = first + "".join(f"${number}{part}" for number, part in zip(count(1), rest, strict=False))
    return b"aiwatch_" + blake2b(text.encode(), digest_size=12).hexdigest().encode(), text.encode()


def _teach(line: Any, named: Sequence[tuple[bytes, bytes]]) -> bool:
    """Tell the connection the statements that it does not know; whether it knows them now."""
    server = line.pgconn
    known = _known.setdefault(line, set())
    for name, text in named:
        if name in known:
            continue
        if len(known) >= MOST:
            return False
        told = server.prepare(name, text)
        there = told.error_field(DiagnosticField.SQLSTATE) == _THERE_ALREADY
        if told.status != ExecStatus.COMMAND_OK and not there:
            return False
        known.add(name)
    return True


def _run(server: Any, named: Sequence[tuple[bytes, Sequence[str]]]) -> list[Any]:
    """The results of the statements, which are sent in one go."""
    server.enter_pipeline_mode()
    for name, values in named:
        server.send_query_prepared(name, [value.encode() for value in values])
    server.pipeline_sync()
    results: list[Any] = []
    while server.status == ConnStatus.OK:
        _wait(server)
        found = server.get_result()  # None after each
        if found is not None and found.status == ExecStatus.PIPELINE_SYNC:
            break
        results += [] if found is None else [found]
    server.exit_pipeline_mode()
    return results


def _wait(server: Any) -> None:
    """Until the next result is there. Asked for before, libpq would wait for it itself, and with it all our threads.
    Long lists of ids go out meanwhile: PostgreSQL takes no more of them until somebody reads its answers."""
    asked = poll()
    while server.is_busy():
        asked.register(server.socket, POLLIN | POLLOUT if server.flush() else POLLIN)
        asked.poll()
        server.consume_input()


def _load(line: Any, result: Any) -> Rows:
    """The rows as psycopg reads them."""
    reader = Transformer(line)
    reader.set_pgresult(result)
    rows: Rows = reader.load_rows(0, result.ntuples, tuple)
    return rows
