"""Who asks: the IP address at the other end of a request."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  (nothing listens on it: all whose address is unknown share one allowance)


def find_address(request: HttpRequest) -> str:
    """The client's IP address; behind a proxy the last one of X-Forwarded-For, which the proxy itself wrote."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.DIGESTS_BEHIND_PROXY:
        given = request.headers.get("X-Forwarded-For", given).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return UNKNOWN


def is_local(request: HttpRequest) -> bool:
    """Whether a browser on this machine asks, and no proxy stands between."""
    address = ipaddress.ip_address(find_address(request))
    host = request.get_host().rsplit(":", 1)[0]
    forwarded = "X-Forwarded-For" in request.headers or settings.DIGESTS_BEHIND_PROXY
    return address.is_loopback and host in ("localhost", "127.0.0.1", "[::1]") and not forwarded
