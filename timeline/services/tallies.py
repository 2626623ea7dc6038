"""Keeping the numbers of public events small, and right."""

from __future__ import annotations

from django.db import connection

_GATHER = """
    WITH gone AS (DELETE FROM timeline_tally RETURNING month, kind, status, actor_id, number)
    INSERT INTO timeline_tally (month, kind, status, actor_id, number)
    SELECT month, kind, status, actor_id, sum(number) FROM gone GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0
"""
_COUNT = "SELECT timeline_tally_all()"


def gather_tallies() -> None:
    """Make one row of all that tell of the same; readers see the rows before or the one after."""
    with connection.cursor() as cursor:
        cursor.execute(_GATHER)


def count_tallies() -> None:
    """Count all events anew, in place of what was noted: after they were loaded past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM timeline_tally")
        cursor.execute(_COUNT)
