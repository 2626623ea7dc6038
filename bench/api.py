"""The JSON API over gunicorn, at 4 and 16 connections: made anew, cold, made before, told to be known already (304).

floor   a bare Django view that returns the same bytes, under the same gunicorn: the handler, its signals, one URL
        pattern, no middleware, no database
anew    whole answers are not kept; rows that were made before are held, and what frequent words find; cold: neither
SQL     the statements of the same answer, run by as many processes through psycopg and nothing else

Wanted of the floor: 0.12 made anew, 0.6 made before, 0.9 for a 304.  EVENTS=5000 SECONDS=1 ROUNDS=3
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.speed import records  # first: it sets Django up

from bench.apis.load import Load, Server, serve  # isort: skip

import psycopg  # isort: skip
import requests  # isort: skip
from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip
from timeline.models import Event  # isort: skip

SECONDS = int(os.environ.get("SECONDS", "1"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
EVENTS = int(os.environ.get("EVENTS", "5000"))
WORKERS = 2
CONNECTIONS = (4, 16)
RARE, FREQUENT = "brung", "access"  # words of the synthetic record of 5,000: in 15 events, and in 2,361
WANTED = {"anew": 0.12, "again": 0.6, "304": 0.9}


def main() -> None:
    """A table of all cases."""
    records.use_record(EVENTS)
    cases = list_cases()
    say(
        f"{EVENTS:,} events, {WORKERS} processes of 4 threads, {SECONDS} s each; requests/s (p50 / p99 ms), x of the floor"
    )
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        anew = stack.enter_context(serve("aiwatch.wsgi", make_env(megabytes=0)))
        cold = stack.enter_context(serve("aiwatch.wsgi", make_env(megabytes=0) | {"ROWS_MEGABYTES": "0"}))
        kept = stack.enter_context(serve("aiwatch.wsgi", make_env(megabytes=64)))
        for name, target in cases.items():
            (Path(folder) / name).write_bytes(requests.get(anew.address + target, timeout=60).content)
        floor = stack.enter_context(serve("bench.apis.constant:application", {**os.environ, "CONSTANT_FOLDER": folder}))
        sites = {"anew": anew, "cold": cold, "kept": kept, "floor": floor}
        for name, target in cases.items():
            bytes_sent = (Path(folder) / name).stat().st_size
            say(f"\n{name}: {target}  ({bytes_sent:,} bytes; SQL alone {measure_sql(target):,.0f}/s)")
            for connections in CONNECTIONS:
                measure(name, target, connections, sites)
        uneven, loads = (sum(getattr(site, what) for site in sites.values()) for what in ("uneven", "loads"))
        say(f"\n{uneven} of {loads} loads were thrown away: one process had answered most of it")


def list_cases() -> dict[str, str]:
    """Addresses by name."""
    event = Event.objects.published().order_by("-on", "-id")[7]
    actor = event.participations.all()[0].actor.slug
    shown = "slug,title,date,date_precision,kind,status,summary,participants"
    return {
        "list-with-actors": f"/api/v1/events/?fields={shown}",
        "list": "/api/v1/events/",
        "filtered": f"/api/v1/events/?actor={actor}&kind={event.kind}&since=2020&fields={shown}",
        "search-rare": f"/api/v1/search/?q={RARE}",
        "search-frequent": f"/api/v1/search/?q={FREQUENT}",
        "event": f"/api/v1/events/{event.slug}/",
    }


def make_env(*, megabytes: int) -> dict[str, str]:
    """The environment of the site on the record in use."""
    return {
        **os.environ,
        "DATABASE_URL": records.make_address(),
        "VALKEY_URL": settings.VALKEY_URL.replace("redis", "valkey"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "ANSWERS_MEGABYTES": str(megabytes),
        "API_PER_MINUTE": "0",
        "API_PER_DAY": "0",
    }


def measure(name: str, target: str, connections: int, sites: dict[str, Server]) -> None:
    """One line: the floor, and ours in three ways."""
    tag = requests.get(sites["kept"].address + target, headers={"accept-encoding": "identity"}, timeout=60).headers[
        "etag"
    ]
    asked: dict[str, tuple[Server, str, dict[str, str]]] = {
        "floor": (sites["floor"], f"/{name}", {}),
        "anew": (sites["anew"], target, {}),
        "cold": (sites["cold"], target, {}),
        "again": (sites["kept"], target, {}),
        "304": (sites["kept"], target, {"If-None-Match": tag}),
    }
    rounds = [
        {way: site.run_load(path, connections, SECONDS, sent) for way, (site, path, sent) in asked.items()}
        for _ in range(ROUNDS)
    ]
    loads = {way: sorted((one[way] for one in rounds), key=lambda load: load.rate)[ROUNDS // 2] for way in asked}
    floor = loads.pop("floor")
    figures = "   ".join(f"{way} {describe(load)} x{load.rate / floor.rate:.2f}" for way, load in loads.items())
    say(f"  {connections:2} connections: floor {describe(floor)}   {figures}")


def describe(load: Load) -> str:
    return f"{load.rate:,.0f} ({load.p50:.1f} / {load.p99:.1f})"


def measure_sql(target: str) -> float:
    """How often a second the statements of an answer can be run."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.ANSWERS_MEGABYTES = settings.API_PER_MINUTE = settings.API_PER_DAY = 0
    with CaptureQueriesContext(connection) as asked:
        Client().get(target)
    statements = [query["sql"] for query in asked.captured_queries]
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        work = (records.make_address(), statements, float(SECONDS))
        return sum(pool.starmap(run_statements, [work] * WORKERS))


def run_statements(address: str, statements: list[Any], seconds: float) -> float:
    """Rounds a second of one process."""
    rounds, end = 0, time.perf_counter() + seconds
    with psycopg.connect(address, autocommit=True) as line:
        while time.perf_counter() < end:
            for statement in statements:
                line.execute(statement).fetchall()
            rounds += 1
    return rounds / seconds


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
