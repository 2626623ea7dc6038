"""Direct quotations, their speakers, and what looks like one and is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from ingest.reading import NameTable, read_article
from ingest.types import KnownActor, Page

TABLE = NameTable.build([KnownActor(n.lower(), n, "organization") for n in ("Northlight", "Pebbleworks", "Oakmere")])
NOW = datetime(2026, 3, 13, tzinfo=UTC)
CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading" / "quotes.yaml").read_text(encoding="utf-8"))


def read(*paragraphs):
    return read_article(Page("", "Northlight and Pebbleworks", paragraphs), TABLE, NOW)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_quotations_and_speakers(case):
    found = [
        [q.text, q.speaker.name, q.on_behalf_of.name if q.on_behalf_of else None] for q in read(case["text"]).quotes
    ]
    assert found == case["quotes"]


def test_a_quotation_over_two_paragraphs_is_one():
    reading = read(
        "Tuva Hagen, who runs Pebbleworks, was calm. “We kept the logs because we had to.",
        "“Nobody ever asked to see them,” she said.",
    )
    assert [q.text for q in reading.quotes] == ["We kept the logs because we had to. Nobody ever asked to see them"]


def test_quoted_terms_become_a_clause():
    (clause,) = read(
        "Northlight's terms of service forbid customers to “build a competing product or service”."
    ).clauses
    assert (clause.text, clause.vendor.name) == ("build a competing product or service", "Northlight")
    assert clause.document == "terms of service"


def test_the_evidence_is_the_sentence_of_the_quotation():
    page = Page("", "Northlight", ("First things first. “We paid every bill on time,” said Tuva Hagen of Oakmere.",))
    (quote,) = read_article(page, TABLE, NOW).quotes
    assert page.text[quote.evidence.start : quote.evidence.end] == quote.evidence.sentence


@pytest.mark.parametrize(
    ("who", "behalf"),
    [
        ("Ada Merrow, an independent licensing consultant", None),
        ("the freelance illustrator Ada Merrow", None),
        ("Ada Merrow, an independent director of Oakmere", "Oakmere"),
    ],
)
def test_who_works_for_nobody_speaks_for_nobody(who, behalf):
    (quote,) = read(
        f"Pebbleworks has been cut off by Northlight. “It was a long time coming to them,” said {who}."
    ).quotes
    assert quote.speaker.name == "Ada Merrow"
    assert (quote.on_behalf_of.name if quote.on_behalf_of else None) == behalf
