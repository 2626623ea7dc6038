"""One writer at a time where two would each add the same thing."""

from __future__ import annotations

from django.db import connection

_MATCHING = 7_301_204_511  # any constant: the name of the lock


def lock_matching() -> None:
    """Wait until no other transaction matches articles with events, until the end of this one.

    Without it two workers that read two articles on one new event would each propose it.
    Source: PostgreSQL, advisory locks at transaction level (pg_advisory_xact_lock).

    Raises:
        django.db.transaction.TransactionManagementError: there is no transaction.
    """
    connection.validate_no_broken_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MATCHING])
