"""Who speaks in a quotation, and for whom, as the encoder hears it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.reading import NameTable, encoder, read_article, voices
from ingest.reading.candidates import find_candidates
from ingest.reading.document import build_document
from ingest.reading.entities import find_entities
from ingest.reading.layout import MEANT, QUOTATION, RULED_ALONE, RULED_FOR, RULED_VOICE, Layout
from ingest.reading.mentions import find_mentions
from ingest.reading.people import find_people
from ingest.reading.quotes import attribute_all
from ingest.reading.voices import BEFORE, Place, lay_out_voice, sort_ruled
from ingest.types import Page, QuoteRead

TABLE = NameTable.build([])
NOW = datetime(2026, 3, 13, tzinfo=UTC)
STORY = (
    "Harrowgate has cut the Guild of Ferrymen off from its tide tables, the guild said on Tuesday.",
    "Mara Quist, who ran the night boats for thirty years, has been its secretary since 2019.",
)


def lay(*paragraphs: str, number: int = -1) -> Layout:
    doc = build_document(Page("", "Harrowgate cuts off ferrymen", paragraphs))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    people = find_people(doc, mentions, TABLE)
    draft = attribute_all(doc, mentions, people, TABLE)[number]
    place = Place(draft.sentence, draft.start, draft.end)
    return lay_out_voice(doc, place, mentions, find_candidates(doc, mentions, TABLE), sort_ruled(draft, people))


def marked(layout: Layout, sort: int) -> set[str]:
    return {layout.text[m.start : m.end] for m in layout.marks if m.sort == sort}


def quotes(*paragraphs: str) -> tuple[QuoteRead, ...]:
    return read_article(Page("", "Harrowgate cuts off ferrymen", paragraphs), TABLE, NOW).quotes


def test_the_quotation_is_marked_and_others_are_cut() -> None:
    layout = lay("“We never agreed to that at all,” he said. “We are going to ask the court,” said Mara Quist.")
    assert marked(layout, QUOTATION) == {"“We are going to ask the court,”"}
    assert "never agreed" not in layout.text


def test_a_long_quotation_is_cut_short_and_closed() -> None:
    layout = lay(f"“We are going to ask {'the court and ' * 40}nobody else,” said Mara Quist.")
    [mark] = [m for m in layout.marks if m.sort == QUOTATION]
    assert layout.text[mark.start : mark.end].startswith("“We are going to ask")
    assert mark.end - mark.start < 80


def test_names_stand_where_they_are_marked() -> None:
    layout = lay(*STORY, "“The tide waits for nobody, and nor do we,” said Quist.")
    names = {layout.text[m.start : m.end] for m in layout.marks if m.sort != QUOTATION}
    assert {"Harrowgate", "Mara Quist", "Quist"} <= names


def test_where_a_speaker_was_introduced_is_shown_from_far_above() -> None:
    filler = ["Nothing more was heard from either side on the matter that week."] * 30
    layout = lay(*STORY, *filler, "“The tide waits for nobody, and nor do we,” said Quist.")
    assert "who ran the night boats" in layout.text
    assert len(layout.text) < BEFORE + 500


def test_whom_a_pronoun_or_a_description_means_is_marked() -> None:
    text = "Oakmere Advisory owns boats. The company lost them. “The tide waits for us,” said Mara Quist of Harrowgate."
    assert marked(lay(text), MEANT) == {"The company"}


def test_what_the_rules_hear_is_marked() -> None:
    layout = lay("“The tide waits for nobody, and nor do we,” said Mara Quist of Oakmere Advisory.")
    assert marked(layout, RULED_VOICE) == {"Mara Quist"}
    assert marked(layout, RULED_FOR) == {"Oakmere Advisory"}
    assert marked(lay("“The tide waits for nobody, and nor do we,” Oakmere Advisory said."), RULED_ALONE)


def test_who_an_article_is_about_is_shown_from_far_above() -> None:
    filler = ["Nothing more was heard from either side on the matter that week."] * 30
    layout = lay(*STORY, *filler, "“The tide waits for nobody at all,” said the director, Ana Ruiz.")
    assert "Guild of Ferrymen" in layout.text


@pytest.mark.parametrize(
    "said",
    [
        "“The tide waits for nobody, and nor do we,” said Mara Quist, the guild's secretary.",
        "“The tide waits for nobody, and nor do we,” the guild's secretary, Mara Quist, told members.",
    ],
)
def test_an_officer_speaks_for_whom_the_story_is_about(said: str) -> None:
    [quote] = quotes("Harrowgate has cut the Guild of Ferrymen off from its tide tables and maps.", said)
    assert quote.speaker is not None
    assert quote.speaker.name == "Mara Quist"
    assert quote.on_behalf_of is not None
    assert quote.on_behalf_of.name == "Guild of Ferrymen"


def test_many_quotations_are_read_in_bounded_time() -> None:
    found = quotes(*STORY, *["“The tide waits for nobody, and nor do we,” said Mara Quist."] * 400)
    assert len(found) == 400
    assert {q.speaker.name for q in found if q.speaker} == {"Mara Quist"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts about quotations that the encoder is given."""
    texts: list[str] = []

    def encode(layout: Layout) -> encoder.Encoded:
        texts.append(layout.text)
        return encoder.encode(layout)

    monkeypatch.setattr(voices, "encode", encode)
    return texts


def test_the_end_of_a_quoted_sentence_is_not_asked_about_again(asked: list[str]) -> None:
    (quote,) = quotes(*STORY, "“The tide waits for nobody,” the secretary said, “but we will not wait for the tide.”")
    assert quote.text == "The tide waits for nobody, but we will not wait for the tide."
    assert len(asked) == 1


def test_what_is_quoted_in_an_article_that_is_none_of_ours_can_be_left_out(asked: list[str]) -> None:
    page = Page(
        "",
        "Harrowgate rowers win the regatta on the river",
        (
            "The Harrowgate Rowing Club won the regatta on Saturday, its third cup in as many years.",
            "“The tide was with us all the way to the bridge,” said its captain, Mara Quist.",
        ),
    )
    whole = read_article(page, TABLE, NOW)
    assert not whole.relevant
    assert len(whole.quotes) == 1
    asked.clear()
    assert read_article(page, TABLE, NOW, only_ours=True) == replace(whole, quotes=(), clauses=())
    assert asked == []


def test_leaving_out_what_is_none_of_ours_changes_nothing_in_what_is() -> None:
    text = "Harrowgate has revoked Tindrel's access to its API."
    said = "“Nobody warned us of that at all,” said Mara Quist of Tindrel."
    page = Page("", "Harrowgate cuts off Tindrel from its API", (text, said))
    read = read_article(page, TABLE, NOW, only_ours=True)
    assert read.relevant
    assert read.quotes
    assert read == read_article(page, TABLE, NOW)
