"""From a page on the web to the record, end to end: two worker processes fetch from 127.0.0.1, extract, read, match and
store into a database with the starter record; the share of each step; extraction against bare trafilatura on the same pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AIWATCH_VAR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")
os.environ["INGEST_HOST_GAP_SECONDS"] = "0"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from aiwatch import embedded
from bench.speed.report import Row, print_rows
from ingest.management.scratch import use_scratch_database
from ingest.pipeline import add_document

WORKERS = 2


def main() -> None:
    """One table."""
    command = [sys.executable, "-m", "bench.speed.press"]
    press = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        served = json.loads(press.stdout.readline())
        embedded.hold()
        with use_scratch_database():
            call_command("load_record", "data/timeline.yaml", verbosity=0)
            report(run(served["ports"], served["pages"]), served["pages"])
    finally:
        press.terminate()
        press.wait()


def run(ports: list[int], pages: int) -> list[dict[str, Any]]:
    """What each worker says of its half of the pages. No two workers share a host: they would wait for each other."""
    ids: list[list[str]] = [[] for _ in range(WORKERS)]
    for number in range(pages):
        worker = number % WORKERS
        port = ports[worker::WORKERS][number // WORKERS % (len(ports) // WORKERS)]
        pk, _ = add_document(url=f"http://127.0.0.1:{port}/{number}", now=timezone.now())
        ids[worker].append(str(pk))
    values = connection.settings_dict
    host = values["HOST"] or values["OPTIONS"].get("host", "")
    env = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{values['USER']}@/{values['NAME']}?host={host}",
        "VALKEY_URL": settings.VALKEY_URL.replace("redis", "valkey"),
        "INGEST_ALLOW_HOSTS": ",".join(f"127.0.0.1:{port}" for port in ports),
        "LOG_LEVEL": "ERROR",
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.speed.worker", *own],
            env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for own in ids
    ]  # fmt: skip
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [json.loads(worker.communicate()[0]) for worker in workers]


def report(answers: list[dict[str, Any]], pages: int) -> None:
    spent, outcomes = Counter[str](), Counter[str]()
    for answer in answers:
        spent.update(answer["spent"])
        outcomes.update(answer["outcomes"])
    seconds = sum(answer["seconds"] for answer in answers)
    bare = spent.pop("bare")
    after = seconds - spent["fetch"] - spent["extract"]
    spent["store"] = after - spent["read"] - spent["match"]
    rows = [
        Row(
            step,
            f"{spent[step] / pages * 1000:.1f} ms an article, {spent[step] / seconds:.0%}",
            "",
            spent[step] / spent["extract"],
            "",
        )
        for step in ("fetch", "extract", "read", "match", "store")
    ]
    rows.append(
        Row(
            "extract, against trafilatura alone",
            f"{spent['extract'] / pages * 1000:.1f} ms",
            f"{bare / pages * 1000:.1f} ms",
            spent["extract"] / bare,
            "at most 1.3",
        )
    )
    rows.append(
        Row(
            "all after extract, against extract",
            f"{after / pages * 1000:.1f} ms",
            f"{spent['extract'] / pages * 1000:.1f} ms",
            after / spent["extract"],
            "under 1",
        )
    )
    rate = pages / (seconds / WORKERS)
    most = max(answer["megabytes"] for answer in answers)
    said = ", ".join(f"{number} {step}" for step, number in sorted(outcomes.items()))
    print_rows(
        f"Ingest: {rate:.1f} articles/s with {WORKERS} workers, {pages} pages ({said}), {most:.0f} MB a worker",
        "the other",
        rows,
    )


if __name__ == "__main__":
    main()
