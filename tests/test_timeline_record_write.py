"""Writing record files: what is read back is what was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from timeline.record import (
    ActorEntry,
    ArticleEntry,
    DisputeEntry,
    EventEntry,
    QuoteEntry,
    Record,
    RoleEntry,
    SideEntry,
    read_record,
    write_record,
)

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 1)

printable = st.characters(exclude_categories=["C", "Zl", "Zp"])
words = st.text(printable, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
days = st.dates(date(1990, 1, 1), TODAY).map(str)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of one event in which every text is odd."""
    actor = ActorEntry("a", draw(words), "person", title=draw(words))
    url, on = "https://news.example/1", draw(days)
    event = EventEntry(
        slug=f"{on}-b",
        title=draw(words),
        on=on,
        precision="day",
        kind="deal",
        status="alleged",
        summary=draw(lines),
        scope=draw(lines),
        dispute="d",
        participants=(RoleEntry("a", "court"),),
        quotes=(QuoteEntry(draw(lines), "a", "", url),),
        sources=(url,),
    )
    dispute = DisputeEntry("d", draw(words), draw(lines), (SideEntry("a", draw(lines)),))
    return Record((actor,), (dispute,), (event,), {url: ArticleEntry(url, draw(words), draw(words), draw(days))})


@given(records())
def test_odd_texts_survive(record: Record) -> None:
    assert read_record(write_record(record).encode(), today=TODAY) == record


def test_the_shipped_record_is_written_as_it_is_read() -> None:
    shipped = (ROOT / "data" / "timeline.yaml").read_bytes()
    assert write_record(read_record(shipped, today=TODAY)).encode() == shipped


def test_a_record_written_by_hand_settles_after_one_writing() -> None:
    tricky = (ROOT / "tests" / "data" / "records" / "good" / "tricky.yaml").read_bytes()
    record = read_record(tricky, today=TODAY)
    written = write_record(record)
    again = read_record(written.encode(), today=TODAY)
    assert write_record(again) == written
    assert {event.slug: event for event in again.events} == {event.slug: event for event in record.events}
