"""The tests' end of the worker process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Self

from aiwatch.parts import LARGE_APART
from tests.hostile.case import Case, Expect
from tests.hostile.server import HostileServer


@dataclass(frozen=True)
class Visit:
    """What came of a visit, for how long the network held the worker, and the most memory that it has held so far."""

    outcome: Expect
    seconds: float
    megabytes: float


class Worker:
    """One process that visits case after case."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.hostile.visit"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(command, env=LARGE_APART | dict(os.environ), **pipes)
        return self

    def __exit__(self, *details: object) -> None:
        self._process.communicate()

    def visit(self, case: Case, server: HostileServer, ca_file: str = "") -> Visit:
        """What comes of polling `case`."""
        url = _start_of(case, server)
        request = json.dumps([url, [server.host, server.other_host], case.deadline, ca_file])
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(request + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        outcome = {
            name: tuple(value) if isinstance(value, list) else value for name, value in answer["outcome"].items()
        }
        return Visit(Expect(**outcome), answer["seconds"], answer["megabytes"])


def _start_of(case: Case, server: HostileServer) -> str:
    login = server.base.replace("//", "//user:pass@")
    return case.start.format(base=server.base, login=login) or f"{server.base}/{case.name}"
