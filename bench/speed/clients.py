"""Readers: connections that each ask again as soon as they have their answer."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did: requests a second, and milliseconds of each answer."""

    rate: float
    times: list[float]


def find_port() -> int:
    """One that is free now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def start_server(command: Sequence[str], env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens on the port inside the block."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise SystemExit(f"{command[:4]} ended with {process.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def read_answer(port: int, target: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case, and body of one request."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(make_request(port, target, *headers))
        return _receive(line)


def make_request(port: int, target: str, *headers: str) -> bytes:
    """A browser's request, in few words."""
    lines = [f"GET {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: */*", "Accept-Encoding: gzip", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def load(port: int, make: Callable[[int], bytes], seconds: float, wanted: int) -> Load:
    """Keep CONNECTIONS busy for some seconds.

    Args:
        make: the n-th request.
        wanted: the status that every answer has to have.
    """
    times: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    numbers, failed, end = iter(range(10**9)), list[int](), time.perf_counter() + seconds

    def ask(own: list[float]) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < end:
                request = make(next(numbers))
                started = time.perf_counter()
                line.sendall(request)
                status, headers, _ = _receive(line)
                own.append((time.perf_counter() - started) * 1000)
                if status != wanted:
                    failed.append(status)
                    return
                if headers.get("connection") == "close":
                    line.close()
                    return ask(own)

    threads = [threading.Thread(target=ask, args=(own,)) for own in times]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"answered {failed[0]}, not {wanted}")
    every = [one for own in times for one in own]
    return Load(len(every) / (time.perf_counter() - started), every)


def _receive(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(line)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    status = int(first.split()[1])
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(line)
    else:
        length = 0 if status == 304 else int(headers.get("content-length", 0))
        while len(body) < length:
            body += _more(line)
    return status, headers, body


def _more(line: socket.socket) -> bytes:
    found = line.recv(262_144)
    if not found:
        raise ConnectionError("the server hung up")
    return found
