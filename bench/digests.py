"""Digests: composed a second and core; handed to an SMTP server a second, against a bare smtplib loop that hands over
the same bytes in the same run; and memory over 100,000 readers. Figures are ratios; absolute ones are beside them.
"""

from __future__ import annotations

import os
import resource
import smtplib
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AIWATCH_VAR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")

import django

django.setup()

from django.conf import settings
from django.utils import timezone

from digests import emails
from digests.composing import Composer
from digests.models import Delivery, Subscription
from digests.services import opening, sending
from ingest.management.scratch import use_scratch_database
from tests.factories import cite, make_actor, make_dispute, make_quote
from tests.mails import publish, serve_mail

EVENTS, MAILS, COMPOSED = 12, 2000, 40
READERS = 100_000
LEAST_RATIO, MOST_GROWTH = 0.5, 1.2


def main() -> None:
    """Measure, print, and fail where a floor is not held."""
    with use_scratch_database(), tempfile.TemporaryDirectory() as folder:
        fill_record()
        add_readers(MAILS)
        opening.open_due(timezone.now())
        report_composing()
        ratio = report_sending(Path(folder))
        growth = report_memory()
    if ratio < LEAST_RATIO or growth > MOST_GROWTH:
        sys.exit(f"sending {ratio:.2f} (at least {LEAST_RATIO}), memory {growth:.2f} (at most {MOST_GROWTH})")


def say(text: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fill_record() -> None:
    """A day's news, as long as such news is."""
    vendor, customer = make_actor("Vendor Labs"), make_actor("Customer")
    dispute = make_dispute("Access to models")
    for number in range(EVENTS):
        event = publish(
            f"Vendor Labs revokes access number {number}", timezone.now() - timedelta(minutes=40 + number),
            summary="It did so on Tuesday, both companies said, and named the clause. " * 4, scope="Safety tests stay.",
            actors=[(vendor, "initiator"), (customer, "target")], dispute=dispute,
        )  # fmt: skip
        make_quote(event, vendor, f"A direct violation, the {number}th of its kind.")
        cite(event)


def add_readers(number: int) -> None:
    """Readers of everything whose window has come."""
    now, first = timezone.now(), Subscription.objects.count()
    hour_ago = now - timedelta(hours=1)
    times: dict[str, Any] = {"asked_at": hour_ago, "confirmed_at": hour_ago, "from_at": hour_ago, "told_at": hour_ago}
    names = (f"reader{place}@example.org" for place in range(first, first + number))
    rows = [
        Subscription(email=n, mailbox=n, state="active", rhythm="at-once", next_at=hour_ago, **times) for n in names
    ]
    Subscription.objects.bulk_create(rows, batch_size=2000)


def report_composing() -> None:
    """Compositions of readers who share nothing with each other, and mails of readers who are told the same."""
    rows = list(Delivery.objects.select_related("subscription")[:COMPOSED])
    emails.make_digest(rows[0], Composer())  # templates and addresses are read once
    started = time.process_time()
    for row in rows:
        emails.make_digest(row, Composer())
    alone = len(rows) / (time.process_time() - started)
    composer, started = Composer(), time.process_time()
    for row in rows:
        emails.make_digest(row, composer)
    shared = len(rows) / (time.process_time() - started)
    say(f"composed a second and core: {alone:.0f} that nobody else gets, {shared:.0f} of one filter")


def report_sending(folder: Path) -> float:
    """Ours against smtplib alone, by turns, so that both meet the same machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    composer = Composer()
    rows = Delivery.objects.select_related("subscription")[:MAILS]
    built = [emails.make_digest(row, composer) for row in rows]
    ready = [(mail.to[0], mail.message().as_bytes(linesep="\r\n")) for mail in built if mail]
    ours, bare, turns = 0.0, 0.0, MAILS // sending.RUN
    with serve_mail(folder, kept=0) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        for turn in range(turns):
            started = time.perf_counter()
            taken = sending.send_due(timezone.now, limit=MAILS // turns)
            ours += time.perf_counter() - started
            assert taken == MAILS // turns, taken  # noqa: S101
            bare += send_bare(server.port, ready[turn::turns])
    size = sum(len(data) for _, data in ready) / len(ready) / 1000
    say(
        f"handed over: {MAILS / ours:.0f}/s, bare smtplib {MAILS / bare:.0f}/s, ratio {bare / ours:.2f} ({size:.0f} kB)"
    )
    return bare / ours


def send_bare(port: int, mails: list[tuple[str, bytes]]) -> float:
    """Seconds that smtplib takes for them."""
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for to, data in mails:
            line.sendmail("digests@localhost", [to], data)
    return time.perf_counter() - started


def report_memory() -> float:
    """The most memory held after all readers against that after a tenth of them; nothing leaves the process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    peaks = []
    for number in (READERS // 10, READERS - READERS // 10):
        for _ in range(number // 5000):
            add_readers(5000)
            opening.open_due(timezone.now())
            while sending.send_due(timezone.now):
                pass
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    say(f"memory: {peaks[0]:.0f} MB after {READERS // 10} readers, {peaks[1]:.0f} MB after {READERS}")
    return peaks[1] / peaks[0]


if __name__ == "__main__":
    main()
