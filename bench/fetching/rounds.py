"""Rounds at a word: each line on standard input is one poll of all feeds, answered with its figures as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable


def poll_at_each_line(poll: Callable[[], int], read_server_time: Callable[[], float] = lambda: 0.0) -> None:
    """Call `poll`, which returns how many entries were new, once for each line that comes in.

    Args:
        poll: a round.
        read_server_time: seconds of processor time that a database server has spent for this process.
    """
    for _ in sys.stdin:
        started, spent = time.perf_counter(), time.process_time() + read_server_time()
        entries = poll()
        answer = {
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() + read_server_time() - spent,
            "entries": entries,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
