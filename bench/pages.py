"""Pages over gunicorn: told to be known already, asked for again, never asked for before; against a bare Django view that
sends the same bytes, and against Datasette on the same rows. All servers are up at once and are asked by turns.

304     asked with the ETag of the answer
again   kept: the record has not changed since it was made
first   made anew, rows and entries that other pages showed held; "cold": nothing held (ROWS_MEGABYTES=0)
bare    under the same gunicorn: Django's handler, its signals, one URL pattern, no middleware, no database
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.speed import records  # first: it sets Django up

from bench.speed.clients import Load, find_port, load, make_request, read_answer, start_server  # isort: skip
from bench.speed.peer import write_sqlite  # isort: skip
from bench.speed.questions import make_questions  # isort: skip
from bench.speed.report import Row, print_rows, read_sizes, take_percentile  # isort: skip

from django.conf import settings  # isort: skip
from django.core.management import call_command  # isort: skip
from django.db import connection  # isort: skip
from timeline.models import Event  # isort: skip

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = float(os.environ.get("SECONDS", "2"))
WORKERS, THREADS = 2, 4


@dataclass
class Runner:
    """One way of asking one server, and what came of its rounds."""

    port: int
    make: Callable[[int], bytes]
    wanted: int = 200
    loads: list[Load] = field(default_factory=list)

    def run(self) -> None:
        self.loads.append(load(self.port, self.make, SECONDS, self.wanted))

    @property
    def rate(self) -> float:
        return statistics.median(found.rate for found in self.loads)

    def describe(self) -> str:
        times = [one for found in self.loads for one in found.times]
        return f"{self.rate:,.0f}/s, {take_percentile(times, 50):.1f} / {take_percentile(times, 99):.1f} ms"


def main() -> None:
    """One table a size."""
    call_command("collectstatic", interactive=False, verbosity=0)
    for size in read_sizes():
        records.use_record(size)
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            measure(size, Path(folder), stack)


def measure(size: int, folder: Path, stack: ExitStack) -> None:
    kept = start_ours(stack, "64")
    unkept = start_ours(stack, "0")
    cold = start_ours(stack, "0", "0")
    targets = list_targets()
    for number, target in enumerate(targets.values()):
        (folder / str(number)).write_bytes(read_answer(kept, target)[2])
    bare = start_gunicorn(stack, "bench.speed.bare:application", {"BARE_FOLDER": str(folder)})
    rows = []
    for number, (name, target) in enumerate(targets.items()):
        rows += compare_bare(name, target, number, kept, unkept, cold, bare)
    title = f"Pages at {size:,} events, {WORKERS} processes of {THREADS} threads, 4 connections: requests/s, p50 / p99"
    print_rows(title, "bare view, same bytes", rows, "p99 / p50")
    print_rows(f"Against Datasette at {size:,} events", "Datasette", compare_peer(stack, unkept, kept))


def compare_bare(name: str, target: str, number: int, kept: int, unkept: int, cold: int, bare: int) -> list[Row]:
    """Four ways of asking for one page, each against the bare view."""
    tag = read_answer(kept, target)[1]["etag"]
    known = make_request(kept, target, f"If-None-Match: {tag}")
    again, plain = make_request(kept, target), make_request(bare, f"/{number}")
    anew, nothing = make_request(unkept, target), make_request(cold, target)
    runners = {
        "bare": Runner(bare, lambda _: plain),
        "304": Runner(kept, lambda _: known, 304),
        "again": Runner(kept, lambda _: again),
        "first": Runner(unkept, lambda _: anew),
        "cold": Runner(cold, lambda _: nothing),
    }
    for _ in range(ROUNDS):
        for runner in runners.values():
            runner.run()
    anew_wanted = 0.12 if name == "API list" else 0.05
    wanted = {"304": 0.9, "again": 0.6, "first": anew_wanted, "cold": anew_wanted}
    return [
        Row(f"{name}, {how}", runners[how].describe(), runners["bare"].describe(),
            runners[how].rate / runners["bare"].rate, f"at least {least}", f"{spread(runners[how]):.1f}")
        for how, least in wanted.items()
    ]  # fmt: skip


def spread(runner: Runner) -> float:
    times = [one for found in runner.loads for one in found.times]
    return take_percentile(times, 99) / take_percentile(times, 50)


def compare_peer(stack: ExitStack, unkept: int, kept: int) -> list[Row]:
    """List and searches: pages with their facets, made anew and kept, and rows alone as JSON.

    Datasette is asked for facets of kind and status; ours shows those and months, disputes and actors. It does not suggest
    others: that takes it a second a page. Nor does it give up after a second, as it would on a busy machine.
    """
    path = settings.VAR / f"{connection.settings_dict['NAME']}.sqlite"
    write_sqlite(path)
    port = find_port()
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "--port", str(port),
               "--setting", "default_page_size", "30", "--setting", "suggest_facets", "off",
               "--setting", "sql_time_limit_ms", "20000"]  # fmt: skip
    stack.enter_context(start_server(command, dict(os.environ), port))
    theirs, rows_alone = (
        f"/{path.stem}/events?_sort_desc=date&_facet=kind&_facet=status",
        f"/{path.stem}/events.json?_sort_desc=date&_nocount=1&_shape=objects",
    )
    questions = make_questions(seed=7)
    rows = []
    for name, least in (("timeline", 1), ("rare", 1), ("1 %", 1), ("20 %", 3), ("two words", 1)):
        words = [] if name == "timeline" else [questions[f"search {name}, by date"]().asked.q for _ in range(50)]
        what = "list, newest first" if name == "timeline" else f"search, {name}"
        peer = Runner(port, _ask(port, theirs, "_search", words))
        alone = Runner(port, _ask(port, rows_alone, "_search", words))
        ours = {
            "page made anew": (Runner(unkept, _ask(unkept, "/", "q", words)), peer),
            "page kept": (Runner(kept, _ask(kept, "/", "q", words)), peer),
            "rows as JSON, made anew": (
                Runner(unkept, _ask(unkept, "/api/v1/events/?page_size=30", "q", words)),
                alone,
            ),
        }
        for _ in range(ROUNDS):
            for runner in (peer, alone, *(runner for runner, _ in ours.values())):
                runner.run()
        rows += [
            Row(f"{what}: {how}", mine.describe(), other.describe(), mine.rate / other.rate, f"at least {least}")
            for how, (mine, other) in ours.items()
        ]
    return rows


def _ask(port: int, target: str, name: str, words: list[str]) -> Callable[[int], bytes]:
    join = "&" if "?" in target else "?"
    targets = [f"{target}{join}{name}={word.replace(' ', '+')}" for word in words] or [target]
    requests = [make_request(port, one) for one in targets]
    return lambda number: requests[number % len(requests)]


def list_targets() -> dict[str, str]:
    """The addresses that are measured, by name."""
    event = Event.objects.published().order_by("-on", "-id")[5]
    word = make_questions()["search 1 %, by date"]().asked.q
    return {
        "/": "/",
        f"/?q={word}": f"/?q={word}",
        "event": event.get_absolute_url(),
        "/feed.atom": "/feed.atom",
        "API list": "/api/v1/events/",
    }


def start_ours(stack: ExitStack, megabytes: str, held: str = "16") -> int:
    """The site on the record in use, with so many megabytes for kept answers and for rows and entries."""
    env = {
        "ROWS_MEGABYTES": held,
        "DATABASE_URL": records.make_address(),
        "ANSWERS_MEGABYTES": megabytes,
        "API_PER_MINUTE": "0",
    }
    return start_gunicorn(stack, "aiwatch.wsgi", {**env, "VALKEY_URL": settings.VALKEY_URL.replace("redis", "valkey")})


def start_gunicorn(stack: ExitStack, application: str, env: dict[str, str]) -> int:
    """A port on which the application is served."""
    port = find_port()
    size = [f"--workers={WORKERS}", f"--threads={THREADS}", "--preload", "--no-control-socket", "--log-level=error"]
    command = [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}", *size]
    stack.enter_context(start_server(command, {**os.environ, "ALLOWED_HOSTS": "127.0.0.1", **env}, port))
    return port


if __name__ == "__main__":
    main()
