"""Odd input: read without error, whatever it holds."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading import NameTable, read_article
from ingest.reading.dates import find_dates
from ingest.reading.document import build_document
from ingest.reading.entities import find_entities
from ingest.reading.language import detect_language
from ingest.reading.mentions import find_mentions
from ingest.reading.sentences import LONGEST, split_sentences
from ingest.reading.typography import find_spans, fold_marks
from ingest.types import KnownActor, Page

TABLE = NameTable.build(
    [KnownActor("northlight", "Northlight", "organization"), KnownActor("x", "X", "organization", ("Twitter",))]
)
NOW = datetime(2026, 3, 13, tzinfo=UTC)
WORDS = (
    "Northlight|X|has cut off|said|"
    "on Tuesday|Northlight's|access|the API|May|2013|she|the company|Ltd.|U.S.|sued|by|court|"
    "terms|“We never said any of that”|## |Ruben Matsinhe|of|and|API|_a_|😀|مرحبا|İ|ß|\x00"
)
BITS = st.sampled_from([*"\"“”‘’'«»„ \n—-", ". ", ", ", *WORDS.split("|")])
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(BITS, max_size=60).map("".join), st.lists(BITS, max_size=60).map(" ".join)
)


@given(st.lists(TEXTS, max_size=4), TEXTS)
@settings(max_examples=150)
def test_any_page_is_read(paragraphs, title):
    page = Page("", title, tuple(paragraphs))
    reading = read_article(page, TABLE, NOW)
    assert 0 <= reading.relevance <= 1
    for quote in reading.quotes:
        assert page.text[quote.evidence.start : quote.evidence.end] == quote.evidence.sentence
    for event in reading.events:
        assert 0 <= event.confidence <= 1
        assert event.evidence.in_title or event.evidence.sentence in page.text


@given(TEXTS)
@settings(max_examples=200)
def test_quotations_lie_in_order_and_apart(text):
    spans = find_spans(text)
    assert all(0 <= s.start < s.inner_end <= s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
@settings(max_examples=200)
def test_sentences_cover_what_is_not_blank(text):
    spans = split_sentences(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split(" ")) or "".join(
        "".join(text[a:b] for a, b in spans).split()
    ) == "".join(text.split())
    assert all(b - a <= LONGEST for a, b in spans)


@given(TEXTS)
@settings(max_examples=150)
def test_names_and_dates_lie_in_the_text(text):
    doc = build_document(Page("", "", (text,)))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    for sentence in doc.sentences:
        assert all(0 <= m.start < m.end <= len(sentence.plain) for m in mentions[sentence.index])
        assert all(0 <= d.start < d.end <= len(sentence.plain) for d in find_dates(sentence.plain, date(2026, 3, 13)))


@given(TEXTS)
@settings(max_examples=200)
def test_folding_marks_keeps_offsets(text):
    assert len(fold_marks(text)) == len(text)


@given(TEXTS)
@settings(max_examples=50)
def test_some_language_or_none_is_said(text):
    assert len(detect_language(text)) in (0, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“" * 10_000,
        '"' * 10_001,
        "‘a " * 10_000,
        "'a " * 10_000,
        "word " * 200_000,
        "x" * 1_000_000,
        "Northlight cut off X. " * 20_000,
        "NORTHLIGHT CUTS OFF X FROM ITS API, THE COMPANY SAID ON TUESDAY. " * 50,
        "northlight has cut off x from its api, the company said on tuesday. " * 50,
        "😀" * 50_000,
        "A. " * 50_000,
        "a, " * 100_000,
    ],
    ids=[
        "empty", "curly", "straight", "single curly", "single straight", "one long paragraph", "one long word", "repeated",
        "capitals", "small letters", "emoji", "initials", "commas",
    ],
)  # fmt: skip
def test_extremes_are_read(text):
    assert read_article(Page("", "Northlight", (text,)), TABLE, NOW) is not None


def test_capitals_alone_hide_no_names():
    page = Page(
        "", "NORTHLIGHT REVOKES TWITTER'S ACCESS TO ITS API", ("NORTHLIGHT HAS REVOKED TWITTER'S ACCESS TO ITS API.",)
    )
    event = read_article(page, TABLE, NOW).main_event
    assert event is not None
    assert [a.slug for a in event.actors("initiator")] == ["northlight"]
