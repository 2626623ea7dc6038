"""What the form of a name says of its kind: person, organization, product or place."""

from __future__ import annotations

from collections.abc import Container

import regex

from ingest.reading.capitals import INSTITUTION
from ingest.reading.lexicon.ordinary import is_city, is_ordinary
from ingest.reading.names import fold_case
from ingest.reading.words import ORG_HEADS, ORG_SUFFIXES, PRODUCT_TAILS

_DIGIT = regex.compile(r"\d")
_CAMEL = regex.compile(r"\p{Ll}\p{Lu}")
_PERSON_SHAPE = regex.compile(r"\p{L}+(?:\s+(?:\p{Lu}|\p{Ll}+\b))+")


def weigh_shape(weight: dict[str, float], name: str, names: Container[str]) -> None:
    """Add what the form of a name says, and the short forms used elsewhere: people by their last name,
    organizations by their first."""
    tokens = name.split()
    last = fold_case(tokens[-1]).strip(".")
    if is_city(name):
        _weigh_city(weight)
    _weigh_short_forms(weight, tokens, names)
    if last in ("api", "apis", "sdk") or (_DIGIT.search(tokens[-1]) and not name.islower()):
        weight["product"] += 4
    elif len(tokens) > 1 and (last in ORG_SUFFIXES or fold_case(tokens[0]) in ORG_HEADS):
        weight["organization"] += 3
    elif 2 <= len(tokens) <= 4 and _PERSON_SHAPE.match(name):
        _weigh_person(weight, tokens[-1], last, names)
    if " & " in name or INSTITUTION.search(name):
        weight["organization"] += 4
    if name.islower() or "_" in name:
        _weigh_small(weight, name)
    elif len(tokens) == 1 and (name.isupper() or _CAMEL.search(name)):
        weight["organization"] += 0.6


def _weigh_small(weight: dict[str, float], name: str) -> None:
    """A name in small letters is that of a site, of a brand that acts as one, or else of a member of a forum."""
    if "." in name:
        weight["organization"] += 1.5
    elif "_" in name or weight["organization"] < 1:
        weight["person"] += 3


def _weigh_person(weight: dict[str, float], surname: str, plain: str, names: Container[str]) -> None:
    """Two to four words may be a person's name, surely where the last one is used alone, unless it tells of a trade."""
    if is_ordinary(plain) and plain.endswith(_TRADES) and len(plain) > 6:
        _weigh_trade(weight)
    else:
        weight["person"] += 0.9
    weight["person"] += 1.5 * (surname in names)


def _weigh_city(weight: dict[str, float]) -> None:
    """A city is one unless the words around say more: what goes on in it is done by it, and people are of it."""
    weight["place"] += 1.2
    weight["organization"] *= 0.25


def _weigh_trade(weight: dict[str, float]) -> None:
    """ "Fellrigg Hosting", "Kosoko Advisory": an organization, so that what could be said of a person is said of it, unless
    only a person has a title or is called he."""
    if weight["person"] < 2.0:
        weight["organization"] += 0.5 + max(weight["person"], 0.0)
        weight["person"] = 0.0


# How words end that name a trade or a body rather than a family.
_TRADES = ("s", "y", "ing", "tion", "ment", "ance", "ence", "ium", "ware", "care", "hip", "tre", "ter")


def _weigh_short_forms(weight: dict[str, float], tokens: list[str], names: Container[str]) -> None:
    """What the last word says of a product, and the first word used alone of an organization."""
    if len(tokens) > 1 and fold_case(tokens[-1]).strip(".") in PRODUCT_TAILS:
        weight["product"] += 1.5
        weight["person"] -= 2
    if len(tokens) > 1 and tokens[0] in names and "&" not in tokens:
        weight["organization"] += 1.2
