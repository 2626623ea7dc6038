"""Database time of what readers ask, at records of several sizes, against the best bare SQL for the same rows.

Time is what the server's process spends on the statements, as the kernel counts it, by turns with the bare ones: on a
machine that does other things too a clock would measure those. All rows lie in memory, so it is the time on a quiet one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.speed import records  # first: it sets Django up
from bench.speed.report import Row, print_rows, read_sizes, take_percentile

from django.db import connection  # isort: skip

from bench.speed.questions import Question, ask, ask_bare, make_questions  # isort: skip

ROUNDS = int(os.environ.get("ROUNDS", "40"))


def main() -> None:
    """One table a size, and how much the last grew over the one before."""
    before: dict[str, float] = {}
    for size in read_sizes():
        records.use_record(size)
        before = measure(size, before)


def measure(size: int, before: dict[str, float]) -> dict[str, float]:
    """Print one size's table; the 95th percentiles by question."""
    rows, found = [], {}
    for name, make in make_questions().items():
        ours, bare = time_both(make)
        found[name] = take_percentile(ours, 95)
        growth = f"{take_percentile(ours, 50) / before[name]:.1f}" if name in before else ""
        rows.append(
            Row(name, f"{take_percentile(ours, 50):.1f} / {found[name]:.1f} ms",
                f"{take_percentile(bare, 50):.1f} / {take_percentile(bare, 95):.1f} ms",
                take_percentile(ours, 50) / take_percentile(bare, 50), "under 3, p95 under 30 ms", growth)
        )  # fmt: skip
        found[name] = take_percentile(ours, 50)
    print_rows(f"Database time at {size:,} events: median / p95", "bare SQL", rows, "growth")
    return found


def time_both(make: Callable[[], Question]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question, asked by us and by hand, in turns that change places."""
    ours, bare = [], []
    for number in range(ROUNDS + 3):
        question = make()
        turns = [(ours, ask), (bare, ask_bare)]
        for times, work in turns if number % 2 else reversed(turns):
            started = read_spent()
            work(question)
            times.append(read_spent() - started)
    return ours[3:], bare[3:]


def read_spent() -> float:
    """Milliseconds of processor time that this connection's server process has had."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


if __name__ == "__main__":
    main()
