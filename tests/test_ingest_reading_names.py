"""Which words of an article are names, and of whom."""

from __future__ import annotations

import pytest

from ingest.reading.candidates import find_candidates
from ingest.reading.document import build_document
from ingest.reading.entities import find_entities
from ingest.reading.lexicon.ordinary import is_city, is_ordinary
from ingest.reading.mentions import find_mentions
from ingest.reading.names import NameTable
from ingest.reading.people import find_people
from ingest.types import KnownActor, Page

TABLE = NameTable.build([])


def read_names(*paragraphs: str, title: str = "") -> dict[str, str]:
    doc = build_document(Page("https://news.example/a", title, paragraphs))
    return {h.actor.name: h.actor.kind for hits in find_entities(doc, TABLE).values() for h in hits}


def employer_of(person: str, text: str) -> str | None:
    doc = build_document(Page("https://news.example/a", "", (text,)))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    people = find_people(doc, mentions, TABLE)
    employer = people.employer.get(person.casefold())
    return employer.name if employer else None


@pytest.mark.parametrize("word", ["fees", "recapped", "licensing", "organisation", "colours", "stopped", "researcher"])
def test_inflected_and_british_words_are_ordinary(word: str) -> None:
    assert is_ordinary(word)


def test_invented_names_are_no_words() -> None:
    assert not any(is_ordinary(w) for w in ("marrowby", "glimt", "tindle"))
    assert is_city("Coimbatore")
    assert not is_city("Reading")


def test_a_word_that_only_begins_a_sentence_is_no_name() -> None:
    assert read_names("Fees were waived by Tindle Systems.", "Applications must be sent in.") == {
        "Tindle Systems": "organization"
    }


def test_a_word_that_acts_again_and_again_is_a_name() -> None:
    assert "Almanac" in read_names("Almanac said it was sorry.", "Almanac has cut off its users.")


def test_a_headline_in_title_case_gives_the_names_of_the_text() -> None:
    names = read_names(
        "Corvo Labs signed a deal with Tindle Systems on Monday.",
        title="Corvo Labs And Tindle Systems Announce Licensing Partnership",
    )
    assert set(names) == {"Corvo Labs", "Tindle Systems"}


def test_a_brand_in_small_letters_is_found_where_it_acts() -> None:
    text = "On Monday mursk, the maker of a pilot for boats, was cut off. Hovde, who founded mursk, was calm."
    assert read_names(text)["mursk"] == "organization"


def test_a_city_and_an_amount_are_no_organizations() -> None:
    names = read_names("Users in Coimbatore pay EUR 0.08. Coimbatore raised its fees, said Tindle Systems.")
    assert "Coimbatore" not in names
    assert "EUR 0.08" not in names


@pytest.mark.parametrize(
    "text",
    [
        "It is hard, said Mara Quist, an economist with Oakmere Advisory in Porto.",
        "It is hard, said Mara Quist of Oakmere Advisory.",
        "It is hard, said Mara Quist, who directs development at Oakmere Advisory.",
        "Oakmere Advisory was calm. Its director of legal matters, Mara Quist, said so.",
    ],
)
def test_a_post_by_any_words_tells_whom_somebody_speaks_for(text: str) -> None:
    assert employer_of("Mara Quist", text) == "Oakmere Advisory"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The maps were made by Two Rivers Mapping, which sells them.", "Two Rivers Mapping"),
        ("It was cut off by 9th Street Robotics in March.", "9th Street Robotics"),
        ("The ministry took the weights of Brevik 4, and access to them.", "Brevik 4"),
        ("On Monday lumifer closed it, and lumifer's users found out.", "lumifer"),
        ("It was stopped by Belgium's Data Protection Authority on Monday.", "Data Protection Authority"),
        ("They met on May 4, and on 4 May again.", ""),
    ],
)
def test_numbers_adjectives_and_small_letters_may_make_names(text: str, name: str) -> None:
    doc = build_document(Page("", "", (text,)))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    found = {
        m.actor.name for by in (mentions, find_candidates(doc, mentions, TABLE)) for held in by.values() for m in held
    }
    assert name in found if name else not found & {"May", "May 4", "4 May"}


