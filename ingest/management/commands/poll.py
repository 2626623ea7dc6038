"""manage.py poll [FEED…]: poll feeds now, a line a feed."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils import timezone
from tqdm import tqdm

from ingest import pipeline
from ingest.models import Feed
from ingest.pipeline.network import PATIENCE_SECONDS
from ingest.valkey import OUTAGE
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Poll the feeds given by id or address, or all of them; the articles found are read by the workers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feed", nargs="*", help="Ids or addresses of feeds.")

    def handle(self, *args: Any, **options: Any) -> None:
        feeds = self._list_feeds(options["feed"])
        failed = 0
        for feed in tqdm(feeds, desc="poll", unit="feed", disable=None, leave=False):
            result = _poll(feed)
            failed += bool(result and result.error)
            with tqdm.external_write_mode():
                self.stdout.write(f"{feed.pk:>4}  {feed}: {_describe(result)}")
        self.stdout.write(f"{len(feeds)} feeds polled, {failed} with errors.")

    def _list_feeds(self, names: list[str]) -> list[Feed]:
        if not names:
            return list(Feed.objects.filter(next_poll_at__isnull=False))
        feeds = []
        for name in names:
            where = Q(url=name) | Q(pk=int(name)) if name.isdecimal() else Q(url=name)
            feed = Feed.objects.filter(where).first()
            if feed is None:
                raise CommandError(f"No feed has the id or address {name}.")
            feeds.append(feed)
        return feeds


def _poll(feed: Feed) -> pipeline.PollResult | None:
    """Poll a feed, waiting for its turn at the host as long as a person would.

    Raises:
        CommandError: Valkey is away.
    """
    while True:
        result = pipeline.poll_feed(feed.pk, now=timezone.now())
        if result is None or not 0 < result.wait_seconds <= PATIENCE_SECONDS:
            return result
        if result.error == OUTAGE:
            raise CommandError(OUTAGE)
        time.sleep(result.wait_seconds)


def _describe(result: pipeline.PollResult | None) -> str:
    if result is None:
        return "polled by a worker just now, or stopped"
    if result.error:
        return result.error
    if not result.items:
        return f"unchanged ({result.status})"
    return f"{result.items} items, {len(result.documents)} new, {result.changed} changed"
