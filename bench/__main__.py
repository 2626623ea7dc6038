"""All benchmarks, one after the other, and at the end one table of what they found.

EVENTS="1000 100000 1000000" chooses the sizes of the record; a million is made once, in ten minutes, and kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from bench.speed.report import TABLE, describe_machine, read_sizes, write_table

OURS = ("database", "pages", "ingest", "cost")


def main() -> None:
    """Run them; leave with 1 where one failed."""
    others = sorted(path.stem for path in FOLDER.glob("[a-z]*.py") if path.stem not in (*OURS, "calibrate"))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rows"
        table.touch()
        for name in (*others, *OURS):
            sys.stdout.write(f"== {name}\n")
            sys.stdout.flush()
            done = subprocess.run(
                [sys.executable, FOLDER / f"{name}.py"], cwd=ROOT, env={**os.environ, TABLE: str(table)}, check=False
            )
            failed += [name] if done.returncode else []
        rows = [json.loads(line) for line in table.read_text().splitlines()]
    now = datetime.now(UTC)  # noqa: TID251  (a script: this is the edge)
    sys.stdout.write(
        f"\n== {now:%Y-%m-%d}, {describe_machine()}, records of {read_sizes()} events\n\n{write_table(rows)}\n"
    )
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
