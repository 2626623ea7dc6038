"""The peer: the same rows in SQLite with FTS5, served by Datasette."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db import connection

_COLUMNS = "id, slug, title, date, kind, status, summary, words"


def write_sqlite(path: Path) -> None:
    """The events, their words in a full-text index, their dates in an index; made once, kept for the next run."""
    if path.exists():
        return
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with sqlite3.connect(draft) as lite, connection.cursor() as cursor:
        lite.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, slug, title, date, kind, status, summary, words)")
        with cursor.copy(
            'COPY (SELECT id, slug, title, "on"::text, kind, status, summary, words FROM timeline_event) TO STDOUT'
        ) as rows:
            lite.executemany(f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.rows())
        lite.execute("CREATE INDEX by_date ON events (date DESC, id DESC)")
        lite.execute(
            "CREATE VIRTUAL TABLE events_fts USING fts5 (title, summary, words, content=\"events\", content_rowid='id',"
            " tokenize='porter unicode61')"
        )
        lite.execute("INSERT INTO events_fts (events_fts) VALUES ('rebuild')")
        lite.execute("ANALYZE")
        lite.commit()
    draft.rename(path)
