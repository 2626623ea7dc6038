"""Writes the record in the database as a record file, or all of it in every form."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from timeline.dumps import write_dump
from timeline.management.prepared import PreparedCommand
from timeline.queries.record import get_record
from timeline.record import BadRecord, read_record, write_record


class Command(PreparedCommand):
    help = "Write what is public as a record file (data/SCHEMA.md), to FILE or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="with --all a folder")
        parser.add_argument(
            "--proposals", action="store_true", help="with proposals, to look at; loading that file would publish them"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="everything as NDJSON and CSV too, with checksums and the licence, in a folder of today's date below "
            f"FILE, or below {settings.DUMPS_ROOT}, where the site's page of dumps finds it",
        )

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        try:
            if options["all"]:
                self.dump_all(file or settings.DUMPS_ROOT)
            else:
                self.dump_file(file, proposals=options["proposals"])
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename or file}: {error.strerror}.") from error

    def dump_all(self, root: Path) -> None:
        """Everything, in a folder of today's date."""
        dump = write_dump(root, timezone.now())
        for written in dump.files:
            rows = "" if written.rows is None else f", {written.rows} rows"
            self.stdout.write(f"{dump.folder / written.name}: {written.bytes} bytes{rows}")

    def dump_file(self, file: Path | None, *, proposals: bool) -> None:
        """The record file."""
        text = write_record(get_record(proposals=proposals))
        _write(file, text) if file else self.stdout.write(text, ending="")
        if proposals:
            return  # drafts may lack what a record needs
        try:
            read_record(text.encode(), today=timezone.now().date())
        except BadRecord as error:
            raise CommandError(f"The record was written, but could not be loaded again:\n{error}") from error


def _write(file: Path, text: str) -> None:
    """Replace the file in one step, so that a full disk leaves the old one whole."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
