"""The backend that settings.DATABASES names; Django asks for a module of this name."""

import time
from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base, client

from aiwatch import embedded
from aiwatch.servers import POSTGRES_PROGRAMS

_TRUSTED_SECONDS = 1.0
_NEVER = 2**31  # times that a question is asked before it is prepared without anybody's asking for that


class DatabaseClient(client.DatabaseClient):
    """The shell of `manage.py dbshell`; the wheel has one that fits its server."""

    executable_name = str(POSTGRES_PROGRAMS / "psql")

    def runshell(self, parameters: Any) -> None:
        embedded.hold()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; the embedded servers run from the first connection until the process ends."""

    client_class = DatabaseClient
    _checked_at = -_TRUSTED_SECONDS

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        embedded.hold()
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """What is prepared (timeline/queries/prepared.py) keeps one plan for all values; nothing else is prepared."""
        super().init_connection_state()
        self.connection.prepare_threshold = _NEVER
        self.connection.execute("SET plan_cache_mode = force_generic_plan")

    def is_usable(self) -> bool:
        """Whether the connection is alive: asked of the server once a second, and whenever it has said something.

        A server that ends, or ends the connection, says so; a question more for each request of a busy second would
        find nothing out that this does not.
        """
        now = time.monotonic()
        trusted = now - self._checked_at < _TRUSTED_SECONDS and not self.errors_occurred
        if trusted and not _has_said_something(self.connection):
            return True
        self._checked_at = now
        return super().is_usable()


def _has_said_something(line: Any) -> bool:
    """Whether something unasked waits to be read: an error, or the end."""
    if line.closed:
        return True
    asked = poll()
    asked.register(line.fileno(), POLLIN)
    return bool(asked.poll(0))
