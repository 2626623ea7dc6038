"""A real worker, killed again and again while a mail server misbehaves: each reader gets one mail for the window.

A mail may come twice only where a worker was killed between the server's 250 and the commit, or the line broke there;
such deliveries know of their doubt.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from digests import tasks
from digests.links import make_message_id
from digests.models import Delivery, Subscription
from tests.mails import MailServer, publish, serve_mail
from tests.processes import kill, run_worker, wait_until

pytestmark = pytest.mark.processes

WHOLE = 3  # of so many kills, the last ends the whole worker, the others the processes that do its work


@pytest.fixture
def server(tmp_path: Path) -> object:
    with serve_mail(tmp_path, kept=4000) as server:
        yield server


@pytest.fixture
def env(site_env: dict[str, str], server: MailServer) -> dict[str, str]:
    """A worker that sends to the test's server, looks often, and soon forgives the dead."""
    return site_env | {
        "EMAIL_URL": server.url,
        "EMAIL_TIMEOUT_SECONDS": "1",
        "DIGESTS_SWEEP_SECONDS": "1",
        "DIGESTS_LEASE_SECONDS": "6",
        "DIGESTS_PATIENCE": "1",
        "INGEST_SWEEP_SECONDS": "86400",
        "SITE_URL": "https://record.example.org",
    }


def fill(readers: int, events: int) -> None:
    """Subscriptions with a window five minutes from now at the latest, and news for them."""
    now = timezone.now()
    for number in range(events):
        publish(f"Event {number}", now - timedelta(minutes=50) + timedelta(seconds=number), summary="Words of it. " * 9)
    Subscription.objects.bulk_create(
        Subscription(
            email=f"reader{number}@example.org", mailbox=f"reader{number}@example.org", rhythm="at-once",
            state="active", asked_at=now, confirmed_at=now, from_at=now - timedelta(hours=1),
            told_at=now - timedelta(hours=1), next_at=now - timedelta(minutes=20),
        )
        for number in range(readers)
    )  # fmt: skip


def count_sent() -> int:
    return Delivery.objects.filter(state="sent").count()


def sweep_until(number: int) -> None:
    """Queue a sweep each second, as beat would, until so many mails are sent."""

    def look() -> bool:
        tasks.sweep.apply_async(expires=2)
        time.sleep(0.9)
        return count_sent() >= number

    wait_until(look, f"{number} mails", seconds=600)


def survive(env: dict[str, str], readers: int, kills: int) -> None:
    """Run a worker until all is sent, and kill it on the way at moments that chance chooses."""
    chance = random.Random(11)  # noqa: S311  (not a secret)
    moments = sorted(chance.uniform(0, readers * 0.97) for _ in range(kills))
    while moments:
        with run_worker(env, beat=False) as worker:
            for moment in moments[:WHOLE]:
                # A mail at least, for a worker whose processes die while they start gives up.
                sweep_until(min(readers, max(int(moment), count_sent() + 1)))
                time.sleep(chance.random() / 3)
                for child in psutil.Process(worker.pid).children(recursive=True):
                    child.kill()
            del moments[:WHOLE]
            kill(worker)
    with run_worker(env, beat=False):
        sweep_until(readers)


def check_once(server: MailServer, readers: int) -> Counter[str]:
    """No mail is lost; those that came twice are in doubt. Returns these."""
    taken = server.count_ids()
    rows = {make_message_id("digest", key): doubts for key, doubts in Delivery.objects.values_list("key", "doubts")}
    host = "@record.example.org>"
    assert {name.split("@")[0] for name in rows} == {name.removesuffix(host) for name in taken}
    assert len(taken) == readers
    doubts = {name.split("@")[0]: number for name, number in rows.items()}
    twice = Counter({name: number - 1 for name, number in taken.items() if number > 1})
    assert all(number <= doubts[name.removesuffix(host)] for name, number in twice.items())
    assert {name.to[0] for name in server.list_mails()} == {f"reader{number}@example.org" for number in range(readers)}
    return twice


def test_kills_lose_no_mail_and_double_only_the_doubtful(env: dict[str, str], server: MailServer) -> None:
    fill(readers=300, events=20)
    server.behave("mixed")
    survive(env, readers=300, kills=6)
    twice = check_once(server, 300)
    assert twice.total() <= 6 * 2  # a kill ends two processes, each at one mail
    assert Subscription.objects.count() == Delivery.objects.count() == 300


@pytest.mark.skipif("DIGESTS_FULL" not in os.environ, reason="takes many minutes: DIGESTS_FULL=1")
@pytest.mark.timeout(3000)
def test_ten_thousand_readers_and_thirty_kills(env: dict[str, str], server: MailServer) -> None:
    fill(readers=10_000, events=200)
    server.behave("mixed")
    survive(env, readers=10_000, kills=30)
    twice = check_once(server, 10_000)
    doubtful = Delivery.objects.filter(doubts__gt=0).count()
    print(f"\n{twice.total()} mails came twice, {doubtful} were in doubt")  # noqa: T201  (asked for by hand)
    assert twice.total() <= 30 * 2
