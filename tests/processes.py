"""Real processes of the site, started and ended by tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

WAIT_SECONDS = 90.0  # long enough for the slowest machine; a test that waits so long has failed


@contextmanager
def run_worker(env: dict[str, str], *, processes: int = 2, beat: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker, with beat in it, in a process group of its own; ended with the block however it stands then."""
    command = [sys.executable, "-m", "celery", "-A", "aiwatch", "worker", "-l", "WARNING", "-c", str(processes)]
    if beat:
        command += ["-B", "-s", f"{env['AIWATCH_VAR']}/beat-{os.getpid()}"]
    worker = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield worker
    finally:
        kill(worker)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children at once, as a power cut would."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    for pid in [process.pid, *(child.pid for child in children)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def wait_until(condition: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
    """Look every tenth of a second until something is so.

    Raises:
        AssertionError: it is not so after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain: {what}"
        time.sleep(0.1)
