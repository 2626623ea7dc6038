"""A small real web site on 127.0.0.1 for tests: paths and what they answer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """What is served, and what was asked for.

    `pages` maps a path to its body; `headers` to extra headers of a path; unknown paths answer 404. A path in
    `validators` answers 304 to whoever sends that ETag back. `statuses` are answers other than 200. `most_at_once` is
    how many requests waited for their answer at the same moment, each for `delay_seconds` at least.
    """

    port: int = 0
    pages: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    validators: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    delay_seconds: float = 0.0
    at_once: int = 0
    most_at_once: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


@contextmanager
def serve_site() -> Iterator[Site]:
    """A site that is up inside the block."""
    site, lock = Site(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                site.requests[self.path] += 1
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
            time.sleep(site.delay_seconds)
            with lock:  # before the answer: its reader may be followed by the next visitor at once
                site.at_once -= 1
            etag = site.validators.get(self.path)
            if etag and self.headers.get("If-None-Match") == etag:
                return self._answer(304, b"")
            body = site.pages.get(self.path)
            status = site.statuses.get(self.path, 404 if body is None else 200)
            return self._answer(status, b"not here" if body is None else body)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
            headers |= site.headers.get(self.path, {})
            if self.path in site.validators:
                headers["ETag"] = site.validators[self.path]
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_rss(title: str, link: str, items: list[tuple[str, str, str]]) -> bytes:
    """An RSS 2.0 feed; `items` are (guid, address, title)."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{url}</link><title>{name}</title>"
        "<pubDate>Fri, 13 Feb 2026 11:45:00 GMT</pubDate></item>"
        for guid, url, name in items
    )
    text = f"<rss version='2.0'><channel><title>{title}</title><link>{link}</link>{entries}</channel></rss>"
    return text.encode()


def make_page(title: str, *paragraphs: str, publisher: str = "Example Wire", published: str = "") -> bytes:
    """An article's page."""
    meta = f'<meta property="og:site_name" content="{publisher}">'
    if published:
        meta += f'<meta property="article:published_time" content="{published}">'
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{meta}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()
