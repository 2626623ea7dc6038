"""Pages of articles for two workers, and the server that serves them, on many ports so that they are many hosts.

As a program: it prints its ports and how many pages there are; GET /N is page N.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from gate import load_articles

from bench.reading import as_html

HOSTS, EDITIONS = 40, 5
WORDS = "access model vendor terms price interface company customer court data licence train rival cut week".split()


def make_pages() -> list[bytes]:
    """The labelled articles in several editions, each with a paragraph of its own, so that no two pages are the same."""
    chance, pages = random.Random(1), []
    for _ in range(EDITIONS):
        for article in load_articles(ROOT / "tests" / "gold" / "articles"):
            more = " ".join(chance.choices(WORDS, k=60)).capitalize() + "."
            pages.append(as_html(article).replace(b"</article>", f"<p>{more}</p></article>".encode()))
    return pages


async def serve() -> None:
    pages = make_pages()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        found = re.match(rb"GET /(\d+) ", head)
        body = pages[int(found[1])] if found else b""
        status = b"200 OK" if found else b"404 Not Found"
        head = (
            b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        )
        writer.write(head % (status, len(body)) + body)
        await writer.drain()
        writer.close()

    running = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(HOSTS)]
    ports = [one.sockets[0].getsockname()[1] for one in running]
    sys.stdout.write(json.dumps({"ports": ports, "pages": len(pages)}) + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(one.serve_forever() for one in running))


if __name__ == "__main__":
    asyncio.run(serve())
