"""The version of the record: one number, which every committed change replaces by another."""

from __future__ import annotations

from django.db import OperationalError, connection
from psycopg.pq import ConnStatus, ExecStatus

_QUESTION = b"SELECT bit_xor(stamp) FROM timeline_version"


def get_version() -> int:
    """The record's version. What is read after it is as new as it, or newer; no version ever comes back.

    It is the first question of most requests, so it also stands for Django's check that the connection is alive: one
    that broke since the last request is made anew.
    """
    if connection.connection is None or connection.in_atomic_block:
        return _ask()
    connection.health_check_done = True  # type: ignore[attr-defined]  # django-stubs lacks it
    try:
        return _ask()
    except OperationalError:
        connection.close()
        return _ask()


def _ask() -> int:
    """Straight to libpq: a cursor would cost more than the question, which stands before every answer."""
    connection.ensure_connection()
    line = connection.connection.pgconn
    if line.status != ConnStatus.OK:
        raise OperationalError("The connection is lost.")
    found = line.exec_(_QUESTION)
    if found.status != ExecStatus.TUPLES_OK:
        raise OperationalError(found.error_message.decode(errors="replace"))
    return int(found.get_value(0, 0) or 0)  # no row: nothing was ever written
