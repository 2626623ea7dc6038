"""manage.py add_feed URL: try an address and keep the feed found there."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from ingest import pipeline
from ingest.errors import IngestError
from ingest.pipeline.discovery import Found, find_source
from ingest.types import ListingRules
from timeline.management.prepared import PreparedCommand

SHOWN = 5


class Command(PreparedCommand):
    help = "Add a feed, a site that names its feed, or with --listing a page that links to articles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--title", default="", help="What to call it, in place of the feed's own title.")
        parser.add_argument("--group", default="", help="The heading it stands under in the list of sources.")
        parser.add_argument("--listing", action="store_true", help="The address is a page of links, not a feed.")
        for name in ("item", "link", "title", "date"):
            parser.add_argument(f"--{name}-css", default="", help=f"CSS selector of the {name} on a listing page")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = _rules(options)
        url = options["url"] if "://" in options["url"] else f"https://{options['url']}"
        try:
            found = find_source(url, now=timezone.now(), listing=options["listing"] or rules is not None, rules=rules)
        except IngestError as error:
            raise CommandError(pipeline.explain(error)) from error
        feed, created = pipeline.add_feed(
            url=found.url,
            title=options["title"] or found.parsed.title or found.url,
            site_url=found.parsed.site_url,
            kind=found.kind,
            group=options["group"],
            rules=found.rules,
        )
        self._show(found)
        if not created:
            pipeline.renew_feed(feed.pk, now=timezone.now(), rules=found.rules)
        self.stdout.write(
            f"{'Added' if created else 'Known already, polled anew'}: feed {feed.pk}, {feed.title}, {feed.url}"
        )

    def _show(self, found: Found) -> None:
        items = found.parsed.items
        self.stdout.write(f"{len(items)} items at {found.url}")
        for item in items[:SHOWN]:
            day = f"{item.published_at:%Y-%m-%d}" if item.published_at else "no date   "
            self.stdout.write(f"  {day}  {item.title}  {item.url}")
        for problem in found.parsed.problems:
            self.stdout.write(f"  note: {problem}")


def _rules(options: dict[str, Any]) -> ListingRules | None:
    if not options["item_css"]:
        return None
    return ListingRules(
        item=options["item_css"],
        link=options["link_css"] or "a",
        title=options["title_css"],
        date=options["date_css"],
    )
