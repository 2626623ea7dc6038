"""How often something may be done: the form by one network, mails by minute. Counted in Valkey, for all processes."""

from __future__ import annotations

import functools
import ipaddress
import re
from typing import Final

from django.conf import settings
from limits import RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

# People behind one address share it; an attacker has many addresses of one network.
_BY_ADDRESS: Final = RateLimitItemPerHour(10, namespace="subscribe-address")
_BY_NETWORK: Final = RateLimitItemPerDay(100, namespace="subscribe-network")
_PREFIXES: Final = {4: 24, 6: 48}


def admit(address: str) -> bool:
    """Whether this IP address may send the form once more. Asking counts."""
    network = find_network(address)
    return _limiter().hit(_BY_ADDRESS, address) and _limiter().hit(_BY_NETWORK, network)


def take_turn() -> bool:
    """Whether a mail may be sent now, by EMAIL_PER_MINUTE. Asking counts."""
    pace = settings.EMAIL_PER_MINUTE
    return not pace or _limiter().hit(RateLimitItemPerMinute(pace, namespace="mails"))


def find_network(address: str) -> str:
    """The network of an IP address: what one customer of a provider gets, at least."""
    ip = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((ip, _PREFIXES[ip.version]), strict=False))


@functools.cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    address = re.sub("^unix:", "redis+unix:", settings.VALKEY_URL)
    return SlidingWindowCounterRateLimiter(storage_from_string(address))
