"""What becomes of mails that are handed over one after the other, written while the server is busy with the next.

    written while mail n is handed over: n-1 was taken, n+1 begins (one commit)

So the disk is waited for while the mail server works, and still each mail's `sending` is committed before it is handed
over. A worker that is killed leaves at most one mail that the server took and that is not noted: what was sent to
PostgreSQL is committed by it, whether the worker lives or not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from digests.models import Delivery

_BEGIN: Final = """
    UPDATE digests_delivery SET state = 'sending' FROM digests_subscription
    WHERE digests_delivery.id = %s AND digests_delivery.state = 'pending' AND due_at = %s
    AND digests_subscription.id = subscription_id AND digests_subscription.state = 'active'"""
_FINISH: Final = """
    UPDATE digests_delivery SET state = 'sent', sent_at = %s, due_at = NULL, error = '', tries = tries + 1
    WHERE id = %s AND due_at = %s"""


class Ledger:
    """To be closed, so that the last mail is noted too. Between `start` and `settle` nothing else may be asked of the
    database over this thread's connection.
    """

    def __init__(self) -> None:
        self._taken: tuple[datetime, int, datetime | None] | None = None
        self._running = False

    def note_taken(self, delivery: Delivery, now: datetime) -> None:
        """The server took the mail; written by the next `start` or by `close`."""
        self._taken = (now, delivery.pk, delivery.due_at)

    def start(self, following: Delivery | None) -> None:
        """Have it written that the mail noted last was taken and that `following` begins; do not wait for it."""
        parts: list[tuple[str, tuple[Any, ...]]] = []
        if self._taken is not None:
            parts.append((_FINISH, self._taken))
        if following is not None:
            parts.append((_BEGIN, (following.pk, following.due_at)))
        self._taken = None
        if parts:
            self._send(parts)

    def settle(self) -> bool:
        """Wait until that is committed. Whether `following` may be handed over: its claim still holds, and its reader
        did not leave.
        """
        if not self._running:
            return False
        self._running = False
        with connection.wrap_database_errors:
            results = list(iter(connection.connection.pgconn.get_result, None))
            for result in results:
                if result.status != ExecStatus.COMMAND_OK:
                    raise error_from_result(result)
        return bool(results[-1].command_tuples)

    def close(self) -> None:
        """Have all of it committed."""
        self.settle()
        self.start(None)
        self.settle()

    def _send(self, parts: list[tuple[str, tuple[Any, ...]]]) -> None:
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            query = ";".join(cursor.mogrify(sql, values) for sql, values in parts)
        pgconn = connection.connection.pgconn
        with connection.wrap_database_errors:
            pgconn.send_query(query.encode())
            self._running = True
            while pgconn.flush():  # a few hundred bytes: the socket takes them at once
                continue
