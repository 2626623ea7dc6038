"""One form for one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.canonical import NEAR_DUPLICATE, clean_text, content_hash, signature, similarity

WIRE = (
    "Corvid Labs has withdrawn the access of Tessel to its programming interface, both companies said on Friday. "
    "The step follows weeks of argument over a test in which engineers compared the answers of two rival models. "
    "Tessel said that it had been given no notice and that it would look for another supplier before the summer. "
)
REWRITE = (
    "Tessel must look for a new supplier: on Friday Corvid Labs closed its interface to the company from Lisbon, "
    "after engineers there had used it to measure a model of their own. Nobody told us, a spokeswoman for Tessel said."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \n\t b", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("\u202eabc\u202c", "abc"),
        ("a\0\x1b", "a"),
        ("e\u0301", "é"),
        ("a\u200db", "ab"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u00a0b", "a b"),
    ],
)
def test_clean_text(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_content_hash_sees_words_only() -> None:
    assert content_hash("It’s  cut OFF.") == content_hash("it's cut off")
    assert content_hash("cut off") != content_hash("cut on")


def test_wire_copies_are_near_duplicates_and_rewrites_are_not() -> None:
    copy = "LISBON (Daily) - " + WIRE + "Read more in our weekend edition."
    assert similarity(signature(WIRE), signature(copy)) > NEAR_DUPLICATE
    assert similarity(signature(WIRE), signature(REWRITE)) < NEAR_DUPLICATE
    assert similarity(signature(WIRE), signature(WIRE.upper())) == 1.0


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = signature(one), signature(other)
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0
