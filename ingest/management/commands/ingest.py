"""manage.py ingest URL_OR_FILE…: take articles into the record now."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from ingest import pipeline
from ingest.errors import IngestError
from ingest.extract import extract_page
from ingest.management.options import is_address, open_argument, read_moment
from ingest.report import print_reading
from timeline.addresses import known_address
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Read articles now and attach them to the events they tell of; prints what was read and where it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="+", help="Addresses or files.")
        parser.add_argument("--published", help="When they were published, where the pages do not say.")
        parser.add_argument("--url", default="", help="The address of the page in a file, where the page names none.")
        parser.add_argument("--publisher", default="", help="Who published the page in a file, where it does not say.")

    def handle(self, *args: Any, **options: Any) -> None:
        published_at = read_moment(options["published"])
        url = options["url"]
        if url and (len(options["source"]) > 1 or is_address(options["source"][0])):
            raise CommandError("--url goes with one file.")
        if url and not is_address(url):
            raise CommandError(f"{url!r} is not an address that begins with https:// or http://.")
        failed = 0
        for source in options["source"]:
            try:
                self._ingest(source, url, options["publisher"], published_at)
            except IngestError as error:
                failed += 1
                self.stderr.write(f"{source}: {pipeline.explain(error)}")
        if failed:
            raise CommandError(f"{failed} of {len(options['source'])} could not be read.")

    def _ingest(self, source: str, url: str, publisher: str, published_at: datetime | None) -> None:
        now = timezone.now()
        response = open_argument(source)
        page = extract_page(response.body, url or response.url, response.content_type)
        url = url or page.url
        if not is_address(url):
            self.stderr.write(f"{source} names no address and is cited without a link; --url names it.")
        document_id, _ = pipeline.add_document(
            url=url if is_address(url) else "",
            now=now,
            body=response.body,
            content_type=response.content_type,
            published_at=published_at,
            publisher=publisher,
        )
        outcome = pipeline.process_document(document_id, now=now)
        if outcome is None:
            self.stdout.write(f"{source}: another worker is reading it.")
        else:
            self._print(source, outcome)

    def _print(self, source: str, outcome: pipeline.Outcome) -> None:
        if outcome.error or outcome.page is None or outcome.reading is None:
            raise IngestError(outcome.error or f"It stopped at the step {outcome.step!r}.")
        page = replace(outcome.page, url=known_address(outcome.page.url) or source)
        if page.published_at is None:
            self.stderr.write(f"{page.url} bears no date; --published names it.")
        for line in print_reading(page, outcome.reading):
            self.stdout.write(line)
        for done in outcome.recorded:
            verb = "tells of" if done.known else "proposes"
            self.stdout.write(f"  → {verb} event {done.slug}: {'; '.join(done.reasons)}")
        if not outcome.recorded:
            self.stdout.write("  → kept as an article; no event")
