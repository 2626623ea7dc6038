"""Whole articles through reading: who did what to whom, when, and who said what."""

from datetime import UTC, date, datetime

import pytest

from ingest.reading import NameTable, read_article
from ingest.types import KnownActor, Page

TABLE = NameTable.build(
    [
        KnownActor("northlight", "Northlight", "organization", ("Northlight Inc.",)),
        KnownActor("halyard-api", "Halyard API", "product", (), "northlight"),
        KnownActor("ines-abara", "Ines Abara", "person", (), "northlight", "Spokesperson"),
    ]
)
PUBLISHED = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)  # a Friday


def read(title, *paragraphs):
    return read_article(Page("https://paper.example/1", title, paragraphs), TABLE, PUBLISHED)


@pytest.fixture(scope="module")
def cut_off():
    return read(
        "Northlight cuts off Pebbleworks from its models",
        "Northlight has revoked Pebbleworks's access to the Halyard API, accusing the start-up of training a rival "
        "model on its output. The access was withdrawn on Wednesday.",
        "“We gave them three warnings this winter,” said Ines Abara, a spokesperson for Northlight.",
        "“Nobody warned us of anything at all,” Pebbleworks founder Tuva Hagen said. “We paid every bill on time.”",
    )


def test_the_news_is_read_with_its_roles(cut_off):
    event = cut_off.main_event
    assert cut_off.relevant
    assert event.kind == "revocation"
    assert [a.name for a in event.actors("initiator")] == ["Northlight"]
    assert [a.name for a in event.actors("target")] == ["Pebbleworks"]
    assert [a.name for a in event.actors("subject")] == ["Halyard API"]


def test_the_day_is_that_of_the_act(cut_off):
    assert cut_off.main_event.on == date(2026, 3, 11)
    assert cut_off.main_event.precision == "day"


def test_two_products_named_side_by_side_are_both_withdrawn():
    table = NameTable.build(
        [
            KnownActor("northlight", "Northlight", "organization"),
            KnownActor("halyard", "Halyard", "product", ("Halyard 5",), "northlight"),
            KnownActor("binnacle", "Binnacle", "product", ("Binnacle 5",), "northlight"),
        ]
    )
    page = Page(
        "https://paper.example/1",
        "Northlight takes Halyard 5 and Binnacle 5 off its API",
        (
            "Northlight said on Friday that it had withdrawn Halyard 5 and Binnacle 5 from its API "
            "and cut off all customers.",
            "Customers of both models got an error message from noon on.",
        ),
    )
    event = read_article(page, table, PUBLISHED).main_event
    assert {a.name for a in event.actors("subject")} == {"Halyard", "Binnacle"}


def test_quotes_go_to_their_speakers(cut_off):
    said = [(q.speaker.name, q.on_behalf_of.name) for q in cut_off.quotes]
    assert said == [("Ines Abara", "Northlight"), ("Tuva Hagen", "Pebbleworks"), ("Tuva Hagen", "Pebbleworks")]


def test_evidence_stands_where_it_says(cut_off):
    text = Page("", "", ("Northlight has revoked it.",)).text
    assert text
    for quote in cut_off.quotes:
        assert quote.text.rstrip(".") in quote.evidence.sentence


def test_who_sues_speaks_for_himself_whatever_he_leads():
    table = NameTable.build(
        [
            KnownActor("northlight", "Northlight", "organization"),
            KnownActor("pelt", "Pelt", "organization"),
            KnownActor("ines-abara", "Ines Abara", "person", (), "pelt", "Founder"),
        ]
    )
    words = "“They took the work of a thousand people and locked the door,” said Ms. Abara, who also leads Pelt."
    suit = (
        "Ines Abara sues Northlight over its models",
        (
            "Ines Abara sued Northlight on Tuesday in a court in San Francisco, saying that the company had broken its "
            "promise to keep its models open.",
            words,
        ),
    )
    cut = (
        "Northlight cuts off Pelt from its models",
        ("Northlight has revoked Pelt's access to its API, accusing it of training a rival model.", words),
    )
    for (title, paragraphs), behalf in ((suit, None), (cut, "Pelt")):
        (quote,) = read_article(Page("https://paper.example/1", title, paragraphs), table, PUBLISHED).quotes
        assert quote.speaker.name == "Ines Abara"
        assert (quote.on_behalf_of and quote.on_behalf_of.name) == behalf


def test_another_language_is_said_so():
    reading = read("Northlight sperrt", "Der Anbieter hat dem Unternehmen den Zugang zu seinen Modellen gesperrt, " * 3)
    assert (reading.relevant, reading.language) == (False, "de")
    assert "another language" in reading.reasons[0]


def test_an_outage_is_not_ours():
    reading = read(
        "Northlight API restored after outage",
        "An outage took down the Halyard API for three hours on Thursday, the company's status page said. Developers "
        "lost access to the service while engineers looked for the root cause.",
    )
    assert not reading.relevant


def test_a_ruling_on_another_market_is_not_ours():
    """Both sides and the court are there, and not a word of models, data or interfaces."""
    reading = read(
        "Judge finds that Marlstone broke the law to rule online advertising",
        "A federal judge ruled on Thursday that Marlstone had illegally held a monopoly over the exchange on which "
        "advertisements are sold.",
        "Publishers had sued Marlstone, whose advertising server and ad exchange they said were tied together. "
        "Advertisers paid more for it, the judge found.",
        "Marlstone said that it would appeal against the ruling.",
    )
    assert not reading.relevant
    assert "but also of advertising markets" in reading.reasons
