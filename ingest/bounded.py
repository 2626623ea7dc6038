"""Runs the reading of outsize documents in a process of its own that may use only so much time and memory.

Parsers are written for documents that mean well. Ten megabytes of opening tags take them a minute and a gigabyte; a
child with limits fails alone, and the worker goes on. Ordinary documents are read in place: a child costs about half a
second.
"""

from __future__ import annotations

import errno
import importlib
import os
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from ingest.errors import IngestError

Result = TypeVar("Result")

HEAVY_BYTES = 512 * 1024
HEAVY_TAGS = 15_000
HEAVY_REFERENCES = 30_000
SECONDS = 90
ALLOWANCE_BYTES = 90 * 1024 * 1024
NO_ROOM = 74  # EX_IOERR of sysexits.h
STATM = Path("/proc/self/statm")
ROOT = Path(__file__).resolve().parent.parent


def is_heavy(body: bytes) -> bool:
    """Whether a document is outsize: by its bytes, its tags or its references."""
    return len(body) > HEAVY_BYTES or body.count(b"<") > HEAVY_TAGS or body.count(b"&") > HEAVY_REFERENCES


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
    (result,) = _list_answers(read, body, *args, error=error, seconds=seconds)
    return cast("Result", result)


def run_bounded_parts(
    read: Callable[..., Iterator[Result]], body: bytes, *args: str, error: type[IngestError], seconds: float = SECONDS
) -> Iterator[Result]:
    """What `read(body, *args)` yields in a child process, once all of it was read; held one at a time.

    Takes and raises what `run_bounded` does.
    """
    return cast("Iterator[Result]", _list_answers(read, body, *args, error=error, seconds=seconds))


def _list_answers(
    read: Callable[..., Any], body: bytes, *args: str, error: type[IngestError], seconds: float
) -> Iterator[Any]:
    """Run the child to its end and give back what it wrote, which waits in a file."""
    command = [sys.executable, "-m", "ingest.bounded", read.__module__, read.__name__, *args]
    with tempfile.TemporaryFile() as answers:
        try:
            child = subprocess.Popen(  # noqa: S603  (our own interpreter and module; the arguments reach no shell)
                command, stdin=subprocess.PIPE, stdout=answers, stderr=subprocess.DEVNULL, cwd=ROOT
            )
            _feed(child, body, seconds)
        except subprocess.TimeoutExpired as expired:
            raise error(f"Reading this document takes longer than {seconds:g} seconds.") from expired
        if child.returncode == NO_ROOM:
            raise OSError(errno.ENOSPC, "There is no room for temporary files.")
        if child.returncode != 0:
            raise error("Reading this document takes too much memory.")
        del body
        answers.seek(0)
        while True:
            try:
                answer = pickle.load(answers)  # noqa: S301  (written by our own child)
            except EOFError:
                return
            if isinstance(answer, IngestError):
                raise answer
            yield answer


def _feed(child: subprocess.Popen[bytes], body: bytes, seconds: float) -> None:
    """Give a child its input and wait for its end; a child that takes too long is ended."""
    try:
        child.communicate(body, timeout=seconds)
    finally:
        child.kill()
        child.wait()


def main(module: str, name: str, *args: str) -> None:
    """The child: read standard input, write the pickled results or the expected error to standard output."""
    read: Callable[..., Any] = getattr(importlib.import_module(module), name)
    _limit_memory()
    try:
        result = read(sys.stdin.buffer.read(), *args)
        for part in result if isinstance(result, Iterator) else (result,):
            pickle.dump(part, sys.stdout.buffer)
        sys.stdout.flush()
    except IngestError as error:
        pickle.dump(error, sys.stdout.buffer)
    except OSError:  # no fault of the document
        os._exit(NO_ROOM)


def _limit_memory() -> None:
    """Allow `ALLOWANCE_BYTES` beyond what the imports hold; where the system does not tell, there is no limit."""
    if STATM.exists():
        held = int(STATM.read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (held + ALLOWANCE_BYTES, held + ALLOWANCE_BYTES))


if __name__ == "__main__":
    main(*sys.argv[1:])
