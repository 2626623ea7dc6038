"""Pages at hand: files of articles, and folders of them with an index."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.errors import ParseError


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as it was saved: where it came from and when (aware, UTC)."""

    id: str
    url: str
    path: Path
    content_type: str
    fetched_at: datetime


def guess_type(path: Path) -> str:
    """The content type that a file's name tells; text/plain where it tells none."""
    return mimetypes.guess_type(path.name)[0] or "text/plain"


def list_saved_pages(folder: Path) -> list[SavedPage]:
    """The pages that `index.jsonl` in a folder lists, in the order of time.

    Each line is an object with id, url, file, content_type and fetched_at (ISO 8601).

    Raises:
        ParseError: there is no index, or a line of it lacks something; the message names the line.
    """
    index = folder / "index.jsonl"
    try:
        lines = index.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ParseError(f"{index} cannot be read: {error.strerror}.") from error
    return sorted(_read_lines(folder, lines), key=lambda page: page.fetched_at)


def _read_lines(folder: Path, lines: list[str]) -> Iterator[SavedPage]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            page = SavedPage(
                id=str(row["id"]),
                url=row["url"],
                path=folder / row["file"],
                content_type=row.get("content_type", "text/html"),
                fetched_at=datetime.fromisoformat(row["fetched_at"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ParseError(f"index.jsonl, line {number}: {error!r}.") from error
        if page.fetched_at.tzinfo is None:
            raise ParseError(f"index.jsonl, line {number}: fetched_at has no time zone.")
        yield page
