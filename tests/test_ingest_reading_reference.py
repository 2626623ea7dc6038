"""A blog post that recounts one dispute loosely, with three older ones beside it: the reference article, retold.

The words in quotation marks are those that the companies' people published; the rest is ours.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from ingest.reading import NameTable, read_article
from ingest.types import KnownActor, Page

TEXT = (Path(__file__).parent / "data" / "reading" / "reference.txt").read_text(encoding="utf-8")
TIMELINE = Path(__file__).parents[1] / "data" / "timeline.yaml"
POSTED = datetime(2025, 8, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def reading():
    rows = yaml.load(TIMELINE.read_text(encoding="utf-8"), yaml.CSafeLoader)["actors"]
    table = NameTable.build(
        KnownActor(
            r["slug"], r["name"], r["kind"], tuple(r.get("aliases") or ()), r.get("parent"), r.get("title") or ""
        )
        for r in rows
    )
    title, *paragraphs = TEXT.strip().split("\n\n")
    return read_article(Page("https://posts.example/1", title, tuple(paragraphs)), table, POSTED)


def told(reading, *, main):
    return [
        (e.kind, [a.name for a in e.actors("initiator")], [a.name for a in e.actors("target")])
        for e in reading.events
        if e.main is main
    ]


def test_the_news_is_who_was_cut_off(reading):
    assert told(reading, main=True) == [("revocation", ["Anthropic"], ["OpenAI"])]
    assert [a.name for a in reading.main_event.actors("subject")] == ["Claude API"]


def test_the_older_cases_are_events_of_their_own(reading):
    older = [(who, whom) for _, who, whom in told(reading, main=False)]
    assert older == [(["Anthropic"], ["Windsurf"]), (["Meta"], ["Vine"]), (["Salesforce"], [])]


def test_what_stays_allowed_is_the_scope(reading):
    assert "safety evaluations" in reading.main_event.scope


def test_quoted_terms_are_clauses(reading):
    assert [(c.text, c.vendor.name) for c in reading.clauses] == [
        ("build a competing product or service", "Anthropic"),
        ("reverse engineer or duplicate", "Anthropic"),
    ]


def test_every_quotation_has_its_speaker(reading):
    said = [(q.text.split()[0], q.speaker.name, q.on_behalf_of.name) for q in reading.quotes]
    assert said == [
        ("go-to", "Anthropic", "Anthropic"),
        ("It", "Jared Kaplan", "Anthropic"),
        ("industry", "Hannah Wong", "OpenAI"),
        ("disappointing", "Hannah Wong", "OpenAI"),
    ]
