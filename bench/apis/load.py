"""Keeping a server busy: wrk, a client in C with a bounded number of connections, in one thread.

Connections that are kept stay with the process that took them. Of two processes one now and then takes nearly all before
the other wakes, and half of the machine is idle: such a run tells of the luck of its first millisecond, whatever is
served, and is made again.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psutil import Process

TRIES = 8
EVEN = 0.5  # of the processor time of the process that did most, what the one that did least must have done
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, and milliseconds that half and nearly all of them took."""

    rate: float
    p50: float
    p99: float


@dataclass(slots=True)
class Server:
    """A server that runs: its address, the processes that answer, and how many loads were uneven, of how many."""

    address: str
    processes: list[Process]
    uneven: int = 0
    loads: int = 0

    def run_load(self, path: str, connections: int, seconds: int, headers: dict[str, str]) -> Load:
        """A load that all processes share, as far as TRIES loads bring one; the last one else."""
        for _ in range(TRIES):
            before = self._measure()
            load = run_load(self.address + path, connections, seconds, headers)
            spent = [after - then for after, then in zip(self._measure(), before, strict=True)]
            self.loads += 1
            if min(spent) >= EVEN * max(spent):
                break
            self.uneven += 1
        return load

    def _measure(self) -> list[float]:
        return [sum(process.cpu_times()[:2]) for process in self.processes]


def run_load(address: str, connections: int, seconds: int, headers: dict[str, str]) -> Load:
    """Ask for one address for some seconds, each connection again as soon as it has its answer."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is not installed (Debian's package of that name).")
    named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *named, address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"{address}:\n{told}")
    return Load(_find(r"Requests/sec:\s+([\d.]+)", told), _find_time("50", told), _find_time("99", told))


def _find(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if not found:
        raise SystemExit(text)
    return float(found[1])


def _find_time(percent: str, text: str) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)", text, re.M)
    if not found:
        raise SystemExit(text)
    return float(found[1]) * _UNITS[found[2]]


@contextmanager
def serve(application: str, env: dict[str, str], workers: int = 2, threads: int = 4) -> Iterator[Server]:
    """The application under gunicorn, inside the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    size = [f"--workers={workers}", f"--threads={threads}", "--preload", "--no-control-socket", "--log-level=error"]
    command = [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}", *size]
    with subprocess.Popen(command, env=env) as process:
        try:
            _wait(port, process)
            yield Server(f"http://127.0.0.1:{port}", _find_workers(process.pid, workers))
        finally:
            process.terminate()


def _find_workers(pid: int, number: int) -> list[Process]:
    for _ in range(300):
        if len(found := Process(pid).children()) == number:
            return found
        time.sleep(0.1)
    raise SystemExit("the server did not start all of its processes")


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise SystemExit("the server ended")
        time.sleep(0.1)
    raise SystemExit("the server did not come up")
