"""Take one mail to EMAIL_INBOX from standard input, as mail servers hand mails to programs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from digests.bounces import read_returned
from digests.services.returned import take

_LARGEST = 10_000_000  # bytes


class Command(BaseCommand):
    help = "Read a mail that came to EMAIL_INBOX (a bounce, a complaint, a wish to unsubscribe) from standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        returned = read_returned(sys.stdin.buffer.read(_LARGEST))
        self.stdout.write(take(returned, timezone.now()) if returned else "nothing that concerns a mail of ours")
