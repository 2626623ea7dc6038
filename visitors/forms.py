"""How often a form may be sent: by one address an hour, by one network a day. Counted in Valkey, for all processes."""

from __future__ import annotations

import functools
import ipaddress
import re
from typing import Final

from django.conf import settings
from limits import RateLimitItemPerDay, RateLimitItemPerHour
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

# People behind one address share it; an attacker has many addresses of one network.
AN_HOUR: Final = 10  # of one address
A_DAY: Final = 100  # of one network
_PREFIXES: Final = {4: 24, 6: 48}


def admit(form: str, address: str) -> bool:
    """Whether this IP address may send the form of that name once more. Asking counts."""
    by_address = RateLimitItemPerHour(AN_HOUR, namespace=f"{form}-address")
    by_network = RateLimitItemPerDay(A_DAY, namespace=f"{form}-network")
    limiter = open_limiter()
    return limiter.hit(by_address, address) and limiter.hit(by_network, find_network(address))


def find_network(address: str) -> str:
    """The network of an IP address: what one customer of a provider gets, at least."""
    ip = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((ip, _PREFIXES[ip.version]), strict=False))


@functools.cache
def open_limiter() -> SlidingWindowCounterRateLimiter:
    """What counts, in Valkey."""
    address = re.sub("^unix:", "redis+unix:", settings.VALKEY_URL)
    return SlidingWindowCounterRateLimiter(storage_from_string(address))
