"""The whole site on one machine: PostgreSQL, Valkey, web, worker and beat, until Ctrl-C. `make run` ends up
here.

The launcher holds the servers and watches over its parts. A server that dies is started again; when another part dies,
the rest is stopped with one sentence, and nothing is lost: the next start goes on from the database.
"""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import psutil
from django.conf import settings
from django.db import connections

from aiwatch import embedded
from aiwatch.prepare import prepare_site

MARK = "AIWATCH_SITE"  # in the environment of every part: whose site it is
LOOK_SECONDS = 0.2
STOP_SECONDS = 12.0  # honcho kills after five


def run_site() -> NoReturn:
    """Start everything, say where it is, wait, stop everything; ends the process."""
    try:
        with _site_lock():
            stop_leftovers()
            check_port(settings.HOST, settings.PORT)
            sys.exit(serve(first=_prepare()))
    except KeyboardInterrupt:
        sys.exit("Stopped before it was ready; the next start goes on from here.")


def serve(*, first: bool) -> int:
    """Run the parts until a signal comes or one of them dies; returns the exit code."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    parts = _start_parts()
    announced = False
    while not stopping.wait(LOOK_SECONDS) and parts.poll() is None:
        if not announced and _answers():
            announced = True
            _announce(first=first)
        for name in embedded.revive():
            _say(f"{name} had died and runs again.")
    died = not stopping.is_set()
    _stop_parts(parts)
    _say("A part of the site died (see above), the rest was stopped; start it again." if died else "Stopped.")
    return 1 if died else 0


def check_port(host: str, port: int) -> None:
    """End with one sentence where another program listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        sys.exit(f"Port {port} of {host} cannot be used ({error.strerror}); set another: PORT=8001 make run.")


def stop_leftovers() -> None:
    """Stop the parts of a launcher that was killed: whoever holds the site's lock knows that they have no master."""
    left = [process for process in psutil.process_iter() if _belongs_to_site(process)]
    for process in left:
        process.terminate()
    for process in psutil.wait_procs(left, timeout=5)[1]:
        process.kill()


def _prepare() -> bool:
    _say("Starting PostgreSQL and Valkey" if embedded.is_wanted() else "Preparing")
    embedded.hold()
    first = prepare_site(_say)
    connections.close_all()
    return first


def _start_parts() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "aiwatch.parts", _address()]
    environment = {**os.environ, MARK: str(settings.VAR)}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)


def _stop_parts(parts: subprocess.Popen[bytes]) -> None:
    parts.terminate()
    try:
        parts.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        parts.kill()
        parts.wait()
    stop_leftovers()


def _belongs_to_site(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == str(settings.VAR)
    except psutil.Error:
        return False  # it has just ended, or is another user's


def _answers() -> bool:
    web = http.client.HTTPConnection(settings.HOST, settings.PORT, timeout=2)
    try:
        web.request("GET", "/healthz", headers={"Host": "localhost"})
        return web.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        web.close()


def _address() -> str:
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return f"{host}:{settings.PORT}"


def _announce(*, first: bool) -> None:
    seconds = time.time() - psutil.Process().create_time()
    start = "The first start" if first else "This start"
    _say(f"\naiwatch is at http://{_address()}/  ({start} took {seconds:.1f} s; Ctrl-C stops it.)\n")


@contextmanager
def _site_lock() -> Iterator[None]:
    """Held as long as the site runs; the kernel frees it when the launcher is killed."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "site.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"aiwatch runs already in {settings.BASE_DIR}; stop that one first.")
        yield


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
