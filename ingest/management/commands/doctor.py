"""manage.py doctor: how the sources are; the exit code is 1 where something is broken."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from ingest.health import SourceHealth, State, list_sources, list_troubles
from timeline.management.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Print how every source is, in plain words; exits with 1 where something is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--problems", action="store_true", help="Only what is broken or needs a look.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sources, troubles = list_sources(now), list_troubles(now)
        for source in sources:
            if source.problem or not options["problems"]:
                self.stdout.write(_describe(source))
        for trouble in troubles:
            self.stdout.write(f"broken   {trouble}")
        broken = sum(source.state == State.BROKEN for source in sources)
        warnings = sum(source.state == State.WARNING for source in sources)
        self.stdout.write(
            f"{len(sources)} sources: {broken} broken, {warnings} to look at; {len(troubles)} other faults."
        )
        if broken or troubles:
            sys.exit(1)


def _describe(source: SourceHealth) -> str:
    feed, volume = source.feed, source.volume
    usual = f", usually {volume.usual}" if volume.usual is not None else ""
    answered = f"{feed.succeeded_at:%Y-%m-%d %H:%M}" if feed.succeeded_at else "never"
    changed = f"{feed.changed_at:%Y-%m-%d %H:%M}" if feed.changed_at else "never"
    facts = f"every {source.every}, answered {answered}, changed {changed}, {volume.week} a week{usual}"
    robots = f", {feed.robots}" if feed.robots else ""
    problem = f"\n         {source.problem}" if source.problem else ""
    return f"{source.state:<8} {feed.pk:>4}  {feed}: {facts}{robots}{problem}"
