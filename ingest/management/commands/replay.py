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
from ingest.report import describe_prediction
from timeline.management.prepared import RECORD, PreparedCommand


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
            lines = [_replay(page) for page in tqdm(pages, desc="replay", unit="page", disable=None)]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        if options["out"]:
            options["out"].write_text(text, encoding="utf-8")
            self.stderr.write(f"{len(lines)} articles, {sum(line['relevant'] for line in lines)} relevant.")
        else:
            self.stdout.write(text, ending="")


def _replay(page: SavedPage) -> dict[str, Any]:
    document_id, _ = pipeline.add_document(
        url=page.url, now=page.fetched_at, body=page.path.read_bytes(), content_type=page.content_type
    )
    outcome = pipeline.process_document(document_id, now=page.fetched_at)
    if outcome is None or outcome.reading is None:
        return {"id": page.id, "relevant": False, "events": [], "quotes": [], "error": outcome.error if outcome else ""}
    # Workers leave out what is quoted in an article that is none of ours; who scores reading wants it.
    reading = outcome.reading if outcome.reading.relevant else pipeline.read_document(document_id)
    return describe_prediction(page.id, reading, [(done.event, done.slug) for done in outcome.recorded])
