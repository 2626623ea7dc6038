"""Writes the record in the database as a record file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from timeline.management.prepared import PreparedCommand
from timeline.queries.record import get_record
from timeline.record import BadRecord, read_record, write_record


class Command(PreparedCommand):
    help = "Write what is public as a record file (data/SCHEMA.md), to FILE or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--all", action="store_true", help="with proposals, to look at; loading that file would publish them"
        )

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        text = write_record(get_record(proposals=options["all"]))
        try:
            _write(file, text) if file else self.stdout.write(text, ending="")
        except OSError as error:
            raise CommandError(f"Cannot write {file}: {error.strerror}.") from error
        if options["all"]:
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
