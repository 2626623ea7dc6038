"""Takes the documents with the ids given all the way, at a word, and says how long each step took."""

from __future__ import annotations

import itertools
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

django.setup()

import trafilatura
from django.db import connection
from django.utils import timezone

from ingest.pipeline import documents, pages, record

spent = Counter[str]()


def time_step(module: Any, name: str, step: str, beside: Callable[..., None] | None = None) -> None:
    """Add what the module's function takes to the step; `beside` is done before it, then after it, by turns."""
    work, turns = getattr(module, name), itertools.cycle((True, False))

    def timed(*args: Any, **given: Any) -> Any:
        first = next(turns)
        if beside and first:
            beside(*args)
        started = time.perf_counter()
        try:
            return work(*args, **given)
        finally:
            spent[step] += time.perf_counter() - started
            if beside and not first:
                beside(*args)

    setattr(module, name, timed)


def measure_bare(body: bytes, *_: object) -> None:
    """What trafilatura alone takes for the same page; not part of the work."""
    started = time.perf_counter()
    trafilatura.extract(body)
    spent["bare"] += time.perf_counter() - started


def main() -> None:
    time_step(documents, "open_page", "fetch")
    time_step(documents, "extract_page", "extract", measure_bare)
    time_step(pages, "read_article", "read")
    time_step(record, "match_events", "match")
    documents.get_names()
    connection.ensure_connection()
    sys.stdin.readline()
    started = time.perf_counter()
    outcomes = Counter(_process(int(pk)) for pk in sys.argv[1:])
    seconds = time.perf_counter() - started - spent["bare"]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        json.dumps({"seconds": seconds, "spent": spent, "outcomes": outcomes, "megabytes": megabytes}) + "\n"
    )


def _process(pk: int) -> str:
    outcome = documents.process_document(pk, now=timezone.now())
    return str(outcome.step) if outcome else "none"


if __name__ == "__main__":
    main()
