"""The queue's transport: kombu's for Redis and Valkey, mended where it ends a worker whose server went away.

When a connection breaks, the worker closes it in two goes. The first cuts the transport from its client and may leave a
channel open; the second then closes that channel, which would give its messages back and asks the client that is gone
for an address. kombu 5.7 meets that with an AttributeError, which nobody expects, and the worker ends. Here it is the
error that it means. The messages are not lost: those that outlive the server come back after `visibility_timeout`, and
the sweep queues what is due.
"""

from __future__ import annotations

from typing import Any

import redis
from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombu_redis

SCHEMES = ("redis", "rediss")


class Channel(kombu_redis.Channel):
    """A channel that knows when its connection was given up."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise redis.ConnectionError("this connection was given up")
        params: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[misc]  # unknown to its types
        return params


class Transport(kombu_redis.Transport):
    """The transport with that channel."""

    Channel = Channel


def use() -> None:
    """Have addresses of Redis and Valkey opened by this transport, in this process."""
    for scheme in SCHEMES:
        TRANSPORT_ALIASES[scheme] = f"{__name__}:{Transport.__name__}"
