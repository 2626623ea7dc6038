"""Who plays which part, once the encoder has said how likely each is; and which court the press means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ingest.agree import Telling, agree
from ingest.reading import NameTable
from ingest.reading.casting import DEALT, Cast, Opening, cast_parts
from ingest.reading.courts import find_district_court
from ingest.reading.document import build_document
from ingest.reading.encoder import PARTS, Encoded
from ingest.reading.owners import Owners
from ingest.reading.people import People
from ingest.reading.weighing import Known
from ingest.types import ActorRef, Evidence, KnownActor, Page, RoleRead

HERE = Evidence("A sentence.", 0, 11)
HARROWGATE, TINDREL = ActorRef("Harrowgate", "organization"), ActorRef("Tindrel", "organization")
GULL = ActorRef("Gull API", "product")


def cast(kind: str, *said: tuple[ActorRef, dict[str, float]], **given: Any) -> set[tuple[str, str]]:
    """(name, part) of everybody chosen, from what is said of each actor; `given` as to `read_roles`."""
    return {(r.actor.name, r.role) for r in read_roles(kind, *said, **given)}


def read_roles(
    kind: str,
    *said: tuple[ActorRef, dict[str, float]],
    people: People | None = None,
    api: bool = False,
    apis: frozenset[str] = frozenset(),
    interfaces: dict[str, ActorRef] | None = None,
    beside: tuple[ActorRef, ActorRef] | None = None,
    court: ActorRef | None = None,
) -> list[RoleRead]:
    parts = {actor.key: {part: chances.get(part, 0.0) for part in PARTS} for actor, chances in said}
    pair = frozenset({(beside[0].key, beside[1].key)} if beside else ())
    known = Known(people or People(), Owners({GULL.key: HARROWGATE}), api, apis, beside=pair)
    actors = {actor.key: Cast(actor, HERE) for actor, _ in said}
    opening = Opening(Encoded({}, parts), {}, court=court, interfaces=interfaces or {})
    return cast_parts(kind, [], opening, actors, known)


def test_each_plays_the_part_that_is_likeliest() -> None:
    told = cast("revocation", (HARROWGATE, {"initiator": 0.9}), (TINDREL, {"target": 0.8}), (GULL, {"subject": 0.7}))
    assert told == {("Harrowgate", "initiator"), ("Tindrel", "target"), ("Gull API", "subject")}


@pytest.mark.parametrize("kind", ["lawsuit", "response", "terms-change"])
def test_of_two_that_seem_to_act_one_is_acted_on(kind: str) -> None:
    told = cast(kind, (HARROWGATE, {"initiator": 0.9}), (TINDREL, {"initiator": 0.6, "target": 0.3}))
    assert ("Tindrel", "target") in told


def test_who_is_surely_a_party_takes_the_side_where_nobody_is() -> None:
    told = cast("ruling", (HARROWGATE, {"initiator": 0.9}), (TINDREL, {"initiator": 0.47, "target": 0.38}))
    assert told == {("Harrowgate", "initiator"), ("Tindrel", "target")}
    told = cast("ruling", (HARROWGATE, {"target": 0.9}), (TINDREL, {"initiator": 0.4, "target": 0.35}))
    assert told == {("Harrowgate", "target"), ("Tindrel", "initiator")}


def test_both_sides_of_a_deal_may_act() -> None:
    told = cast("deal", (HARROWGATE, {"initiator": 0.9}), (TINDREL, {"initiator": 0.4}))
    assert told == {("Harrowgate", "initiator"), ("Tindrel", "initiator")}


def test_either_side_of_a_deal_is_sure_enough_to_be_kept() -> None:
    roles = read_roles("deal", (HARROWGATE, {"initiator": 0.9}), (TINDREL, {"initiator": 0.4}))
    assert [r.confidence for r in roles] == [0.9, DEALT]


FABLE, MYTHOS = (ActorRef(name, "product", parent="harrowgate") for name in ("Fable 5", "Mythos 5"))


@pytest.mark.parametrize(
    ("beside", "said", "both"), [((FABLE, MYTHOS), 0.4, True), ((FABLE, MYTHOS), 0.2, False), (None, 0.4, False)]
)
def test_what_is_named_side_by_side_with_the_subject_is_one_too(
    beside: tuple[ActorRef, ActorRef] | None, said: float, both: bool
) -> None:
    told = cast("revocation", (FABLE, {"subject": 0.9}), (MYTHOS, {"subject": said}), beside=beside)
    assert (("Mythos 5", "subject") in told) is both


def test_a_piece_of_a_products_name_is_no_second_product() -> None:
    piece = ActorRef("Fable", "product")
    told = cast("revocation", (FABLE, {"subject": 0.9}), (piece, {"subject": 0.6}), beside=(FABLE, piece))
    assert told == {("Fable 5", "subject")}


VENDOR = ActorRef("Harrowgate", "organization", "harrowgate")
CLIENT = ActorRef("Tindrel", "organization", "tindrel")
VISTA, MODELS = ActorRef("Vista", "product", "vista", "tindrel"), ActorRef("Harrow", "product", "harrow", "harrowgate")


@pytest.mark.parametrize("kind", ["revocation", "accusation"])
@pytest.mark.parametrize("named", [True, False])
def test_who_cuts_somebody_off_does_so_from_a_product_of_his_own(kind: str, named: bool) -> None:
    """From the one that the article names, or from the API that the record knows."""
    sides = [(VENDOR, {"initiator": 0.9}), (CLIENT, {"target": 0.9}), (VISTA, {"subject": 0.9})]
    api = ActorRef("Harrowgate API", "product", "harrowgate-api", "harrowgate")
    told = cast(kind, *sides, *([(MODELS, {"subject": 0.1})] if named else []), interfaces={"harrowgate": api})
    both, alone = {"Vista", "Harrow" if named else "Harrowgate API"}, {"Vista"}
    for found, subjects in (
        (told, both),
        (cast("lawsuit", *sides, interfaces={"harrowgate": api}), alone),
        (cast(kind, *sides), alone),
    ):
        assert {name for name, part in found if part == "subject"} == subjects


def test_a_ministrys_order_is_its_bureaus_where_the_article_names_that() -> None:
    ministry = ActorRef("Department of Trade", "organization", "trade")
    bureau = ActorRef("Bureau of Exports", "organization", "exports", "trade")
    shop = ActorRef("Trade Shop", "organization", "shop", "trade")
    for part, initiator in ((bureau, "Bureau of Exports"), (shop, "Department of Trade")):
        told = cast("revocation", (ministry, {"initiator": 0.9}), (part, {}), (TINDREL, {"target": 0.9}))
        assert told == {(initiator, "initiator"), ("Tindrel", "target")}


def test_a_first_name_is_nobody_beside_the_whole() -> None:
    whole, piece = ActorRef("Elon Harrow", "person", "elon-harrow"), ActorRef("Elon", "organization")
    told = cast("lawsuit", (whole, {"initiator": 0.7}), (piece, {"initiator": 0.8}), (TINDREL, {"target": 0.9}))
    assert told == {("Elon Harrow", "initiator"), ("Tindrel", "target")}


def test_the_court_that_the_press_means_is_sure_enough_to_be_kept() -> None:
    court = ActorRef("US District Court, Northern District of California", "organization")
    roles = read_roles("ruling", (HARROWGATE, {"initiator": 0.9}), court=court)
    assert [(r.actor, r.role) for r in roles if agree_on(r)] == [(HARROWGATE, "initiator"), (court, "court")]


def agree_on(role: RoleRead) -> bool:
    """Whether the part stays when it is all that is told of an event."""
    told = Telling(
        "ruling",
        date(2026, 1, 1),
        "day",
        True,
        "reported",
        True,
        False,
        0.9,
        ((role.actor, role.role, role.confidence),),
    )
    return bool(agree([told]).roles)


def test_what_is_done_with_an_interface_its_owner_does() -> None:
    assert cast("restriction", (GULL, {"subject": 0.9})) == {("Harrowgate", "initiator"), ("Gull API", "subject")}


def test_who_is_said_to_act_on_what_is_anothers_was_acted_on() -> None:
    told = cast("revocation", (TINDREL, {"initiator": 0.8, "target": 0.2}), (GULL, {"subject": 0.9}))
    assert told == {("Harrowgate", "initiator"), ("Tindrel", "target"), ("Gull API", "subject")}


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Data API", "Harrowgate Data API"),
        ("Places API", "Harrowgate Places API"),
        ("Elevation API", "Harrowgate Elevation API"),
        ("Sextant API", "Sextant API"),
    ],
)
def test_an_interface_called_by_what_it_does_gets_its_owners_name(name: str, full: str) -> None:
    thing = ActorRef(name, "product")
    told = cast("price-change", (HARROWGATE, {"initiator": 0.9}), (thing, {"subject": 0.9}))
    assert (full, "subject") in told


@pytest.mark.parametrize(("apis", "named"), [(frozenset({"Sextant"}), "Sextant API"), (frozenset(), "Sextant")])
def test_what_is_cut_off_is_the_api_where_the_article_says_so(apis: frozenset[str], named: str) -> None:
    sextant = ActorRef("Sextant", "product")
    told = cast("revocation", (HARROWGATE, {"initiator": 0.9}), (sextant, {"subject": 0.9}), apis=apis)
    assert (named, "subject") in told


def test_what_is_called_an_api_is_not_called_so_twice() -> None:
    filings = ActorRef("Quist Ledger API", "product")
    given = ((HARROWGATE, {"initiator": 0.9}), (filings, {"subject": 0.9}))
    told = cast("price-change", *given, apis=frozenset({"Quist Ledger API"}))
    assert [name for name, part in told if part == "subject"] == ["Quist Ledger API"]


def test_an_interface_that_nothing_names_bears_the_name_of_who_acts() -> None:
    assert ("Harrowgate API", "subject") in cast("price-change", (HARROWGATE, {"initiator": 0.9}), api=True)


def test_who_speaks_for_an_organization_is_no_party() -> None:
    quist = ActorRef("Mara Quist", "person")
    people = People(employer={quist.key: HARROWGATE})
    told = cast("accusation", (quist, {"initiator": 0.9}), (HARROWGATE, {}), people=people)
    assert told == {("Harrowgate", "initiator")}


def test_people_sue_for_themselves_and_speak_for_nobody_the_article_does_not_name() -> None:
    quist = ActorRef("Mara Quist", "person")
    people = People(employer={quist.key: HARROWGATE})
    told = cast("lawsuit", (quist, {"initiator": 0.9}), (HARROWGATE, {}), (TINDREL, {"target": 0.9}), people=people)
    assert told == {("Mara Quist", "initiator"), ("Tindrel", "target")}
    assert cast("accusation", (quist, {"initiator": 0.9}), people=people) == {("Mara Quist", "initiator")}


def test_who_copied_from_a_family_of_models_did_it_through_its_api() -> None:
    vendor = ActorRef("Quillon", "organization", "quillon")
    family, api = (
        ActorRef("Heron", "product", None, "quillon"),
        ActorRef("Heron API", "product", "heron-api", "quillon"),
    )
    given = ((vendor, {"initiator": 0.9}), (TINDREL, {"target": 0.9}), (family, {"subject": 0.9}))
    assert ("Heron API", "subject") in cast("accusation", *given, interfaces={"quillon": api})
    proposed = (*given[:2], (replace(family, slug="heron"), {"subject": 0.9}))
    assert ("Heron API", "subject") in cast("accusation", *proposed, interfaces={"quillon": api})
    assert ("Heron", "subject") in cast("restriction", *given, interfaces={"quillon": api})
    called = ActorRef("Quillon API", "product")
    told = cast("restriction", *given[:2], (called, {"subject": 0.9}), interfaces={"quillon": api})
    assert ("Heron API", "subject") in told
    told = cast("price-change", (vendor, {"initiator": 0.9}), api=True, interfaces={"quillon": api})
    assert ("Heron API", "subject") in told


def test_the_api_of_a_vendor_bears_its_name_or_that_of_its_family_of_products() -> None:
    rows = [
        ("quillon", "Quillon", "organization", None), ("heron-api", "Heron API", "product", "quillon"),
        ("heron-code", "Heron Code", "product", "quillon"), ("heron", "Heron", "product", "quillon"),
        ("gullwing", "Gullwing", "organization", None),
        ("feed", "Feed API", "product", "gullwing"), ("gullwing-api", "Gullwing API", "product", "gullwing"),
    ]  # fmt: skip
    table = NameTable.build(KnownActor(slug, name, kind, (), parent) for slug, name, kind, parent in rows)
    assert {slug: api.slug for slug, api in table.interfaces.items()} == {
        "quillon": "heron-api",
        "gullwing": "gullwing-api",
    }


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("A federal judge in San Francisco threw the claims out.", "Northern District of California"),
        ("The suit was filed in Manhattan federal court.", "Southern District of New York"),
        ("It went to the U.S. District Court for the District of New Jersey.", "District of New Jersey"),
        ("The suit was filed in U.S. District Court in Trenton.", "District of New Jersey"),
        ("A court in Paris ruled for the publisher.", ""),
    ],
)
def test_federal_courts_are_known_by_where_they_sit(text: str, district: str) -> None:
    found = find_district_court(build_document(Page("", "", (text,))), NameTable.build(()))
    assert (found.name if found else "") == (f"US District Court, {district}" if district else "")
