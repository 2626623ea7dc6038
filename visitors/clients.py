"""Who asks: the IP address at the other end of a request, and the secret that it brings."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  (nothing listens on it: all whose address is unknown share one allowance)
_OWN_NETWORK = 64  # bits of an IPv6 address that tell one connection to the net from another


def find_address(request: HttpRequest) -> str:
    """The client's IP address; behind a proxy the last one of X-Forwarded-For, which the proxy itself wrote."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = request.headers.get("X-Forwarded-For", given).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return UNKNOWN


def find_connection(request: HttpRequest) -> str:
    """What stands for one visitor without a key: the IPv4 address, or the IPv6 network that one connection gets."""
    ip = ipaddress.ip_address(find_address(request))
    return str(ip if ip.version == 4 else ipaddress.ip_network((ip, _OWN_NETWORK), strict=False))


def find_secret(request: HttpRequest) -> str:
    """The key that a request brings (Authorization: Bearer …), "" where it brings none."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
