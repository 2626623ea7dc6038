"""Processes of the embedded servers: start one, find the one that a pid file means, clear up what a killed one left."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil

from aiwatch.account import Account

LOG_BYTES = 5_000_000


def start_process(command: Sequence[str], account: Account, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the command in its folder, its output at the end of the log; a log over 5 MB is begun anew.

    The process has a session of its own, so that Ctrl-C in a terminal does not reach it.
    """
    keep = log.exists() and log.stat().st_size < LOG_BYTES
    # PG* variables of the user's shell are meant for other servers.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with log.open("ab" if keep else "wb") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            umask=0o077,
            **account.popen_kwargs,
        )


def find_process(pid_file: Path, folder: Path) -> psutil.Process | None:
    """The process whose number the file's first line holds, if it works in that folder.

    After a crash or a restart of the machine the number may be another program's by now.
    """
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="ascii").split("\n", 1)[0]))
        return process if _works_in(process, folder) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def kill_all_in(folder: Path, name: str) -> None:
    """Kill every process of that name that works in the folder, and wait for their end."""
    found = [process for process in psutil.process_iter() if _works_in(process, folder) and _name(process) == name]
    for process in found:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(found, timeout=10)


def read_tail(log: Path, lines: int = 8) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == folder
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return False


def _name(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.NoSuchProcess:
        return ""
