"""The transport: which addresses a connection may be opened to, and how it is cut off from outside."""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import os
import socket
from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from ingest.errors import RefusedAddress
from ingest.fetch.policy import PORTS

DEFAULT_PORTS = {"http": 80, "https": 443}


class Sockets:
    """The sockets that one fetch has opened: another thread can cut them off, and none is left open at the end."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self._cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        for sock in self._open:
            # Close what a library forgot after an error; a detached socket is closed by nobody else.
            if (descriptor := sock.detach()) >= 0:
                os.close(descriptor)

    def add(self, sock: socket.socket) -> None:
        self._open.append(sock)
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """Wake whoever reads from the sockets; later ones are cut as they come."""
        self._cut = True
        for sock in self._open:
            with contextlib.suppress(OSError):
                # The plain socket's method: that of a TLS socket drops the TLS layer under the reader's feet.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _WatchedConnection(HTTPConnection):
    def __init__(self, *args: Any, on_open: Callable[[socket.socket], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_open = on_open

    def connect(self) -> None:
        super().connect()
        if self.sock is not None:
            self._on_open(self.sock)


class _WatchedTLSConnection(_WatchedConnection, HTTPSConnection):
    """The same over TLS."""


class PublicAdapter(IPFilterAdapter):
    """Opens connections to public addresses and to the `allow_hosts` only.

    The name is resolved once, the answer is judged and the connection goes to that very answer, so that a name
    cannot change its mind in between. Beyond what requests-hardened refuses, everything that is not plainly global
    is refused, and every port but 80 and 443.
    """

    def __init__(self, scheme: str, allow_hosts: frozenset[str], sockets: Sockets) -> None:
        self._scheme = scheme
        self._allow_hosts = allow_hosts
        self._sockets = sockets
        super().__init__(is_https_proto=scheme == "https")

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> tuple[Any, Any]:
        """Resolve and judge the host of `request`.

        Raises:
            RefusedAddress: the host or its port is not for a public server to open.
        """
        host, port = _host_and_port(request.url or "", self._scheme)
        if f"{host}:{port}" in self._allow_hosts:
            return HTTPAdapter.build_connection_pool_key_attributes(self, request, verify, cert)
        if port not in PORTS:
            raise RefusedAddress(f"Port {port} is not one of 80 and 443.", where=request.url or "")
        host_params, pool_kwargs = super().build_connection_pool_key_attributes(request, verify, cert)
        if not is_public(str(host_params["host"]).strip("[]")):
            raise RefusedAddress(f"{host} is at a private address.", where=request.url or "")
        return host_params, pool_kwargs

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> HTTPConnectionPool:
        """A pool for `request` whose connections are watched."""
        pool: HTTPConnectionPool = super().get_connection_with_tls_context(request, verify, proxies, cert)
        watched = _WatchedTLSConnection if self._scheme == "https" else _WatchedConnection
        pool.ConnectionCls = functools.partial(watched, on_open=self._sockets.add)  # type: ignore[assignment]
        return pool


def is_public(address: str) -> bool:
    """Whether an IP address in its usual notation is one of the public internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.is_site_local):
        return ip.ipv4_mapped is not None and is_public(str(ip.ipv4_mapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _host_and_port(url: str, scheme: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or DEFAULT_PORTS[scheme]
