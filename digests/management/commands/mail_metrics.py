"""The numbers to watch, for Prometheus: write them to a file of node_exporter's textfile collector from cron."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils import timezone

from digests.services.status import get_status

_HELP: Final = {
    "waiting": "Mails that wait to be sent, or to be tried again.",
    "sent_today": "Mails that the server took in the last 24 hours.",
    "failed_today": "Mails of the last 24 hours that will not be sent.",
    "doubtful_today": "Mails of the last 24 hours that may have been sent twice.",
    "oldest_seconds": "How long the longest waiting mail has waited.",
    "active": "Subscriptions that are sent mails.",
}


class Command(BaseCommand):
    help = "Print how the mails stand in Prometheus' text format."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, value in asdict(get_status(timezone.now())).items():
            metric = f"aiwatch_mails_{name}"
            self.stdout.write(f"# HELP {metric} {_HELP[name]}\n# TYPE {metric} gauge\n{metric} {value:g}")
