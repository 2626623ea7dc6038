"""Keeping the notes of what changed small."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

# Not new ones: how many notes an event has is part of its stamp (queries/stamps.py).
_SUPERSEDED = """
    DELETE FROM timeline_revision r USING timeline_revision n
    WHERE n.noun = r.noun AND n.row_id = r.row_id AND n.position > r.position AND n.position < timeline_horizon()
    AND n.at < now() - make_interval(secs => %(seconds)s) AND r.at < now() - make_interval(secs => %(seconds)s)
"""


def prune_revisions(after: timedelta = timedelta(days=1)) -> int:
    """Forget the notes that a later one of the same row replaces, which no reader takes any more.

    Args:
        after: so old both notes are at least.

    Returns:
        How many were forgotten.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDED, {"seconds": after.total_seconds()})
        return int(cursor.rowcount)
