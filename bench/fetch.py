"""Polling 500 feeds of 40 entries: ours, with two worker processes and PostgreSQL, against lemon24/reader with two
workers, in one run, on one server. The floor is feedparser alone. Figures are ratios; absolute ones are beside them.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AIWATCH_VAR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")
os.environ["INGEST_HOST_GAP_SECONDS"] = "0"

import django
import feedparser
import requests
from django.conf import settings
from django.db import connection

from aiwatch import embedded
from bench.fetching.feeds import ENTRIES, FEEDS, HOSTS, make_feed
from ingest.management.scratch import use_scratch_database

WORKERS = 2
FLOOR_FEEDS = 60
ROUNDS = (("first poll", 1, 2.5), ("unchanged", 1, 5.0), ("one new of 40", 2, 2.0))


class Poller:
    """Worker processes that poll at a word."""

    def __init__(self, *commands: list[str]) -> None:
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-m", *command],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            )
            for command in commands
        ]  # fmt: skip

    def poll(self) -> dict[str, float]:
        """One round over all feeds: its seconds, those of the processor, new entries, and the most memory of a process."""
        started = time.perf_counter()
        for process in self._processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for process in self._processes]
        seconds = max(answer["seconds"] for answer in answers) if len(answers) > 1 else time.perf_counter() - started
        return {
            "seconds": seconds,
            "processor": sum(answer["processor"] for answer in answers),
            "entries": sum(answer["entries"] for answer in answers),
            "megabytes": max(answer["megabytes"] for answer in answers),
        }

    def stop(self) -> None:
        for process in self._processes:
            process.communicate()


def measure_floor() -> float:
    """Entries a second that feedparser alone reads in one process."""
    bodies = [make_feed(number, 1) for number in range(FLOOR_FEEDS)]
    started = time.perf_counter()
    for body in bodies:
        feedparser.parse(io.BytesIO(body))
    return FLOOR_FEEDS * ENTRIES / (time.perf_counter() - started)


def start_ours(urls: list[str]) -> Poller:
    """Our workers, each with the feeds of half of the hosts."""
    feeds = __import__("ingest.pipeline", fromlist=["add_feed"])
    ids = [
        str(feeds.add_feed(url=url, title=f"Feed {n}", site_url=f"https://site{n}.example/")[0].pk)
        for n, url in enumerate(urls)
    ]
    return Poller(*(["bench.fetching.ours", *ids[number::WORKERS]] for number in range(WORKERS)))


def show(name: str, target: float, mine: dict[str, float], peer: dict[str, float]) -> None:
    what, count = ("entries", FEEDS * ENTRIES) if name == "first poll" else ("feeds", FEEDS)
    rates = [count / figures["seconds"] for figures in (mine, peer)]
    sys.stdout.write(
        f"{name:14} {rates[0] / rates[1]:5.1f} times reader (wanted {target:g}): {rates[0]:,.0f} against"
        f" {rates[1]:,.0f} {what}/s; new entries {mine['entries']:,.0f} and {peer['entries']:,.0f};"
        f" peak {mine['megabytes']:.0f} MB a worker\n{'':14} processor, with PostgreSQL's: {mine['processor'] / FEEDS * 1e3:.2f} ms"
        f" a feed against {peer['processor'] / FEEDS * 1e3:.2f}\n"
    )


def run(ports: list[int]) -> None:
    urls = [f"http://127.0.0.1:{ports[number % HOSTS]}/feed/{number}" for number in range(FEEDS)]
    with tempfile.TemporaryDirectory() as folder:
        mine, peer = start_ours(urls), Poller(["bench.fetching.peer", f"{folder}/reader.sqlite", *urls])
        try:
            for name, version, target in ROUNDS:
                requests.get(f"http://127.0.0.1:{ports[0]}/version/{version}", timeout=60)
                show(name, target, mine.poll(), peer.poll())
        finally:
            mine.stop()
            peer.stop()


def use_database_in_children() -> None:
    values: dict[str, Any] = connection.settings_dict
    host = values["HOST"] or values["OPTIONS"].get("host", "")
    os.environ["DATABASE_URL"] = f"postgresql://{values['USER']}@/{values['NAME']}?host={host}"
    os.environ["VALKEY_URL"] = settings.VALKEY_URL


def main() -> None:
    server = subprocess.Popen([sys.executable, "-m", "bench.fetching.feeds"], stdout=subprocess.PIPE, cwd=ROOT)
    try:
        ports = json.loads(server.stdout.readline())
        os.environ["INGEST_ALLOW_HOSTS"] = ",".join(f"127.0.0.1:{port}" for port in ports)
        sys.stdout.write(f"{'floor':14} feedparser alone, one process: {measure_floor():,.0f} entries/s\n")
        django.setup()
        embedded.hold()
        with use_scratch_database():
            use_database_in_children()
            run(ports)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
