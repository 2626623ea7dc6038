"""A behaviour of the server, and what is to come of meeting it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Wire:
    """A connection that a request has come in on."""

    sock: socket.socket
    path: str
    headers: dict[str, str]
    base: str

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Send a whole answer."""
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


Answer = Callable[[Wire], None]


@dataclass(frozen=True)
class Fixed:
    """The same well-formed answer to every request."""

    body: bytes = b""
    type: str = "application/rss+xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, wire: Wire) -> None:
        headers = {"Content-Length": str(len(self.body)), "Connection": "close", **self.headers}
        if self.type:
            headers["Content-Type"] = self.type
        wire.reply(self.status, headers, self.body)


@dataclass(frozen=True)
class Expect:
    """What is to come of a visit. Only what is given is compared.

    `error` is the name of the error's class and `words` a part of its message; `titles`, `urls`, `dates` (ISO 8601, or
    "" for none) and `bodies` are those of the first items.
    """

    error: str = ""
    words: str = ""
    status: int = 200
    items: int | None = None
    titles: tuple[str, ...] | None = None
    urls: tuple[str, ...] | None = None
    dates: tuple[str, ...] | None = None
    bodies: tuple[str, ...] | None = None
    permanent: str | None = None
    complete: bool = True


@dataclass(frozen=True)
class Case:
    """One named behaviour. `start` replaces the address to visit; {base} in it is the server's."""

    name: str
    answer: Answer
    expect: Expect
    deadline: float = 20.0
    start: str = ""


def rss(*items: str, head: str = "", prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    """A feed of `items`, each the inside of an item element."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{prolog}<rss version="2.0"><channel><title>F</title>{head}{inside}</channel></rss>'.encode()


def story(number: int, title: str = "") -> str:
    """The inside of an item."""
    return (
        f"<title>{title or f'Story {number}'}</title><link>https://news.example/{number}</link><guid>g{number}</guid>"
    )


FEED = rss(story(1), story(2), story(3))
READ = Expect(items=3, titles=("Story 1", "Story 2", "Story 3"))
