"""Names that their writing hides: in small letters, with digits, of several words, or beside what is none."""

from __future__ import annotations

import pytest

from tests.naming import read_candidates, read_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The suit names orlik7, which makes maps.", "orlik7"),
        ("On Friday 5wells cut off its customers.", "5wells"),
        ("Terms were signed with smörk12 of Visby.", "smörk12"),
        ("The price was raised by the start-up brindlo.", "brindlo"),
        ("A start-up in Bergen, brindlo, has lost its access.", "brindlo"),
        ("It is spelled brindlo, and it makes maps.", "brindlo"),
        ("A spokeswoman for brindlo was calm.", "brindlo"),
        ("Hit hardest is marlene (lower case, please), which books tables.", "marlene"),
        ("The firm relies on an app called pebble, it says.", "pebble"),
        ("The buyer was heim stulo, a studio with three desks.", "heim stulo"),
    ],
)
def test_small_letters_hide_no_name_that_is_introduced(text: str, name: str) -> None:
    assert name in read_names(text)


def test_a_headline_that_begins_in_small_letters_begins_with_a_name() -> None:
    names = read_names("A key for the anvil Data API, the maker of anvil says, is dear.", title="anvil cuts off Tindle")
    assert names["anvil"] == "organization"


@pytest.mark.parametrize(
    "text",
    [
        "Requests signed by sha256 over http2 are refused after 24hours.",
        "The company hasn't answered, and the firm's accelerators are idle.",
        "Write to @orlik7 or see /docs/orlik7 and orlik7.py for more.",
        "The head of devrel and a firm with upskilling in mind were calm.",
    ],
)
def test_formats_measures_handles_files_and_rare_words_are_no_names(text: str) -> None:
    assert not any(name.islower() and kind == "organization" for name, kind in read_names(text).items())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The archive was sold to Ibarra y Soto last spring.", "Ibarra y Soto"),
        ("The union Bread and Salt has called a strike.", "Bread and Salt"),
        ("The suit reached the Labour Court in Antwerp on Monday.", "Labour Court in Antwerp"),
        ("The Court of Appeal of The Hague held otherwise, Tindle said.", "Court of Appeal of The Hague"),
        ("They have settled, says Ada Merrow KC for the claimant.", "Ada Merrow"),
        ("Councillor Ada Merrow, a lawyer, was calm.", "Ada Merrow"),
    ],
)
def test_a_name_is_read_as_long_as_it_is(text: str, name: str) -> None:
    assert name in read_names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Users in Armenia and Cuba lose access. Cuba said nothing.", "Cuba"),
        ("Under the Fair Trading Act, Tindle said, it may.", "Fair Trading Act"),
        ("He spoke at West by Riverside, and West has cut off nobody.", "West"),
        ("Everybody signs the Tindle Terms, said Tindle.", "Tindle Terms"),
    ],
)
def test_places_laws_directions_and_papers_do_not_act(text: str, name: str) -> None:
    assert name not in read_names(text)


def test_words_that_describe_and_legal_forms_are_no_candidates() -> None:
    found = read_candidates("The Antwerp-based lab Vrolik N.V. was sued; it was calm.")
    assert not found & {"Antwerp-based", "N.V."}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tuesday, a start-up that books vans, was cut off on Tuesday. The key, says Tuesday, is dead.", "Tuesday"),
        ("The routes of Friday Haulage, an agency in Narvik, went blank.", "Friday Haulage"),
        (
            "The court found that Nobody, a maker of chatbots, broke a contract. She had been at Nobody for years.",
            "Nobody",
        ),
        ("She works for a company called Together, which rents out chips.", "Together"),
    ],
)
def test_days_and_common_words_are_names_where_the_text_tells_so(text: str, name: str) -> None:
    assert read_names(text)[name] == "organization"


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday, a start-up in Norway sued. The company Tuesday said that it was sorry.",
        "At noon of Monday Orlik Labs cut off its users, said Orlik Labs. In May Orlik Labs was calm.",
        "Nobody at the company was calm, said Orlik Labs. With Everyone gone, it closed.",
    ],
)
def test_days_and_common_words_are_no_names_otherwise(text: str) -> None:
    assert set(read_names(text)) <= {"Orlik Labs"}


def test_what_begins_with_the_name_of_a_company_is_a_thing_of_it() -> None:
    names = read_names(
        "Customers of Plain Draw, an assistant by a company called Plain, were cut off.", "Plain said it was sorry."
    )
    assert names == {"Plain Draw": "product", "Plain": "organization"}


def test_a_company_goes_without_the_word_for_what_it_is() -> None:
    names = read_names("The parcels of Grupo Alcaraz, a delivery company, arrive. Alcaraz said that it was glad.")
    assert names == {"Grupo Alcaraz": "organization"}
