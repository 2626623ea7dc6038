"""What robots.txt says of an address (RFC 9309)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

KEEP_FOR = timedelta(hours=24)  # section 2.4
GIVE_UP_AFTER = timedelta(days=30)  # section 2.3.1.4
READ_BYTES = 500 * 1024  # section 2.5
LONGEST_DELAY_SECONDS = 3600.0
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class RobotsVerdict:
    """Whether an address may be opened, why, and the pause that the host wishes between two visits."""

    allowed: bool
    reason: str
    crawl_delay_seconds: float = 0.0


def robots_url(url: str) -> str:
    """Where the robots.txt that governs `url` stands."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def judge_robots(
    url: str, user_agent: str, *, status: int, body: bytes = b"", unreachable_for: timedelta = timedelta(0)
) -> RobotsVerdict:
    """Whether robots.txt lets `user_agent` open `url`.

    Args:
        url: the address to open.
        user_agent: our name; what stands after the first slash or space plays no part.
        status: the HTTP status that robots.txt was answered with, redirects followed; `NO_ANSWER` for none. Too many
            redirects count as 404.
        body: its content; what is over 500 KiB is not read.
        unreachable_for: since when there has been no answer but errors.
    """
    if status == NO_ANSWER or status >= 500 or status == 429:
        # Section 2.3.1.4. RFC 9309 counts 429 to the 4xx that allow everything; who asks us to slow down means less.
        if unreachable_for < GIVE_UP_AFTER:
            return RobotsVerdict(False, "robots.txt cannot be had at the moment, so the site is left alone.")
        return RobotsVerdict(True, "robots.txt has been out of reach for a month.")
    if not 200 <= status < 300:
        return RobotsVerdict(True, "There is no robots.txt.")
    rules, name = _parse_rules(body[:READ_BYTES]), product_token(user_agent)
    delay = min(max(rules.crawl_delay(name) or 0.0, 0.0), LONGEST_DELAY_SECONDS)
    if rules.can_fetch(url, name):
        return RobotsVerdict(True, "robots.txt allows it.", delay)
    return RobotsVerdict(False, "robots.txt forbids it.", delay)


def product_token(user_agent: str) -> str:
    """The name in a User-Agent: "aiwatch" of "aiwatch/1.0 (+https://example.org)"."""
    return user_agent.replace("/", " ").split(" ")[0]


@functools.lru_cache(maxsize=16)
def _parse_rules(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8", "replace").lstrip("\ufeff"))
