"""manage.py load_sources [FILE]: add the sources of an OPML file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from ingest import pipeline
from ingest.errors import ParseError
from ingest.models import Feed
from ingest.parse import FeedSource, parse_opml
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Add the feeds and listing pages of an OPML file; known ones stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=Path(settings.BASE_DIR) / "data" / "sources.opml")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sources = parse_opml(options["file"].read_bytes())
        except (OSError, ParseError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        added = sum(_add(source) for source in sources)
        self.stdout.write(f"{added} sources added, {len(sources) - added} known already.")


def _add(source: FeedSource) -> bool:
    _, created = pipeline.add_feed(
        url=source.url,
        title=source.title,
        site_url=source.site_url,
        kind=Feed.Kind(source.kind),
        group=source.group,
    )
    return created
