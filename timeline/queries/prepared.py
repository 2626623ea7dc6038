"""Questions that PostgreSQL reads and plans once a connection, not each time.

To plan a question about events takes longer than to answer it: some twenty indexes are weighed, and the statistics of
all words read. So this is for questions whose best plan does not depend on their values: by id, or by words among few
months. The others stay the ORM's, which sends values as they are, so that the planner knows them. Connections are told
to keep one plan for all values where they are made (`aiwatch/database`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from weakref import WeakSet

from django.db import connection
from psycopg import Cursor
from psycopg.errors import DuplicatePreparedStatement, InvalidSqlStatementName

_unable: Final = WeakSet[Any]()  # connections whose pooler changes the session between two questions


def ask(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement, whose plan is kept and is the same for all values."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    line = connection.connection
    if connection.queries_logged or line in _unable:
        return ask_plainly(statement, values)
    with connection.wrap_database_errors:
        try:
            return _ask_prepared(line, statement, values)
        except (DuplicatePreparedStatement, InvalidSqlStatementName):
            _unable.add(line)
            if connection.in_atomic_block:
                raise
    return ask_plainly(statement, values)


def _ask_prepared(line: Any, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with Cursor(line) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


def ask_plainly(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is planned for these values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def write_array(numbers: Collection[float]) -> str:
    """Ids or other numbers as PostgreSQL writes an array: of one type, however large, so that it stays one question."""
    return "{" + ",".join(map(str, numbers)) + "}"
