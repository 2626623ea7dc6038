"""Commands that find a database without tables make them first."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from timeline.models import Event

RECORD = Path(settings.BASE_DIR) / "data" / "timeline.yaml"


class PreparedCommand(BaseCommand):
    """A command on the record that works on a fresh clone too.

    Only the embedded database is prepared unasked: on any other, making tables is for its operators to decide.
    `starter` says whether the starter record is loaded with the tables.
    """

    starter = True

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Prepare, then do what the command does.

        Raises:
            CommandError: as the command raises it, or because the database does not answer, is full or shuts down.
        """
        try:
            if self.needs_tables(options):
                self.prepare()
            return super().execute(*args, **options)
        except OperationalError as error:
            raise CommandError(f"The database refuses: {str(error).strip().splitlines()[0]}") from error

    def needs_tables(self, options: dict[str, Any]) -> bool:
        """Whether the command, called so, uses the tables."""
        return True

    def prepare(self) -> None:
        """Make the tables, and load the starter record, where the embedded database has none."""
        if not settings.EMBEDDED_POSTGRES or Event._meta.db_table in connection.introspection.table_names():
            return
        self.stderr.write(f"The database is new: making its tables{' and loading the record' if self.starter else ''}.")
        call_command("migrate", interactive=False, verbosity=0)
        if self.starter:
            call_command("load_record", RECORD, stdout=StringIO())
