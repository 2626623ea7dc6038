"""Loads a record file into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence, Sized
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from timeline.management.prepared import PreparedCommand
from timeline.record import BadRecord, read_record
from timeline.services.record import load_record
from timeline.services.record.progress import Batches


class Command(PreparedCommand):
    starter = False
    help = "Load a record file (data/SCHEMA.md). Loading it twice changes nothing; a faulty file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only look for faults; needs no database")
        parser.add_argument("--actors-only", action="store_true", help="load the actors, neither disputes nor events")

    def needs_tables(self, options: dict[str, Any]) -> bool:
        return not options["check"] and options["file"].exists()

    def handle(self, *args: Any, file: Path, check: bool, actors_only: bool, **options: Any) -> None:
        try:
            record = read_record(file.read_bytes(), today=timezone.now().date())
            if actors_only:
                record = replace(record, disputes=(), events=())
            outcomes = [] if check else load_record(record=record, progress=_show_bar)
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
        except BadRecord as error:
            raise CommandError(_list_problems(file, error)) from error
        sizes = (_count(record.events, "event"), _count(record.actors, "actor"), _count(record.disputes, "dispute"))
        self.stdout.write(f"{file}: {', '.join(sizes)}; no faults.")
        for outcome in outcomes:
            if outcome.created or outcome.changed:
                self.stdout.write(f"{outcome.noun}s: {outcome.created} new, {outcome.changed} changed.")
            if outcome.kept:
                self.stdout.write(f"{outcome.noun}s: {outcome.kept} left as people changed them here.")
        if outcomes and not any(outcome.created or outcome.changed for outcome in outcomes):
            self.stdout.write("Nothing had to be changed.")


def _list_problems(file: Path, error: BadRecord) -> str:
    """One line a problem, in the form that editors jump to, and what came of it."""
    lines = [f"{file}:{p.line}: {p}" if p.line else f"{file}: {p}" for p in error.problems]
    return "\n".join([*lines, f"{_count(lines, 'fault')}; nothing was changed."])


def _count(rows: Sized, noun: str) -> str:
    return f"{len(rows)} {noun}" if len(rows) == 1 else f"{len(rows)} {noun}s"


def _show_bar(batches: Batches) -> Iterator[Sequence[Any]]:
    with tqdm(total=sum(map(len, batches)), desc="Loading", unit=" events", disable=None if batches else True) as bar:
        for batch in batches:
            yield batch
            bar.update(len(batch))
