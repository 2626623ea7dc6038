"""How benchmarks say what they found: tables of ours, of the floor or peer in the same run, and of the ratio."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

TABLE = "BENCH_TABLE"  # the file to which rows are added for the table of all
SIZES = "1000 100000"  # a million takes minutes to make: EVENTS="1000 100000 1000000"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: ours, the other's, ours in terms of the other's, and what is wanted of the ratio."""

    what: str
    ours: str
    other: str
    ratio: float
    wanted: str
    more: str = ""


def print_rows(title: str, other: str, rows: Sequence[Row], more: str = "") -> None:
    """A table in Markdown."""
    names = ["", "ours", other, "ratio", "wanted", *([more] if more else [])]
    lines = [f"\n### {title}\n", f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for row in rows:
        cells = [row.what, row.ours, row.other, f"{row.ratio:.2f}", row.wanted, *([row.more] if more else [])]
        lines.append(f"| {' | '.join(cells)} |")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    if TABLE in os.environ:
        with Path(os.environ[TABLE]).open("a") as file:
            file.writelines(json.dumps([title.partition(":")[0], other, *astuple(row)]) + "\n" for row in rows)


def write_table(rows: Sequence[Sequence[object]]) -> str:
    """One table of rows as `print_rows` adds them to the file."""
    lines = ["| | | ours | floor or peer | | ratio | wanted |", "|---|---|---|---|---|---|---|"]
    for title, other, what, ours, theirs, ratio, wanted, _ in rows:
        lines.append(f"| {title} | {what} | {ours} | {theirs} | {other} | {ratio:.2f} | {wanted} |")
    return "\n".join(lines)


def read_sizes() -> list[int]:
    """The sizes to measure at, from the environment."""
    return [int(size) for size in os.environ.get("EVENTS", SIZES).split()]


def take_percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def describe_machine() -> str:
    """What it ran on."""
    cores, memory = os.cpu_count(), psutil.virtual_memory().total / 2**30
    return f"{platform.machine()}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}"
