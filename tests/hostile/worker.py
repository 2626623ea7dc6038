"""The tests' end of the worker process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Self

from tests.hostile.case import Case, Expect
from tests.hostile.server import HostileServer


class Worker:
    """One process that visits case after case."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.hostile.visit"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *details: object) -> None:
        self._process.communicate()

    def visit(self, case: Case, server: HostileServer, ca_file: str = "") -> tuple[Expect, float]:
        """What comes of polling `case`, and the most memory in megabytes that the worker has held so far."""
        url = _start_of(case, server)
        request = json.dumps([url, [server.host, server.other_host], case.deadline, ca_file])
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(request + "\n")
        self._process.stdin.flush()
        outcome, megabytes = json.loads(self._process.stdout.readline())
        return Expect(**{**outcome, "titles": tuple(outcome["titles"] or ())}), megabytes


def _start_of(case: Case, server: HostileServer) -> str:
    login = server.base.replace("//", "//user:pass@")
    return case.start.format(base=server.base, login=login) or f"{server.base}/{case.name}"
