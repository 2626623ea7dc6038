"""What it costs to run: memory of the web's and the database's processes under load, size on disk by the million, start-up."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.speed import records  # first: it sets Django up

from bench.pages import list_targets, start_ours  # isort: skip
from bench.speed.clients import load, make_request  # isort: skip
from bench.speed.report import print_rows, Row, read_sizes  # isort: skip

from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip

CHECKS = 5


def main() -> None:
    """One table a size, and one for all."""
    for size in read_sizes():
        records.use_record(size)
        rows = [Row(f"disk: {name}", f"{total / 2**20:,.0f} MB", f"{total / size * 1e6 / 2**30:.1f} GB a million events", 0, "")
                for name, total in measure_disk().items()]  # fmt: skip
        rows += [
            Row(f"memory: {name}", f"{taken / 2**20:,.0f} MB", "", 0, "") for name, taken in measure_memory().items()
        ]
        print_rows(f"Cost at {size:,} events", "in proportion", rows)
    wall, processor = measure_start()
    print_rows(
        "Start-up",
        "processor time",
        [Row("manage.py check", f"{wall:.2f} s", f"{processor:.2f} s", wall / 1.5, "under 1.5 s")],
    )


def measure_disk() -> dict[str, int]:
    """Bytes of the database and of its largest tables with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        found = {"all": cursor.fetchone()[0]}
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'timeline_%'"
            " ORDER BY 2 DESC LIMIT 5"
        )
        return found | dict(cursor.fetchall())


def measure_memory() -> dict[str, int]:
    """What the processes have for themselves after some seconds of requests, and PostgreSQL's shared cache."""
    with ExitStack() as stack:
        port = start_ours(stack, "64")
        requests = [
            make_request(port, f"{target}{'&' if '?' in target else '?'}") for target in list_targets().values()
        ]
        load(port, lambda number: requests[number % len(requests)], 3, 200)
        master = next(p for p in psutil.Process().children() if any("gunicorn" in word for word in p.cmdline()))
        found = {"web, a process": max(child.memory_full_info().uss for child in master.children())}
        servers = [
            p
            for p in psutil.process_iter()
            if p.name() == "postgres" and str(settings.VAR) in " ".join(p.cmdline() + p.parent().cmdline())
        ]
        found["database, without its cache"] = sum(p.memory_info().rss - p.memory_info().shared for p in servers)
        found["database, its cache in use"] = max(p.memory_info().shared for p in servers)
        return found


def measure_start() -> tuple[float, float]:
    """Seconds of `manage.py check`: by the clock, and of the processor; medians."""
    clock, processor = [], []
    for _ in range(CHECKS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = os.times().elapsed
        subprocess.run([sys.executable, "manage.py", "check"], check=True, cwd=records.ROOT, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock.append(os.times().elapsed - started)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(clock), statistics.median(processor)


if __name__ == "__main__":
    main()
