"""manage.py extract FILE_OR_URL: print what an article says; store nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from ingest import pipeline
from ingest.errors import IngestError
from ingest.extract import extract_page
from ingest.management.options import open_argument, read_moment
from ingest.report import describe_reading, print_reading
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Read one article, at an address or in a file, and print what it says. Nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="An address or a file.")
        parser.add_argument("--published", help="When it was published, where the page does not say.")
        parser.add_argument("--json", action="store_true", help="Print JSON, with the sentence behind each fact.")

    def handle(self, *args: Any, **options: Any) -> None:
        published_at = read_moment(options["published"])
        try:
            response = open_argument(options["source"])
            page = extract_page(response.body, response.url, response.content_type)
        except IngestError as error:
            raise CommandError(pipeline.explain(error)) from error
        page = replace(page, published_at=published_at or page.published_at)
        reading = pipeline.read_page(page, timezone.now())
        if page.published_at is None:
            self.stderr.write(f"{options['source']} bears no date; --published names it.")
        if options["json"]:
            self.stdout.write(json.dumps(describe_reading(page, reading), indent=2, ensure_ascii=False))
            return
        for line in print_reading(page, reading):
            self.stdout.write(line)
