"""The backend that settings.DATABASES names; Django asks for a module of this name."""

from typing import Any

from django.db.backends.postgresql import base, client

from aiwatch import embedded
from aiwatch.servers import POSTGRES_PROGRAMS

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

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        embedded.hold()
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """What is prepared (timeline/queries/prepared.py) keeps one plan for all values; nothing else is prepared."""
        super().init_connection_state()
        self.connection.prepare_threshold = _NEVER
        self.connection.execute("SET plan_cache_mode = force_generic_plan")
