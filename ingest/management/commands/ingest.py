"""manage.py ingest URL_OR_FILE…: take articles into the record now."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from ingest import pipeline
from ingest.errors import IngestError
from ingest.extract import extract_page
from ingest.management.options import is_address, open_argument, read_moment
from ingest.pages import make_stand_in
from ingest.report import print_reading
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Read articles now and attach them to the events they tell of; prints what was read and where it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="+", help="Addresses or files.")
        parser.add_argument("--published", help="When they were published, where the pages do not say.")
        parser.add_argument("--url", default="", help="The address of the page in a file, where the page names none.")

    def handle(self, *args: Any, **options: Any) -> None:
        published_at = read_moment(options["published"])
        if options["url"] and (len(options["source"]) > 1 or is_address(options["source"][0])):
            raise CommandError("--url goes with one file.")
        failed = 0
        for source in options["source"]:
            try:
                self._ingest(source, options["url"], published_at)
            except IngestError as error:
                failed += 1
                self.stderr.write(f"{source}: {pipeline.explain(error)}")
        if failed:
            raise CommandError(f"{failed} of {len(options['source'])} could not be read.")

    def _ingest(self, source: str, url: str, published_at: datetime | None) -> None:
        now = timezone.now()
        response = open_argument(source)
        page = extract_page(response.body, url or response.url, response.content_type)
        if not is_address(page.url):
            url = make_stand_in(Path(source), response.body)
            self.stderr.write(f"{source} names no address and is kept as {url}; --url names it.")
        document_id, _ = pipeline.add_document(
            url=url or page.url,
            now=now,
            body=response.body,
            content_type=response.content_type,
            published_at=published_at,
        )
        outcome = pipeline.process_document(document_id, now=now)
        if outcome is None:
            self.stdout.write(f"{page.url}: another worker is reading it.")
        else:
            self._print(outcome)

    def _print(self, outcome: pipeline.Outcome) -> None:
        if outcome.error or outcome.page is None or outcome.reading is None:
            raise IngestError(outcome.error or f"It stopped at the step {outcome.step!r}.")
        if outcome.page.published_at is None:
            self.stderr.write(f"{outcome.page.url} bears no date; --published names it.")
        for line in print_reading(outcome.page, outcome.reading):
            self.stdout.write(line)
        for done in outcome.recorded:
            verb = "tells of" if done.known else "proposes"
            self.stdout.write(f"  → {verb} event {done.slug}: {'; '.join(done.reasons)}")
        if not outcome.recorded:
            self.stdout.write("  → kept as an article; no event")
