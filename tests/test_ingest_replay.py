"""manage.py replay: what is read of saved pages, whether they are ours or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2026-03-04T10:00:00Z">
</head><body><article><h1>{title}</h1>{body}</article></body></html>"""
OURS = (
    "Oakmere cuts off Tindrel from its API",
    "<p>Oakmere revoked Tindrel's access to the Oakmere API on Tuesday, the two companies said, after a quarrel "
    "about terms of service.</p>"
    "<p>“We could no longer let a competitor use our models,” said Ada Merrow, a spokeswoman for "
    "Oakmere. The start-up builds a coding assistant on them and has "
    "looked for another supplier since.</p>",
)
NOT_OURS = (
    "Oakmere was down for two hours",
    "<p>Oakmere's chat service was unreachable for two hours on Tuesday morning after a fault in a data "
    "centre, the company said in a note to its customers.</p>"
    "<p>“We are sorry for the trouble this has caused,” said Ada Merrow, a spokeswoman for "
    "Oakmere. By noon all regions were up again, and no data "
    "had been lost, the note said.</p>",
)


@pytest.mark.django_db(transaction=True)
def test_what_is_quoted_is_read_of_every_page(tmp_path: Path) -> None:
    lines = []
    for name, (title, body) in (("ours", OURS), ("not-ours", NOT_OURS)):
        (tmp_path / f"{name}.html").write_text(PAGE.format(title=title, body=body), encoding="utf-8")
        url = f"https://news.example/2026/03/04/{name}"
        line = {"id": name, "url": url, "file": f"{name}.html", "content_type": "text/html; charset=utf-8"}
        lines.append(json.dumps(line | {"fetched_at": "2026-03-04T12:00:00Z"}))
    (tmp_path / "index.jsonl").write_text("\n".join(lines), encoding="utf-8")
    call_command("replay", tmp_path, out=tmp_path / "read.jsonl", keep=True)
    read = [json.loads(line) for line in (tmp_path / "read.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["relevant"] for line in read] == [True, False]
    assert [quote["text"] for line in read for quote in line["quotes"]] == [
        "We could no longer let a competitor use our models",
        "We are sorry for the trouble this has caused",
    ]
