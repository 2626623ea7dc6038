"""What a fetch may do, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

FEED_BYTES = 10_000_000
PAGE_BYTES = 5_000_000

ACCEPT_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"

PORTS = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The limits of one fetch.

    Args:
        user_agent: who we say we are, with an address to complain to.
        allow_hosts: "host:port" pairs that may be private and on any port, as `INGEST_ALLOW_HOSTS` lists them.
        max_bytes: the cap of the body, counted after decompression.
        deadline_seconds: for the whole fetch: every redirect, name look-up, header and body byte.
        idle_seconds: the longest wait for one connection or one read.
        max_redirects: how many redirects are followed.
        ca_file: a file of certificates to trust in place of the usual ones, "" for the usual ones.
    """

    user_agent: str
    allow_hosts: frozenset[str] = frozenset()
    max_bytes: int = PAGE_BYTES
    deadline_seconds: float = 30.0
    idle_seconds: float = 15.0
    max_redirects: int = 5
    ca_file: str = ""
