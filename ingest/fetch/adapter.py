"""The transport: which addresses a connection may be opened to, and how it is cut off from outside."""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import os
import socket
import ssl
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

import certifi
import requests
import urllib3.exceptions
from requests_hardened.ip_filter import filter_host
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_ import create_urllib3_context

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


class PublicAdapter:
    """Opens connections to public addresses and to the `allow_hosts` only, for one fetch.

    The name is resolved once, the answer is judged and the connection goes to that very answer, so that a name
    cannot change its mind in between. Beyond what requests-hardened refuses, everything that is not plainly global
    is refused, and every port but 80 and 443. Answers are taken from urllib3 as they are: what a session of requests
    does besides took half of the time of a fetch.

    Args:
        allow_hosts: "host:port" pairs that may be private and on any port.
        ca_file: a file of certificates to trust in place of the usual ones, "" for the usual ones.
        sockets: where those that are opened are noted.
    """

    def __init__(self, allow_hosts: frozenset[str], ca_file: str, sockets: Sockets) -> None:
        self._allow_hosts = allow_hosts
        self._ca_file = ca_file
        self._sockets = sockets
        self._pools: dict[tuple[Any, ...], HTTPConnectionPool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        for pool in self._pools.values():
            pool.close()

    def ask(self, request: requests.PreparedRequest, idle_seconds: float) -> BaseHTTPResponse:
        """The answer of a host, its body not yet read, redirects not followed.

        Raises:
            RefusedAddress: the host or its port is not for a public server to open.
            requests.RequestException, urllib3.exceptions.HTTPError: there is no answer.
        """
        pool = self._find_pool(request)
        try:
            return pool.urlopen(
                "GET",
                "/" + (request.path_url or "").lstrip("/"),  # two slashes would name a host
                headers=request.headers,
                retries=False,
                redirect=False,
                timeout=idle_seconds,
                preload_content=False,
                decode_content=False,
            )
        except urllib3.exceptions.TimeoutError as error:
            raise requests.Timeout from error

    def _find_pool(self, request: requests.PreparedRequest) -> HTTPConnectionPool:
        """Connections to the host of `request`: to the address that its name led to when it was judged."""
        scheme = urlsplit(request.url or "").scheme
        if scheme not in DEFAULT_PORTS:
            raise requests.exceptions.InvalidSchema(scheme)
        host, port = _host_and_port(request.url or "", scheme)
        key = (scheme, host, port)
        if key not in self._pools:
            judged = self._judge(host, port, request.url or "")
            self._pools[key] = self._open_pool(scheme, host, judged, port)
        request.headers["Host"] = urlsplit(request.url or "").netloc.rpartition("@")[2]
        return self._pools[key]

    def _judge(self, host: str, port: int, url: str) -> str:
        """The address that a host's name leads to.

        Raises:
            RefusedAddress: it is not for a public server to open.
        """
        if f"{host}:{port}" in self._allow_hosts:
            return host
        if port not in PORTS:
            raise RefusedAddress(f"Port {port} is not one of 80 and 443.", where=url)
        address = str(filter_host(host, port, allow_loopback=False)).strip("[]")
        if not is_public(address):
            raise RefusedAddress(f"{host} is at a private address.", where=url)
        return address

    def _open_pool(self, scheme: str, host: str, address: str, port: int) -> HTTPConnectionPool:
        pool: HTTPConnectionPool
        if scheme == "https":
            names: dict[str, Any] = {"assert_hostname": host, "server_hostname": host}
            pool = HTTPSConnectionPool(address, port, ssl_context=_trust(self._ca_file), **names)
        else:
            pool = HTTPConnectionPool(address, port)
        watched = _WatchedTLSConnection if scheme == "https" else _WatchedConnection
        pool.ConnectionCls = functools.partial(watched, on_open=self._sockets.add)  # type: ignore[assignment]
        return pool


@functools.lru_cache(maxsize=4)
def _trust(ca_file: str) -> ssl.SSLContext:
    """Whose certificates are trusted; reading them takes longer than a whole fetch."""
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)  # which its connections keep
    context.load_verify_locations(ca_file or certifi.where())
    return context


def is_public(address: str) -> bool:
    """Whether an IP address in its usual notation is one of the public internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.is_site_local):
        return ip.ipv4_mapped is not None and is_public(str(ip.ipv4_mapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _host_and_port(url: str, scheme: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or DEFAULT_PORTS[scheme]
