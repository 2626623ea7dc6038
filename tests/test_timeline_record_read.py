"""Reading record files: each faulty one beside the faults that must be found, the good ones without any."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from timeline.record import BadRecord, read_record

RECORDS = Path(__file__).parent / "data" / "records"
FAULTY = sorted(RECORDS.glob("*.yaml"))
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize("file", FAULTY, ids=lambda file: file.stem)
def test_every_fault_is_named_with_its_line(file: Path) -> None:
    with pytest.raises(BadRecord) as caught:
        read_record(file.read_bytes(), today=TODAY)
    found = "".join(f"{problem.line}: {problem}\n" for problem in caught.value.problems)
    assert found == file.with_suffix(".txt").read_text()


def test_there_are_faulty_files_and_no_stray_expectation() -> None:
    assert len(FAULTY) > 20
    assert {file.stem for file in RECORDS.glob("*.txt")} == {file.stem for file in FAULTY}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_hostile_nesting_is_refused(opening: str) -> None:
    with pytest.raises(BadRecord, match="nested deeper"):
        read_record((opening * 100_000).encode(), today=TODAY)


@pytest.mark.parametrize("text", ["[]", "text", "4", "--- # nothing", "actors", "? [a]\n: b", "a: !!python/name:os 1"])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(BadRecord):
        read_record(text.encode(), today=TODAY)


def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm() -> None:
    good = (RECORDS / "good" / "tricky.yaml").read_text()
    foreign = b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode()
    assert read_record(foreign, today=TODAY) == read_record(good.encode(), today=TODAY)


def test_values_arrive_as_written() -> None:
    record = read_record((RECORDS / "good" / "tricky.yaml").read_bytes(), today=TODAY)
    event = record.events[0]
    assert event.title == 'Acme: "no rivals" – cuts off Bêta\'s 🤖 access # today'
    assert event.summary.splitlines()[1] == "  Second line, indented, ends with a backslash \\"
    assert event.sources == ("http://www.example.org/~b/", "https://news.example/a?b=c&d=%20#e")
    assert record.articles[event.sources[1]].publisher == 'The "Example"'
    assert record.lines["event 2020-01-01-some-time-that-year"] == 45


def test_check_needs_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_record", RECORDS / "good" / "tricky.yaml", check=True)
    assert "2 events, 3 actors, 1 dispute; no faults." in capsys.readouterr().out


def test_the_command_names_the_file_and_counts_the_faults() -> None:
    file = RECORDS / "quotes.yaml"
    with pytest.raises(CommandError) as caught:
        call_command("load_record", file, check=True)
    lines = str(caught.value).splitlines()
    assert lines[0].startswith(f"{file}:34: event 2025-08-01-acme-cuts-off-beta: quotes 1: on_behalf_of: 'jane-doe'")
    assert lines[-1] == "3 faults; nothing was changed."


def test_a_missing_file_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"Cannot read nowhere\.yaml: No such file or directory\."):
        call_command("load_record", "nowhere.yaml")
