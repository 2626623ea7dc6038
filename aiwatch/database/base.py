"""The backend that settings.DATABASES names; Django asks for a module of this name."""

from typing import Any

from django.db.backends.postgresql import base

from aiwatch import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; the embedded servers run from the first connection until the process ends."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        embedded.hold()
        return super().get_new_connection(conn_params)
