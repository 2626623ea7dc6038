"""Names of several words that small words join, in English and in other languages, and names that little sets apart."""

from __future__ import annotations

import pytest

from ingest.reading.begun import find_begun
from ingest.reading.document import build_document
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.types import Page
from tests.naming import read_candidates, read_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Conseil supérieur de la lecture said that it had no choice.", "Conseil supérieur de la lecture"),
        ("A fine was imposed by the Agencia de los datos públicos on Monday.", "Agencia de los datos públicos"),
        ("The Verband deutscher Imker has sued, its chairman said.", "Verband deutscher Imker"),
        ("The suit of the Stichting voor de muziek was heard in Delft.", "Stichting voor de muziek"),
        ("She edits the weekly Folha do Minho, which was offline.", "Folha do Minho"),
        ("The lawyers of Praxis am Markt have found nothing.", "Praxis am Markt"),
        ("It was sold to the start-up Dar al-Mizan of Amman.", "Dar al-Mizan"),
    ],
)
def test_names_in_other_languages_end_where_they_end(text: str, name: str) -> None:
    assert read_names(text)[name] == "organization"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Data Registrar's Office fined it on Friday.", "Data Registrar's Office"),
        ("The customers of Candle of Vermont, a shop for lamps, were told on Friday.", "Candle of Vermont"),
        (
            "The head of the Association of Wool Growers of the Pennines was calm.",
            "Association of Wool Growers of the Pennines",
        ),
        ("Her firm is the Drapers Forum of Leeds, a trade body.", "Drapers Forum of Leeds"),
        ("It was signed by the picture agency Orlik Brahe A/S of Aarhus.", "Orlik Brahe"),
    ],
)
def test_what_small_words_join_is_one_organization(text: str, name: str) -> None:
    assert read_names(text)[name] == "organization"


def test_a_first_word_belongs_to_the_name_that_never_stands_without_it() -> None:
    told = ("Little Crane, a maker of maps, has cut off Tindle.", "A key of Little Crane costs nothing.")
    assert "Little Crane" in read_names(*told)
    alone = read_names("Little Orlik said was new. Great Orlik is not.", "The owner of Orlik, a start-up, was calm.")
    assert "Orlik" in alone
    assert not {"Little Orlik", "Great Orlik"} & set(alone)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He lives in Vale of Evesham these days.", "Vale of Evesham"),
        ("They wrote to the Keeper of Tindle and to Friends of his.", "Keeper of Tindle"),
        ("Extraction, said Ada Merrow for the Court of Malden, is what it is.", "Ada Merrow for the Court of Malden"),
    ],
)
def test_not_all_that_small_words_join_is_one_name(text: str, name: str) -> None:
    assert name not in read_names(text)


def test_a_daughter_with_a_countrys_name_is_not_who_owns_it() -> None:
    names = read_names(
        "A suit against the developer Orlik Brahe was filed.", "Its daughter, Orlik Brahe India, is named too."
    )
    assert {"Orlik Brahe", "Orlik Brahe India"} <= set(names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The maker, marlene, which writes itself without a capital, was calm.", "marlene"),
        ("On the other bench sits brindlo, which makes ovens.", "brindlo"),
    ],
)
def test_names_in_small_letters_that_are_set_apart(text: str, name: str) -> None:
    assert read_names(text)[name] == "organization"


def test_a_paragraph_that_begins_in_small_letters_begins_with_a_name() -> None:
    others = ("Programs of others are refused.", "Users may go on.", "Tindle was calm.")
    assert read_names(*others, "anvil, which has a thousand users, said no.")["anvil"] == "organization"
    assert "anvil" not in read_names("anvil, which is heavy, fell.", "hammers, which are too, fell.", "So it was.")


def test_the_word_before_a_name_in_small_letters_may_be_a_verb() -> None:
    assert "sued brindlo" not in read_names("The house sued brindlo, a start-up, and brindlo said no.")


def test_ordinary_words_that_begin_sentences_play_no_part() -> None:
    text = "Sign-ups are closed. Websites that joined refuse it. Third-party programs are barred. Norwegians were calm."
    begun = find_begun(build_document(Page("https://news.example/a", "", (text,))))
    assert {"Sign-ups", "Websites", "Third-party", "Norwegians"} <= begun


def test_words_with_capitals_within_a_sentence_may_play_one() -> None:
    text = "Orchards are green. The key is theirs, and Orchards is theirs. Plover is calm."
    assert not {"Orchards", "Plover"} & find_begun(build_document(Page("https://news.example/a", "", (text,))))


def test_candidates_are_parted_where_an_and_joins_them() -> None:
    assert {"Vrolik", "Orlik"} <= read_candidates("Two papers, Vrolik and Orlik, were named.")
    assert "Orlik" in read_candidates("It was filed along with Tindle and Orlik, in Malden.")


@pytest.mark.parametrize("word", ["resellers", "sued", "default", "crocheters"])
def test_words_with_two_endings_or_short_stems_are_ordinary(word: str) -> None:
    assert is_ordinary(word)
