"""The version of the record: one number, which every committed change replaces by another."""

from __future__ import annotations

from typing import Any, Final
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

VERSION: Final = "SELECT bit_xor(stamp) FROM timeline_version"  # no row: nothing was ever written
_QUESTION: Final = VERSION.encode()
_NAME: Final = b"aiwatch_version"
_GONE: Final = b"26000"  # SQLSTATE: no prepared statement of that name, as where a pooler changed the session
_prepared: Final = WeakSet[Any]()  # connections that know the question by its name


def get_version() -> int:
    """The record's version. What is read after it is as new as it, or newer; no version ever comes back.

    It is the first question of most requests, so it also stands for Django's check that the connection is alive: one
    that broke since the last request is made anew.
    """
    line = connections[DEFAULT_DB_ALIAS]
    if line.connection is None or line.in_atomic_block:
        return _ask(line)
    line.health_check_done = True  # type: ignore[attr-defined]  # django-stubs lacks it
    try:
        return _ask(line)
    except OperationalError:
        line.close()
        return _ask(line)


def trust_connection() -> None:
    """Spare Django its check that the connection is alive: the version was just asked for."""
    connections[DEFAULT_DB_ALIAS].health_check_done = True  # type: ignore[attr-defined]


def let_go() -> None:
    """What Django does after each request: close the connection when it is older than it may get."""
    line = connections[DEFAULT_DB_ALIAS]
    if not line.in_atomic_block:
        line.close_if_unusable_or_obsolete()


def _ask(line: BaseDatabaseWrapper) -> int:
    """Straight to libpq: a cursor would cost more than the question, which stands before every answer."""
    line.ensure_connection()
    server = line.connection.pgconn
    if server.status != ConnStatus.OK:
        raise OperationalError("The connection is lost.")
    with line.wrap_database_errors:
        found = server.exec_(_QUESTION) if line.in_atomic_block else _ask_prepared(line.connection)
    if found.status != ExecStatus.TUPLES_OK:
        raise OperationalError(found.error_message.decode(errors="replace"))
    return int(found.get_value(0, 0) or 0)


def _ask_prepared(connection: Any) -> Any:
    """The question by its name: PostgreSQL has read and planned it already, which is half of its cost."""
    server = connection.pgconn
    if connection not in _prepared:
        server.prepare(_NAME, _QUESTION)
        _prepared.add(connection)
    found = server.exec_prepared(_NAME, [])
    if found.status == ExecStatus.FATAL_ERROR and found.error_field(DiagnosticField.SQLSTATE) == _GONE:
        _prepared.discard(connection)
        return server.exec_(_QUESTION)
    return found
