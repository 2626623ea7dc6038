"""Runs the reading of outsize documents in a process of its own that may use only so much time and memory.

Parsers are written for documents that mean well. Ten megabytes of opening tags take them a minute and a gigabyte; a
child with limits fails alone, and the worker goes on. Ordinary documents are read in place: a child costs about half a
second.
"""

from __future__ import annotations

import importlib
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import IngestError

Result = TypeVar("Result")

HEAVY_BYTES = 512 * 1024
HEAVY_TAGS = 30_000
SECONDS = 90
ALLOWANCE_BYTES = 90 * 1024 * 1024
STATM = Path("/proc/self/statm")
ROOT = Path(__file__).resolve().parent.parent


def is_heavy(body: bytes) -> bool:
    """Whether a document is outsize: by its bytes, or by how many tags it opens."""
    return len(body) > HEAVY_BYTES or body.count(b"<") > HEAVY_TAGS


def run_bounded(
    read: Callable[..., Result], body: bytes, *args: str, error: type[IngestError], seconds: float = SECONDS
) -> Result:
    """`read(body, *args)` in a child process.

    Args:
        read: a function of a module.
        body: the document.
        args: further arguments.
        error: what to raise where the limits were reached.
        seconds: the time limit.

    Raises:
        IngestError: as `read` raises it, or `error`.
    """
    command = [sys.executable, "-m", "ingest.bounded", read.__module__, read.__name__, *args]
    try:
        child = subprocess.run(  # noqa: S603  (our own interpreter and module; the arguments reach no shell)
            command, input=body, capture_output=True, cwd=ROOT, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as expired:
        raise error(f"Reading this document takes longer than {seconds:g} seconds.") from expired
    if child.returncode != 0:
        raise error("Reading this document takes too much memory.")
    result: Result | IngestError = pickle.loads(child.stdout)  # noqa: S301  (written by our own child)
    if isinstance(result, IngestError):
        raise result
    return result


def main(module: str, name: str, *args: str) -> None:
    """The child: read standard input, write the pickled result or expected error to standard output."""
    read: Callable[..., Any] = getattr(importlib.import_module(module), name)
    _limit_memory()
    try:
        result = read(sys.stdin.buffer.read(), *args)
    except IngestError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _limit_memory() -> None:
    """Allow `ALLOWANCE_BYTES` beyond what the imports hold; where the system does not tell, there is no limit."""
    if STATM.exists():
        held = int(STATM.read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (held + ALLOWANCE_BYTES, held + ALLOWANCE_BYTES))


if __name__ == "__main__":
    main(*sys.argv[1:])
