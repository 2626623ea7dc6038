"""manage.py dump_sources [FILE]: the sources as OPML."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from ingest.models import Feed
from ingest.parse import FeedSource, write_opml
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Write all sources as OPML 2.0, which `load_sources` and feed readers take."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="Standard output where it is not given.")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = [
            FeedSource(title=feed.title, url=feed.url, kind=feed.kind, site_url=feed.site_url, group=feed.group)
            for feed in Feed.objects.all()
        ]
        body = write_opml(sources, "aiwatch sources")
        if options["file"] is None:
            self.stdout.write(body.decode(), ending="")
            return
        try:
            options["file"].write_bytes(body)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from error
        self.stderr.write(f"{len(sources)} sources written.")
