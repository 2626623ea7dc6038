"""The whole record as files: one folder a day, with checksums, a licence, and the place from which to follow it.

All files of a dump show the record at one moment: they are written in one transaction that sees no later change. A
folder appears whole or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from timeline.filters import EventFilter
from timeline.lines import CSV_FIELDS, write_csv, write_ndjson
from timeline.queries.paging import MOST_ROWS, Page
from timeline.queries.plain import actors, articles, disputes, events, sync, words
from timeline.queries.plain.wanted import Row, Wanted
from timeline.queries.record import get_record
from timeline.record import write_record

MOST_IN_YAML: Final = 20_000  # events; the record file is for people, and is made in memory
MANIFEST: Final = "manifest.json"
CHECKSUMS: Final = "SHA256SUMS"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALL: Final = EventFilter(order="oldest")
_FIELDS: Final = {
    "events": events.FIELDS,
    "actors": actors.FIELDS,
    "disputes": disputes.FIELDS,
    "quotes": words.QUOTE_FIELDS,
    "clauses": words.CLAUSE_FIELDS,
    "articles": articles.FIELDS,
    "sources": articles.SOURCE_FIELDS,
}
LICENCE: Final = """The record of aiwatch, {day}. {site}

Titles, summaries, scopes, positions and the selection and arrangement of the whole are aiwatch's, licensed under
Creative Commons Attribution 4.0 International: https://creativecommons.org/licenses/by/4.0/legalcode
Use them as you like; name "aiwatch" with the address of the entry or of the site, and say what you changed.

Quotes belong to those who spoke, sentences of terms to those whose terms they are, titles of articles to their
publishers. They stand here as quotations, with their sources; the licence does not cover them.

The record tells what its sources say. It comes without any warranty.
"""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump. `rows` is None where lines mean nothing."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that is there, with its files."""

    day: str
    folder: Path
    files: tuple[DumpFile, ...]


def write_dump(root: Path, now: datetime) -> Dump:
    """Write the record of this moment to a folder of its day in `root`, in the place of an earlier one of the day."""
    day = now.date().isoformat()
    new = root / f".{day}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    with _one_moment():
        files = [_write_file(new / name, lines) for name, lines in _list_files(now)]
        _write_manifest(new, now, files)
    shutil.rmtree(root / day, ignore_errors=True)
    new.rename(root / day)
    return read_dump(root, day)


def list_dumps(root: Path) -> list[Dump]:
    """The dumps that are there, the newest first."""
    folders = [folder.name for folder in root.iterdir()] if root.is_dir() else []
    days = sorted((day for day in folders if _DAY.fullmatch(day)), reverse=True)
    return [read_dump(root, day) for day in days]


def read_dump(root: Path, day: str) -> Dump:
    """The dump of a day; raises FileNotFoundError where there is none."""
    told = json.loads((root / day / MANIFEST).read_text(encoding="utf-8"))
    return Dump(day, root / day, tuple(DumpFile(**row) for row in told["files"]))


def prune_dumps(root: Path, keep: int) -> None:
    """Forget all but the newest dumps."""
    for dump in list_dumps(root)[keep:]:
        shutil.rmtree(dump.folder)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the record as it is when it begins, and writes nothing."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _list_files(now: datetime) -> Iterator[tuple[str, Callable[[], Iterable[bytes]]]]:
    """Names and what goes into them; the lines are made when they are written."""
    base = settings.SITE_URL
    nouns = _list_nouns(base)
    for noun in nouns:
        yield f"{noun}.ndjson.gz", lambda noun=noun: write_ndjson(nouns[noun]())  # type: ignore[misc]
    yield "events.csv.gz", lambda: write_csv(events.iterate_events(_ALL, Wanted(CSV_FIELDS, base=base)))
    if events.count_events(_ALL) <= MOST_IN_YAML:
        yield "record.yaml", lambda: [write_record(get_record()).encode()]
    yield "LICENCE.txt", lambda: [LICENCE.format(day=now.date(), site=base).encode()]


def _list_nouns(base: str) -> dict[str, Callable[[], Iterator[Row]]]:
    """All rows of each noun, a page of them in memory at a time."""
    wanted = {name: Wanted(fields, base=base) for name, fields in _FIELDS.items()}
    quotes, clauses = words.select_quotes(_ALL), words.select_clauses(_ALL)
    pages: dict[str, Callable[..., Page[Any]]] = {
        "events": partial(events.list_events, _ALL, wanted["events"]),
        "actors": partial(actors.list_actors, _ALL, wanted["actors"]),
        "disputes": partial(disputes.list_disputes, _ALL, wanted["disputes"]),
        "quotes": partial(words.list_words, quotes, _ALL, wanted["quotes"]),
        "clauses": partial(words.list_words, clauses, _ALL, wanted["clauses"]),
        "articles": partial(articles.list_articles, _ALL, wanted["articles"]),
        "sources": partial(articles.list_sources, _ALL, wanted["sources"]),
    }
    return {noun: partial(_iterate, read) for noun, read in pages.items()}


def _iterate(read: Callable[..., Page[Any]]) -> Iterator[Row]:
    page = read(size=MOST_ROWS)
    yield from page.rows
    while page.next:
        page = read(cursor=page.next, size=MOST_ROWS)
        yield from page.rows


def _write_file(path: Path, make: Callable[[], Iterable[bytes]]) -> DumpFile:
    """Write the lines; compressed where the name says so, the same bytes each time for the same lines."""
    if path.suffix != ".gz":
        path.write_bytes(b"".join(make()))
        return DumpFile(path.name, path.stat().st_size, _digest(path))
    rows = -1 if ".csv" in path.suffixes else 0  # its first line names the columns
    with path.open("wb") as file, gzip.GzipFile(path.stem, "wb", fileobj=file, mtime=0) as packed:
        for line in make():
            packed.write(line)
            rows += 1
    return DumpFile(path.name, path.stat().st_size, _digest(path), rows)


def _write_manifest(folder: Path, now: datetime, files: list[DumpFile]) -> None:
    follow = {
        noun: f"{settings.SITE_URL}/api/v1/{noun}s/?updated_since={now.date()}&cursor={sync.find_place(noun)}"
        for noun in ("event", "actor", "dispute")
    }
    told = {"made_at": now.isoformat(), "follow": follow, "files": [asdict(file) for file in files]}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    sums = [f"{file.sha256}  {file.name}" for file in files] + [f"{_digest(folder / MANIFEST)}  {MANIFEST}"]
    (folder / CHECKSUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
