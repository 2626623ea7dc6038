"""The embedded default: PostgreSQL and Valkey out of wheels, started by their first user, stopped by their last.

Every process that uses them holds a shared lock on `users.lock`; the kernel takes the lock back however the process
ends, so a killed one counts no longer. Starting and stopping happen under the exclusive `gate.lock`: the first user
starts what is down, and a user that leaves stops the servers if nobody else holds the shared lock.
"""

import atexit
import fcntl
import functools
import hashlib
import os
import re
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from aiwatch.account import Account, choose_account
from aiwatch.servers import Postgres, Server, ServerError, Valkey

_LONGEST_SOCKET = 107  # bytes of sun_path, less its end
_SOCKET_NAME = ".s.PGSQL.5432"
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+\Z")

_guard = threading.Lock()
_membership: int | None = None  # the open users.lock of this process and its forks


def find_socket_folder(var: Path) -> Path:
    """The folder of the sockets: below `var`, or a short private one where that path is too long or has odd characters.

    Blanks and commas mean something else in a list of folders or in an address, and a socket's path has at most 107
    bytes.
    """
    folder = var / "run"
    if len(os.fsencode(folder / _SOCKET_NAME)) <= _LONGEST_SOCKET and _PLAIN_PATH.match(str(folder)):
        return folder
    return Path("/tmp") / f"aiwatch-{hashlib.sha256(os.fsencode(var)).hexdigest()[:16]}"  # noqa: S108  (checked for its owner below)


def hold() -> None:
    """Have the embedded servers running from now until this process ends; cheap when called again.

    Does nothing where DATABASE_URL and VALKEY_URL name other servers.

    Raises:
        ServerError: a server could not be started.
    """
    global _membership
    with _guard:
        if _membership is None and is_wanted():
            with _gate():
                _membership = _open_lock("users.lock", fcntl.LOCK_SH)
                _start_missing()
            atexit.register(_leave, os.getpid())


def revive() -> tuple[str, ...]:
    """Start again what has died since `hold`; returns the names of those servers.

    Raises:
        ServerError: a server could not be started.
    """
    if not is_wanted() or all(server.is_alive() for server in _make_servers()):
        return ()
    with _gate():
        return _start_missing()


def is_wanted() -> bool:
    """Whether the settings leave a server to us."""
    return bool(settings.EMBEDDED_POSTGRES or settings.EMBEDDED_VALKEY)


def _leave(pid: int) -> None:
    global _membership
    if _membership is None or os.getpid() != pid:
        return  # a fork ends: it shares the membership of its parent
    with _guard, _gate():
        os.close(_membership)
        _membership = None
        try:
            alone = _open_lock("users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for server in _make_servers():
            server.stop()
        os.close(alone)


def _start_missing() -> tuple[str, ...]:
    missing = [server for server in _make_servers() if not server.is_up()]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda server: server.start(), missing))
    return tuple(server.name for server in missing)


@functools.cache
def _make_servers() -> tuple[Server, ...]:
    account = choose_account(settings.BASE_DIR)
    sockets, var = _own_sockets(account), settings.VAR
    logs = var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    servers: list[Server] = []
    if settings.EMBEDDED_POSTGRES:
        fsync = settings.EMBEDDED_FSYNC
        servers.append(Postgres(var / "postgres", sockets, logs / "postgres.log", account, fsync=fsync))
    if settings.EMBEDDED_VALKEY:
        servers.append(Valkey(var / "valkey", sockets, logs / "valkey.log", account))
    return tuple(servers)


def _own_sockets(account: Account) -> Path:
    """The sockets' folder, made private; whoever may write there could pose as the servers."""
    folder: Path = account.own(settings.EMBEDDED_SOCKETS)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise ServerError(f"{folder} is not a private folder of this account; remove it.")
    return folder


@contextmanager
def _gate() -> Iterator[None]:
    lock = _open_lock("gate.lock", fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def _open_lock(name: str, kind: int) -> int:
    """The lock file, open and locked; closing it is what frees it.

    Raises:
        BlockingIOError: LOCK_NB was asked for and another process holds it.
    """
    account = choose_account(settings.BASE_DIR)
    descriptor = os.open(account.own(settings.VAR / "run") / name, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        if account.switch:
            os.fchown(descriptor, account.uid, account.gid)
        fcntl.flock(descriptor, kind)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
