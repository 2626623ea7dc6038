"""Keeping a server busy: wrk, a client in C with a bounded number of connections, in one thread."""

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

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, and milliseconds that half and nearly all of them took."""

    rate: float
    p50: float
    p99: float


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
def serve(application: str, env: dict[str, str], workers: int = 2, threads: int = 4) -> Iterator[str]:
    """The address of the application under gunicorn, inside the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    size = [f"--workers={workers}", f"--threads={threads}", "--preload", "--no-control-socket", "--log-level=error"]
    command = [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}", *size]
    with subprocess.Popen(command, env=env) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise SystemExit("the server ended")
        time.sleep(0.1)
    raise SystemExit("the server did not come up")
