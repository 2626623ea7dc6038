"""Sites of their own for tests: a folder, the commands that run on it, and what runs there."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

PROJECT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    """A site with its data in `var`; `account` are arguments of subprocess that say who runs it."""

    var: Path
    project: Path = PROJECT
    account: Mapping[str, Any] = field(default_factory=dict)

    def start(self, *command: str, **variables: str) -> subprocess.Popen[str]:
        """Start `manage.py command …` on this site; its output and errors are one stream."""
        outside = ("DATABASE_URL", "VALKEY_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        environment = {name: value for name, value in os.environ.items() if name not in outside}
        # Warnings are left out: another run of the tests takes permissions of the folder above back, and we give them.
        environment["LOG_LEVEL"] = "ERROR"
        return subprocess.Popen(
            [self.project / ".venv/bin/python", "manage.py", *command],
            cwd=self.project,
            env={**environment, "AIWATCH_VAR": str(self.var), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self.account,
        )

    def run(self, *command: str, **variables: str) -> tuple[int, str]:
        """Run `manage.py command …` to its end: exit code and output."""
        with self.start(*command, **variables) as process:
            output, _ = process.communicate(timeout=120)
        return process.returncode, output

    def ask(self) -> tuple[int, str]:
        """Run a command that asks the database something."""
        return self.run(
            "shell", "-v0", "-c", "from django.db import connection as c; c.ensure_connection(); print('ok')"
        )

    def list_servers(self) -> list[psutil.Process]:
        """The servers that run on this site's data, their children left out."""
        return [process for process in psutil.process_iter() if _look(process).is_server_in(self.var)]

    def list_parts(self) -> list[psutil.Process]:
        """Web, worker and beat, and the processes between them and the launcher."""
        return [process for process in psutil.process_iter() if _look(process).site == str(self.var)]


@dataclass(frozen=True)
class _Look:
    """What is of interest about a process; all of it empty where it has ended."""

    name: str = ""
    command: tuple[str, ...] = ("",)
    folder: Path = Path("/")
    site: str = ""

    def is_server_in(self, var: Path) -> bool:
        child = self.command[0].startswith("postgres:")
        return self.name in ("postgres", "valkey-server") and not child and self.folder.is_relative_to(var)


def _look(process: psutil.Process) -> _Look:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return _Look()
        site = process.environ().get("AIWATCH_SITE", "")
        return _Look(process.name(), tuple(process.cmdline()) or ("",), Path(process.cwd()), site)
    except psutil.Error:
        return _Look()


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until the call gives something true.

    Raises:
        TimeoutError: it did not in time.
    """
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read a process's output up to the line with these words; returns what was read.

    Raises:
        EOFError: the process ended before; the message is all of its output.
    """
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            return read
    raise EOFError(read)
