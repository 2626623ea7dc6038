"""The whole record as files: whole, checked, licensed, kept for some weeks, and followed from there on."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import cite, make_actor, make_clause, make_dispute, make_event, make_quote
from timeline import services
from timeline.dumps import list_dumps, prune_dumps, write_dump
from timeline.record import read_record
from timeline.tasks import dump, tidy

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """A folder for dumps, and a record with something of everything."""
    settings.DUMPS_ROOT = tmp_path / "dumps"
    vendor = make_actor("Vendor")
    war = make_dispute("War", sides=[(vendor, "No.")], summary="It runs.")
    event = make_event("Cut", actors=[(vendor, "initiator")], dispute=war, summary="It cut.")
    article = cite(event).article
    make_quote(event, vendor, article=article)
    make_clause(event, vendor, document="Terms")
    make_event("Hidden", state="proposed")
    return tmp_path / "dumps"


def read_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def test_a_dump_is_all_that_is_public(root: Path, client: Client) -> None:
    written = write_dump(root, NOW)
    assert {file.name: file.rows for file in written.files} == {
        **{f"{noun}.ndjson.gz": 1 for noun in "events actors disputes quotes clauses articles sources".split()},
        "events.csv.gz": 1, "record.yaml": None, "LICENCE.txt": None,
    }  # fmt: skip
    for noun in ("events", "actors", "disputes", "quotes", "clauses", "articles", "sources"):
        answer = client.get(f"/api/v1/{noun}/", HTTP_HOST="localhost:8000").json()["results"]
        assert read_lines(written.folder / f"{noun}.ndjson.gz") == answer
    read_record((written.folder / "record.yaml").read_bytes(), today=NOW.date())
    assert "creativecommons.org/licenses/by/4.0" in (written.folder / "LICENCE.txt").read_text()


def test_checksums_are_those_of_the_files(root: Path) -> None:
    folder = write_dump(root, NOW).folder
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    told = json.loads((folder / "manifest.json").read_text())
    for row in told["files"]:
        assert hashlib.sha256((folder / row["name"]).read_bytes()).hexdigest() == row["sha256"]


def test_the_same_record_gives_the_same_bytes(root: Path) -> None:
    first = write_dump(root, NOW).files
    assert write_dump(root, NOW).files == first
    assert [folder.name for folder in root.iterdir()] == ["2026-03-02"]


def test_the_record_is_followed_from_the_dump_on(root: Path, client: Client) -> None:
    folder = write_dump(root, NOW).folder
    (row,) = read_lines(folder / "events.ndjson.gz")
    address = urlsplit(json.loads((folder / "manifest.json").read_text())["follow"]["event"])
    assert client.get(f"{address.path}?{address.query}").json()["results"] == []
    services.correct_event(event_id=row["id"], values={"title": "Cut off"}, by="editor")
    assert [r["title"] for r in client.get(f"{address.path}?{address.query}").json()["results"]] == ["Cut off"]


def test_old_dumps_go(root: Path) -> None:
    for week in range(5):
        write_dump(root, NOW + timedelta(weeks=week))
    prune_dumps(root, 2)
    assert [dump.day for dump in list_dumps(root)] == ["2026-03-30", "2026-03-23"]


def test_the_page_leads_to_every_file(root: Path, client: Client) -> None:
    assert "None was written yet" in client.get("/data/").content.decode()
    assert client.get("/data/latest/events.ndjson.gz").status_code == 404
    dump()
    tidy()
    page = client.get("/data/").content.decode()
    (made,) = list_dumps(root)
    for name in [file.name for file in made.files] + ["manifest.json", "SHA256SUMS"]:
        assert f'href="/data/{made.day}/{name}"' in page
        sent = client.get(f"/data/latest/{name}", follow=True)
        assert b"".join(sent) == (made.folder / name).read_bytes()  # type: ignore[call-overload]
    again = client.get(f"/data/{made.day}/events.ndjson.gz", headers={"if-none-match": f'"{made.files[0].sha256}"'})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["2026-01-01/events.csv.gz", "0000-00-00/..", "2026-03-02/..%2Fsecret", "latest/x"])
def test_nothing_else_is_sent(root: Path, client: Client, path: str) -> None:
    write_dump(root, NOW)
    (root / "secret").write_text("x")
    answer = client.get(f"/data/{path}", follow=True)
    assert answer.status_code == 404


def test_the_command_writes_it_where_it_is_told(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("dump_record", "--all", str(tmp_path / "mine"))
    assert "events.ndjson.gz: " in capsys.readouterr().out
    assert len(list_dumps(tmp_path / "mine")) == 1
    assert list_dumps(root) == []
