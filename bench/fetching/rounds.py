"""Rounds at a word: each line on standard input is one poll of all feeds, answered with its figures as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable


def poll_at_each_line(poll: Callable[[], int]) -> None:
    """Call `poll`, which returns how many entries were new, once for each line that comes in."""
    for _ in sys.stdin:
        started = time.perf_counter()
        entries = poll()
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answer = {"seconds": time.perf_counter() - started, "entries": entries, "megabytes": megabytes}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
