"""robots.txt: asked once a day a host, kept in the database, and obeyed for pages and listing pages (RFC 9309)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings

from ingest.errors import FetchError, RefusedAddress
from ingest.fetch import ACCEPT_FEED, FEED_BYTES
from ingest.models import Feed, Robots
from ingest.pipeline.network import open_address
from ingest.pipeline.turns import HeldTurns, HostBusy
from ingest.robots import KEEP_FOR, NO_ANSWER, READ_BYTES, RobotsVerdict, judge_robots, robots_url
from ingest.types import Response
from timeline.addresses import same_site

ASK_AGAIN = timedelta(hours=1)  # where robots.txt could not be had
ABSENT = 404
LONGEST_URL = 400


class Forbidden(FetchError):
    """robots.txt does not let us open the page; `permanent` where it says so itself, not while it cannot be had."""


def open_page(
    url: str, *, now: datetime, feed: Feed | None = None, etag: str = "", last_modified: str = ""
) -> Response:
    """Get a page, if robots.txt allows it, its host's and that of each host that redirects lead to.

    Args:
        url: an http or https address.
        now: aware, UTC.
        feed: the feed that the page belongs to, which shows the verdict of its own site.
        etag, last_modified: the validators of the copy at hand.

    Raises:
        Forbidden: robots.txt does not allow it.
        HostBusy: it is not our turn at the host.
        ingest.errors.FetchError: as `fetch_url`.
    """
    return open_address(
        url,
        now=now,
        ask=lambda address: ask_robots(address, now, feed),
        etag=etag,
        last_modified=last_modified,
    )


def open_feed(
    url: str,
    *,
    now: datetime,
    etag: str = "",
    last_modified: str = "",
    pauses: Mapping[str, float] | None = None,
    held: HeldTurns | None = None,
) -> Response:
    """Get a feed: made for machines, so robots.txt is not asked; a Crawl-delay that is known is kept all the same.

    Args:
        url: an http or https address.
        now: aware, UTC.
        etag, last_modified: the validators of the copy at hand.
        pauses: Crawl-delays by address, as `find_pauses` gives them, where they are known already.
        held: turns at hosts that we have already.

    Raises:
        HostBusy: it is not our turn at the host.
        ingest.errors.FetchError: as `fetch_url`.
    """
    return open_address(
        url,
        now=now,
        accept=ACCEPT_FEED,
        max_bytes=FEED_BYTES,
        ask=lambda address: pauses[address] if pauses and address in pauses else find_pauses([address])[address],
        etag=etag,
        last_modified=last_modified,
        held=held,
    )


def ask_robots(url: str, now: datetime, feed: Feed | None = None) -> float:
    """The pause in seconds that the host wishes between two visits.

    Raises:
        Forbidden: robots.txt does not let us open `url`.
        HostBusy: robots.txt has to be asked for first, and it is not our turn.
    """
    row = _find_or_ask(_address_of(url), now)
    verdict = _judge(row, url, now)
    if feed is not None and same_site(url, feed.site_url or feed.url):
        Feed.objects.filter(pk=feed.pk).exclude(robots=verdict.reason).update(robots=verdict.reason)
    if not verdict.allowed:
        raise Forbidden(verdict.reason, where=url, permanent=200 <= row.status < 300)
    return verdict.crawl_delay_seconds


def find_pauses(urls: Iterable[str]) -> dict[str, float]:
    """The Crawl-delay by address, 0.0 where the host's robots.txt names none or is not at hand."""
    addresses = {url: _address_of(url) for url in urls}
    rows = Robots.objects.filter(url__in=set(addresses.values()), crawl_delay_seconds__gt=0)
    known = dict(rows.values_list("url", "crawl_delay_seconds"))
    return {url: known.get(address, 0.0) for url, address in addresses.items()}


def _address_of(url: str) -> str:
    return robots_url(url)[:LONGEST_URL]


def _judge(row: Robots, url: str, now: datetime) -> RobotsVerdict:
    return judge_robots(
        url,
        settings.INGEST_USER_AGENT,
        status=row.status,
        body=zlib.decompress(row.body) if row.body else b"",
        unreachable_for=now - row.failing_since if row.failing_since else timedelta(0),
    )


def _find_or_ask(address: str, now: datetime) -> Robots:
    row = Robots.objects.filter(url=address).first() or Robots(url=address, fetched_at=now)
    keep_for = ASK_AGAIN if row.failing_since else KEEP_FOR
    if row.pk and row.fetched_at <= now < row.fetched_at + keep_for:
        return row
    status, body = _ask(address, now)
    row.fetched_at = now
    if _is_failure(status):
        row.failing_since = row.failing_since or now
        row.status = row.status or status  # an answer that we had is better than none
    else:
        row.failing_since, row.status, row.body = None, status, zlib.compress(body[:READ_BYTES])
        row.crawl_delay_seconds = _judge(row, address, now).crawl_delay_seconds
    return _save(row)


def _ask(address: str, now: datetime) -> tuple[int, bytes]:
    try:
        response = open_address(address, now=now, ask=lambda _: 0.0)
    except HostBusy:
        raise
    except RefusedAddress:  # it leads away from the public web: there is none
        return ABSENT, b""
    except FetchError:
        return NO_ANSWER, b""
    return response.status, response.body


def _is_failure(status: int) -> bool:
    return status == NO_ANSWER or status >= 500 or status == 429


def _save(row: Robots) -> Robots:
    """Keep the row; of two workers that asked at the same time the later one stands."""
    values = {
        name: getattr(row, name) for name in ("status", "body", "fetched_at", "failing_since", "crawl_delay_seconds")
    }
    return Robots.objects.update_or_create(url=row.url, defaults=values)[0]
