"""Subscriptions and news for tests, and a mail server in a process of its own that can be told to misbehave."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from digests.models import Subscription
from digests.services import opening, sending, subscriptions
from digests.services.subscriptions import Wish
from digests.windows import Schedule
from tests.factories import make_event
from tests.processes import wait_until
from timeline.filters import EventFilter
from timeline.models import Change, Event

START = datetime(2026, 3, 2, 6, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
EIGHT = START + 2 * HOUR
PROJECT = Path(__file__).resolve().parent.parent


def send(at: datetime = EIGHT) -> int:
    """Open and send what is due at a moment that stands still."""
    opening.open_due(at)
    return sending.send_due(lambda: at)


def subscribe(
    email: str = "reader@example.org",
    *,
    schedule: Schedule | None = None,
    asked: EventFilter | None = None,
    now: datetime = START,
    language: str = "en",
) -> Subscription:
    """A confirmed subscription, daily at eight UTC to everything unless said otherwise."""
    wish = Wish(asked or EventFilter(), schedule or Schedule("daily"), language)
    pk = subscriptions.subscribe(email=email, wish=wish, now=now, address="127.0.0.1")
    subscriptions.confirm(subscription_id=pk, now=now, address="127.0.0.1")
    return Subscription.objects.get(pk=pk)


def publish(title: str, at: datetime, **fields: object) -> Event:
    """An event that became public at a moment of the past or the future."""
    event = make_event(title, **{"on": at.date(), "slug": f"{at:%Y%m%d%H%M%S}-{Event.objects.count()}"} | fields)  # type: ignore[arg-type]
    Event.objects.filter(pk=event.pk).update(created_at=at)
    return event


def correct(event: Event, at: datetime, *, action: str = "correct", reason: str = "", **after: str) -> Change:
    """A change of the event's fields at a moment; their former values are kept with it."""
    before = {name: str(getattr(event, name)) for name in after}
    Event.objects.filter(pk=event.pk).update(**after)
    change = Change.objects.create(
        noun="event", row_id=event.pk, slug=event.slug, action=action, before=before, after=after, by="e", reason=reason
    )
    Change.objects.filter(pk=change.pk).update(at=at)
    return change


@dataclass(slots=True)
class Mail:
    """A mail as the server took it: its envelope and its bytes."""

    sender: str
    to: list[str]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)

    def read(self, kind: str) -> str:
        """The plain or html part."""
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content())


@dataclass(slots=True)
class MailServer:
    """A running server; what it took lies in `folder`, one line a mail, and what it shall do in `folder/mood`."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def behave(self, mood: str) -> None:
        """From the next mail on: "take", "busy", "refuse", "unknown", "full", "listed", "hang", "drop" or "mixed"."""
        (self.folder / "mood").write_text(mood)

    def list_mails(self) -> list[Mail]:
        """What it took, in order."""
        lines = (self.folder / "taken").read_text().splitlines() if (self.folder / "taken").exists() else []
        rows = [json.loads(line) for line in lines]
        return [Mail(row["sender"], row["to"], row["data"].encode("latin-1")) for row in rows]

    def count_ids(self) -> Counter[str]:
        """How often it took each Message-ID."""
        return Counter(str(mail.message["Message-ID"]) for mail in self.list_mails())


@contextmanager
def serve_mail(folder: Path, *, kept: int = 10**9) -> Iterator[MailServer]:
    """A mail server until the block ends; of each mail it keeps so many bytes."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.smtp_server", str(port), str(folder), str(kept)]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    try:
        wait_until(lambda: _answers(port), "a mail server")
        yield MailServer(port, folder, process)
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