@pytest.mark.parametrize(
    ("name", "who"),
    [("Fathomwell of Galveston", "Fathomwell"), ("Bank of Galveston", "Bank of Galveston")],
)
def test_where_somebody_sits_is_no_part_of_the_name(name: str, who: str) -> None:
    text = f"{name} accused its rival on Monday. {name}, which makes software, sued it, a spokesman for {name} said."
    assert who in read_names(text)


@pytest.mark.parametrize(("alias", "text"), [("District of Columbia Circuit", "a district court"),
                                             ("Garante per la protezione dei dati", "the Garante")])  # fmt: skip
def test_a_long_name_is_shortened_to_its_first_word_unless_that_is_an_ordinary_one(alias: str, text: str) -> None:
    table = NameTable.build([KnownActor("known", "Some Authority", "organization", aliases=(alias,))])
    assert [hit.actor.slug for hit in table.find_names(text)] == (["known"] if "Garante" in text else [])


@pytest.mark.parametrize(
    ("title", "text", "short", "name"),
    [
        ("", "Gallup said no. Gallup sued. Songs go through the Gallup Parade app alone.", "Gallup", "Gallup"),
        ("A Brightlome Retreat", "Brightlome said so. Brightlome apologised.", "Brightlome", "Brightlome"),
        ("", "Wendover Data Trust said no. Wendover sued. Wendover won.", "Wendover", "Wendover Data Trust"),
        ("", "Sarvine said no. Sarvine sued. Sarvine Labs, a lab in Lyon, won.", "Sarvine", "Sarvine Labs"),
    ],
)
def test_who_is_introduced_by_the_short_name_bears_it(title: str, text: str, short: str, name: str) -> None:
    """A full name comes first or only adds what sort of company it is; else the longer one is a thing's."""
    doc = build_document(Page("", title, (text,)))
    hits = [h for found in find_entities(doc, TABLE).values() for h in found]
    assert {h.actor.name for h in hits if h.end - h.start == len(short)} == {name}


def test_who_has_an_age_is_a_person() -> None:
    assert read_names("Among them was Fintan Rowe (71), a retired postman of Oranmoor.")["Fintan Rowe"] == "person"


def test_a_legal_form_alone_is_no_name() -> None:
    doc = build_document(Page("", "", ("Oriole Systems, Inc. and Hon. Theo Quist met in May.",)))
    mentions = find_mentions(doc, find_entities(doc, TABLE), TABLE)
    shown = find_candidates(doc, mentions, TABLE)
    assert not {m.actor.name for held in shown.values() for m in held} & {"Inc", "Inc.", "Hon", "Hon."}


def test_what_a_wire_puts_before_a_headline_is_no_part_of_a_name() -> None:
    assert set(read_names("Tindle Systems was calm.", title="BRIEF-Tindle Systems closes its archive")) == {
        "Tindle Systems"
    }


def test_a_pronoun_with_its_verb_is_no_name() -> None:
    assert not read_names("They'd cut us off. They'd said so twice.")


def test_a_surname_with_a_small_word_begins_a_sentence_in_capitals() -> None:
    names = read_names("Kees van Ommeren, a teacher, wrote to her. Van Ommeren said that he was sorry.")
    assert names == {"Kees van Ommeren": "person"}


def test_the_office_before_a_known_name_is_no_part_of_it() -> None:
    table = NameTable.build([KnownActor("mara-quist", "Mara Quist", "person")])
    doc = build_document(Page("", "", ("On Monday Secretary of War Mara Quist accused it of arrogance.",)))
    hits = [h for found in find_entities(doc, table).values() for h in found]
    assert [(h.actor.slug, h.actor.name) for h in hits] == [("mara-quist", "Mara Quist")]
