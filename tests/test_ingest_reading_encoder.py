"""What a trained encoder makes of an opening: names and days marked, who acts, which day it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.reading import NameTable, background, encoder, read_article
from ingest.reading.candidates import find_candidates, name_publisher
from ingest.reading.document import Document, build_document
from ingest.reading.entities import find_entities
from ingest.reading.gist import BrokenModelError
from ingest.reading.layout import Day, Layout, lay_out
from ingest.reading.mentions import find_mentions
from ingest.reading.timing import Calendar
from ingest.types import ActorRef, EventRead, Evidence, Page, RoleRead

TABLE = NameTable.build(())
PUBLISHED = date(2026, 3, 12)
WORDINGS = (
    "Harrowgate withdraws Tindrel's access to its weather interface",
    "Tindrel has been shut out of Harrowgate's weather interface",
    "Harrowgate showed Tindrel the door on Tuesday and took its keys back",
)


def lay(title: str, *paragraphs: str, publisher: str = "") -> tuple[Document, Layout]:
    doc = build_document(Page("https://paper.example/1", title, paragraphs, publisher=publisher))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    candidates = find_candidates(doc, mentions, TABLE)
    phrases = Calendar(doc, PUBLISHED).phrases
    return doc, lay_out(doc.sentences, mentions, candidates, phrases, PUBLISHED, name_publisher(doc, mentions))


def marked(layout: Layout) -> dict[str, object]:
    return {layout.text[m.start : m.end]: m.what for m in layout.marks}


def test_names_and_days_are_marked_where_they_stand() -> None:
    _, layout = lay("Harrowgate cuts off Tindrel", "The service said on Tuesday that Tindrel had lost its key.")
    found = marked(layout)
    assert found["Harrowgate"] == "harrowgate"
    assert found["Tuesday"] == Day(date(2026, 3, 10), "day")


@pytest.mark.parametrize("name", ["oolite", "quarto.dev", "Marlstone"])
def test_names_that_nothing_speaks_for_are_shown_too(name: str) -> None:
    _, layout = lay("A notice", f"{name}, as of today, is out. We told {name} so.")
    assert name in marked(layout)


@pytest.mark.parametrize("publisher", ["Marlstone", "Marlstone Blog", "Marlstone | Engineering Blog", "Marlstone Docs"])
def test_who_publishes_is_one_of_the_candidates(publisher: str) -> None:
    _, layout = lay("An update", "We have ended access to the Basalt API.", publisher=publisher)
    assert layout.marks[0].what == "marlstone"


@pytest.mark.parametrize("title", WORDINGS)
def test_who_acts_is_told_in_many_wordings(title: str) -> None:
    _, layout = lay(title, "The two companies had quarrelled for months over copied forecasts.")
    parts = encoder.encode(layout).parts
    assert parts["harrowgate"]["initiator"] > parts["harrowgate"]["target"]
    assert parts["tindrel"]["target"] > parts["tindrel"]["initiator"]


@pytest.mark.parametrize("text", ["", "?", "Ærø", "😀" * 50, "NO SMALL LETTERS AT ALL", "x" * 100_000, "A.B " * 5000])
def test_chances_add_up_to_one_whatever_the_text(text: str) -> None:
    _, layout = lay(text, text)
    encoded = encoder.encode(layout)
    assert sum(encoded.kinds.values()) == pytest.approx(1, abs=1e-3)
    assert all(sum(c.values()) == pytest.approx(1, abs=1e-3) for c in encoded.parts.values())


@pytest.mark.parametrize("file", ["MODEL", "TOKENS"])
def test_a_model_that_is_not_the_trained_one_is_refused(
    file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "changed"
    path.write_bytes(getattr(encoder, file).read_bytes()[:-1] + b"\1")
    monkeypatch.setattr(encoder, file, path)
    encoder._session.cache_clear()
    with pytest.raises(BrokenModelError):
        encoder.encode(lay("Anything")[1])
    encoder._session.cache_clear()


def test_a_vendors_own_notice_is_of_the_vendor() -> None:
    page = Page(
        "https://marlstone.example/blog/1",
        "An update on access to the Basalt API",
        (
            "We believe that developers deserve to hear about changes from us first.",
            "On Monday we revoked Tindrel's access to the Basalt API, after a review of its use.",
        ),
        publisher="Marlstone Blog",
    )
    event = read_article(page, TABLE, datetime(2026, 3, 12, tzinfo=UTC)).main_event
    assert event is not None
    assert [a.name for a in event.actors("initiator")] == ["Marlstone"]
    assert [a.name for a in event.actors("target")] == ["Tindrel"]


def test_what_the_background_recounts_is_an_event_of_its_own() -> None:
    page = Page(
        "https://paper.example/2",
        "Harrowgate sues Tindrel over copied forecasts",
        (
            "Harrowgate filed a lawsuit against Tindrel on Monday, saying that it had copied forecasts.",
            "It is not the first quarrel of its kind. In June 2024 Ossuna revoked Larkfield's access to its tides.",
        ),
    )
    events = read_article(page, TABLE, datetime(2026, 3, 12, tzinfo=UTC)).events
    recounted = [e for e in events if not e.main]
    assert [(e.kind, e.on) for e in recounted] == [("revocation", date(2024, 6, 1))]
    assert [a.name for a in recounted[0].actors("initiator")] == ["Ossuna"]


def test_rulings_of_other_months_are_other_events_and_who_was_hit_is_enough() -> None:
    page = Page(
        "https://paper.example/2",
        "Northlight sues Pebbleworks over its API",
        (
            "Northlight sued Pebbleworks on Tuesday, saying that the start-up had copied its models through the "
            "Halyard API.",
            "Northlight had lost an earlier case. In May 2023 a court in Leeds ruled that Pebbleworks could go on "
            "using the Halyard API.",
            "On 4 November 2024 an appeals court threw out Northlight's appeal against Pebbleworks.",
            "Access for Pebbleworks was cut off in January 2025, overnight and without a notice.",
        ),
    )
    events = read_article(page, TABLE, datetime(2026, 3, 12, tzinfo=UTC)).events
    assert {(e.kind, e.on) for e in events} == {
        ("lawsuit", date(2026, 3, 10)),
        ("ruling", date(2023, 5, 1)),
        ("ruling", date(2024, 11, 4)),
        ("revocation", date(2025, 1, 1)),
    }


@pytest.mark.parametrize(("paragraphs", "year"), [((), 2016), (("It rained.", "It snowed."), 2026)])
def test_the_day_that_an_opening_remembers_is_that_of_the_news(paragraphs: tuple[str, ...], year: int) -> None:
    """Further down it is background."""
    text = "Ten years ago today Harrowgate shut its interface. I went there this morning."
    doc, _ = lay("The rule of the hundred thousand", *paragraphs, text)
    then, today = Day(date(2016, 3, 12), "day"), Day(PUBLISHED, "day")
    chosen = Calendar(doc, PUBLISHED).choose(None, {then: 0.4, today: 0.8})
    assert chosen is not None
    assert chosen.on.year == year


HERE = Evidence("A sentence.", 0, 11)
SIDES = tuple(
    RoleRead(ActorRef(name, "organization"), role, HERE, 0.8)
    for name, role in (("Northlight", "initiator"), ("Pebbleworks", "target"))
)
NEWS, BEFORE = (
    EventRead(kind, on, "day", kind == "lawsuit", "reported", SIDES, HERE, 0.8)
    for kind, on in (("lawsuit", date(2026, 3, 10)), ("revocation", date(2024, 11, 4)))
)


@pytest.mark.parametrize(
    ("day", "chance", "kinds"),
    [
        (Day(date(2024, 11, 6), "day"), 0.9, ["lawsuit", "ruling"]),
        (Day(date(2024, 11, 6), "day"), 0.7, ["lawsuit", "revocation"]),
        (Day(date(2024, 11, 1), "month"), 0.9, ["lawsuit", "ruling"]),
        (Day(date(2024, 12, 4), "day"), 0.9, ["lawsuit", "revocation", "ruling"]),
        (Day(date(2024, 1, 1), "year"), 0.9, ["lawsuit", "revocation", "ruling"]),
        (Day(date(2026, 3, 11), "day"), 0.9, ["lawsuit", "revocation"]),
    ],
)
def test_what_is_told_once_more_may_say_its_kind(day: Day, chance: float, kinds: list[str]) -> None:
    """Not of the news, and where the encoder is sure of it; what lies apart is one more event."""
    (sentence,) = build_document(Page("", "", ("A court ruled on it.",))).sentences
    events = [NEWS, BEFORE]
    background.add_telling(events, background.Telling("ruling", day, SIDES, sentence, chance), ruled=2)
    assert [e.kind for e in events] == kinds


def test_a_page_that_names_no_publisher_is_read_as_one_that_does() -> None:
    title, text = (
        "Northlight cuts off Pebbleworks from its models",
        "Northlight has revoked Pebbleworks's access to its API.",
    )
    for publisher in ("", "The Daily Ledger"):
        page = Page(
            "https://paper.example/1", title, (text, "“Nobody warned us,” its founder said."), publisher=publisher
        )
        event = read_article(page, TABLE, datetime(2026, 3, 12, tzinfo=UTC)).main_event
        assert event is not None
        assert [a.name for a in event.actors("target")] == ["Pebbleworks"]


def test_a_dated_sentence_that_names_nobody_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def encode(layout: Layout) -> encoder.Encoded:
        asked.append(layout.text)
        return encoder.encode(layout)

    monkeypatch.setattr(background, "encode", encode)
    text = "Harrowgate filed a lawsuit against Tindrel on Monday, saying that it had copied forecasts."
    named, unnamed = (
        "In June 2024 Ossuna revoked Larkfield's access to its tides.",
        "It was raining heavily on 3 March 2026.",
    )
    page = Page("https://paper.example/2", "Harrowgate sues Tindrel over copied forecasts", (text, named, unnamed))
    read_article(page, TABLE, datetime(2026, 3, 12, tzinfo=UTC))
    assert asked == [named]
