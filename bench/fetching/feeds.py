"""Generated feeds and the server that serves them, with ETag and 304, on many ports so that they are many hosts.

As a program: python -m bench.fetching.feeds. It prints its ports; GET /version/N changes what every feed holds.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import sys

FEEDS, ENTRIES, HOSTS = 500, 40, 50
WORDS = "access model vendor terms price interface company customer court data licence train rival cut week".split()
_REQUEST = re.compile(rb"GET /(feed|version)/(\d+)")
_VALIDATOR = re.compile(rb'If-None-Match: *("[^"\r]+")', re.I)


def make_feed(number: int, version: int) -> bytes:
    """Feed `number`: forty entries, of which each version drops the oldest for a new one."""
    entries = (_make_entry(number, entry) for entry in range(ENTRIES + version - 2, version - 2, -1))
    title = f"<title>Feed {number}</title><link>https://site{number}.example/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{title}{"".join(entries)}</channel></rss>'.encode()


def _make_entry(feed: int, entry: int) -> str:
    chance = random.Random(feed * 1_000 + entry)
    title, text = (" ".join(chance.choices(WORDS, k=length)) for length in (9, 120))
    link = f"https://site{feed}.example/{entry}-{title.replace(' ', '-')}"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<description>&lt;p&gt;{text}, &lt;a href='/x'&gt;more&lt;/a&gt;&lt;/p&gt;</description>"
        f"<pubDate>Fri, 01 Aug 2025 {entry % 24:02}:{feed % 60:02}:00 GMT</pubDate></item>"
    )


class Server:
    """Answers from memory."""

    def __init__(self) -> None:
        self.set_version(1)

    def set_version(self, version: int) -> None:
        self._bodies = [make_feed(number, version) for number in range(FEEDS)]
        self._tags = [f'"{hashlib.sha256(body).hexdigest()[:16]}"'.encode() for body in self._bodies]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if match := _REQUEST.match(head):
            writer.write(self._reply(match[1], int(match[2]), _VALIDATOR.search(head)))
        await writer.drain()
        writer.close()

    def _reply(self, kind: bytes, number: int, validator: re.Match[bytes] | None) -> bytes:
        if kind == b"version":
            self.set_version(number)
            return b"HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n"
        body, tag = self._bodies[number], self._tags[number]
        status = b"304 Not Modified" if validator and validator[1] == tag else b"200 OK"
        length = (
            b"Content-Type: application/rss+xml\r\nContent-Length: %d\r\n" % len(body) if status[:1] == b"2" else b""
        )
        head = b"HTTP/1.1 %b\r\nETag: %b\r\n%bConnection: close\r\n\r\n" % (status, tag, length)
        return head + (body if length else b"")


async def serve() -> None:
    server = Server()
    running = [await asyncio.start_server(server.answer, "127.0.0.1", 0) for _ in range(HOSTS)]
    sys.stdout.write(json.dumps([one.sockets[0].getsockname()[1] for one in running]) + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(one.serve_forever() for one in running))


if __name__ == "__main__":
    asyncio.run(serve())
