"""manage.py replay DIR: saved pages through the real pipeline, in the order of time."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from tqdm import tqdm

from ingest import pipeline
from ingest.errors import ParseError
from ingest.management.scratch import use_scratch_database
from ingest.pages import SavedPage, list_saved_pages
from ingest.report import Placed, describe_prediction
from ingest.types import Reading
from timeline.management.prepared import RECORD, PreparedCommand
from timeline.queries.tellings import Standing, get_standings


class Command(PreparedCommand):
    help = "Read a folder of saved pages (index.jsonl); write a line of JSON an article: what it says, where it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--out", type=Path, help="Where the lines go; standard output where it is not given.")
        parser.add_argument("--keep", action="store_true", help="Use the real database, and keep what was read.")

    def needs_tables(self, options: dict[str, Any]) -> bool:
        return bool(options["keep"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pages = list_saved_pages(options["folder"])
        except ParseError as error:
            raise CommandError(str(error)) from error
        with nullcontext() if options["keep"] else use_scratch_database():
            if not options["keep"]:
                call_command("load_record", RECORD, actors_only=True, stdout=StringIO())
            done = [(page, *_replay(page)) for page in tqdm(pages, desc="replay", unit="page", disable=None)]
            standings = get_standings({one.event_id for _, _, recorded, _ in done for one in recorded})
        lines = [
            describe_prediction(page.id, reading, [_place(one, standings[one.event_id]) for one in recorded])
            | ({"error": error} if error else {})
            for page, reading, recorded, error in done
        ]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        if options["out"]:
            options["out"].write_text(text, encoding="utf-8")
            self.stderr.write(f"{len(lines)} articles, {sum(line['relevant'] for line in lines)} relevant.")
        else:
            self.stdout.write(text, ending="")


def _replay(page: SavedPage) -> tuple[Reading, tuple[pipeline.Recorded, ...], str]:
    """What a page says, where that went, and why it could not be read, "" where it was."""
    document_id, _ = pipeline.add_document(
        url=page.url, now=page.fetched_at, body=page.path.read_bytes(), content_type=page.content_type
    )
    outcome = pipeline.process_document(document_id, now=page.fetched_at)
    if outcome is None or outcome.reading is None:
        return Reading(False, 0.0, ()), (), outcome.error if outcome else "It was read already."
    # Workers leave out what is quoted in an article that is none of ours; who scores reading wants it.
    reading = outcome.reading if outcome.reading.relevant else pipeline.read_document(document_id)
    return reading, outcome.recorded, ""


def _place(one: pipeline.Recorded, standing: Standing) -> Placed:
    return Placed(one.event, one.slug, standing.kind, standing.roles)
