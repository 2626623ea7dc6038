"""The server itself: plain sockets, so that it can break every rule of HTTP."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterable
from typing import Self

from tests.hostile.case import Case, Wire

LONGEST_REQUEST = 65_536
SILENCE_SECONDS = 30
TLS_HELLO = b"\x16\x03"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


class HostileServer:
    """Serves each case under its name, on 127.0.0.1, from threads of its own.

    Args:
        cases: what it does.
        context: with it, it speaks TLS.
    """

    def __init__(self, cases: Iterable[Case], context: ssl.SSLContext | None = None) -> None:
        answers = {case.name: case.answer for case in cases}
        scheme = "https" if context else "http"

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    sock = context.wrap_socket(self.request, server_side=True) if context else self.request
                    with sock:
                        sock.settimeout(SILENCE_SECONDS)
                        wire = _read_request(sock, f"{scheme}://{sock.getsockname()[0]}:{sock.getsockname()[1]}")
                        answers[wire.path.split("/")[1]](wire)
                        sock.shutdown(socket.SHUT_WR)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.other_host = f"localhost:{self.port}"
        self.base = f"{scheme}://{self.host}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._server.shutdown()
        self._server.socket.close()
        self._thread.join()


def _read_request(sock: socket.socket, base: str) -> Wire:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_REQUEST:
        data = sock.recv(4096)
        if not data or data.startswith(TLS_HELLO):
            raise OSError("the visitor left, or speaks TLS")
        head += data
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Wire(sock, first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}, base)
