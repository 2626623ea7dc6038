"""Many real hosts on 127.0.0.1, a port each, whose feeds behave well or badly, and a clock that they and tests move."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import sleep

from tests.site import make_rss

ANSWER_SECONDS = 0.05  # of simulated time
OVERLONG_SECONDS = 1.0  # of real time: longer than the deadline that the test sets

# What a broken feed answers, and the words in which its health has to say so.
BROKEN: dict[str, tuple[bytes, str]] = {
    "missing": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "The server answered 404"),
    "forbidden": (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "The server answered 403"),
    "failing": (b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", "The server answered 500"),
    "gone": (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", "gone for good"),
    "page": (b"HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n<html><p>Please log in</p></html>"[:-2], ""),
    "empty": (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
    "silent": (b"", ""),
    "rubbish": (b"no HTTP at all\r\n\r\n", ""),
    "slow": (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "No full answer within"),
}
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Clock:
    """Simulated seconds since the epoch."""

    now: float

    def read(self) -> float:
        return self.now


@dataclass
class Hosts:
    """`log` has the simulated time, port and path of each request."""

    clock: Clock
    ports: list[int] = field(default_factory=list)
    log: list[tuple[float, int, str]] = field(default_factory=list)

    def answer(self, port: int, path: str) -> bytes:
        """What a path answers: /well/, /lively/, /busy/, or one of BROKEN, and then a number."""
        self.log.append((self.clock.now, port, path))
        self.clock.now += ANSWER_SECONDS
        kind, number = path.strip("/").split("/")
        if kind == "busy":
            return BUSY
        if kind in BROKEN:
            return BROKEN[kind][0]
        items = int(self.clock.now // 60) if kind == "lively" else 3
        home = f"https://site{number}.example/"
        body = make_rss(
            f"Site {number}", home, [(f"g{n}", f"{home}{n}", f"Story {n}") for n in range(items - 3, items)]
        )
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@contextmanager
def serve_hosts(number: int, clock: Clock) -> Iterator[Hosts]:
    """As many hosts, all up inside the block."""
    hosts, ending = Hosts(clock), threading.Event()
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(number):
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=16))
            selector.register(listener, selectors.EVENT_READ)
            hosts.ports.append(listener.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(selector, ending, hosts.answer), daemon=True)
        thread.start()
        try:
            yield hosts
        finally:
            ending.set()
            thread.join()


def _serve(selector: selectors.BaseSelector, ending: threading.Event, answer: Callable[[int, str], bytes]) -> None:
    while not ending.is_set():
        for key, _ in selector.select(timeout=0.1):
            visitor, _ = key.fileobj.accept()  # type: ignore[union-attr]
            threading.Thread(target=_handle, args=(visitor, answer), daemon=True).start()


def _handle(visitor: socket.socket, answer: Callable[[int, str], bytes]) -> None:
    with visitor, contextlib.suppress(OSError):
        path = visitor.recv(65_536).split(b" ")[1].decode()
        body = answer(visitor.getsockname()[1], path)
        visitor.sendall(body)
        if "/slow/" in path:
            sleep(OVERLONG_SECONDS)
