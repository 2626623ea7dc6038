"""News that no rule knows the words of."""

from __future__ import annotations

import pytest

from ingest.reading.document import build_document
from ingest.reading.headline import tell_gist
from ingest.reading.memory import Mention
from ingest.types import ActorRef, Page

TEXT = "Northlight gave Pebbleworks its marching orders before Judge Arden's court had sat."
SURE = {"": 0.2, "deal": 0.1, "revocation": 0.7}
HALF_SURE = {"": 0.4, "deal": 0.2, "revocation": 0.4}


def mention(name: str, kind: str = "organization", *, media: bool = False) -> Mention:
    start = TEXT.index(name)
    return Mention(start, start + len(name), ActorRef(name, kind, name.lower()), "name", media=media)


def tell(gist: dict[str, float], *mentions: Mention) -> dict[str, list[str]] | None:
    """Names by role; None where nothing is told."""
    story = tell_gist(build_document(Page("https://paper.example/1", TEXT, ())), gist, {0: list(mentions)})
    if story is None:
        return None
    ((act, _),) = story.acts
    return {role: [m.actor.name for m in held] for role, held in act.roles.items()}


def test_who_is_named_first_acts_on_who_is_named_next() -> None:
    told = tell(SURE, mention("Northlight"), mention("Pebbleworks"))
    assert told == {"initiator": ["Northlight"], "target": ["Pebbleworks"]}


def test_both_sides_of_a_deal_initiate_it() -> None:
    assert tell({"": 0.1, "deal": 0.9}, mention("Northlight"), mention("Pebbleworks")) == {
        "initiator": ["Northlight", "Pebbleworks"]
    }


@pytest.mark.parametrize(
    ("gist", "mentions"),
    [
        ({"": 0.9, "deal": 0.05, "revocation": 0.05}, [mention("Northlight")]),
        (HALF_SURE, []),
        (HALF_SURE, [mention("Arden", "person"), mention("Northlight", media=True)]),
    ],
    ids=["the words are not sure of a kind", "nobody is named", "only a person and a medium are named"],
)
def test_otherwise_nothing_is_told(gist: dict[str, float], mentions: list[Mention]) -> None:
    assert tell(gist, *mentions) is None


def test_words_that_are_surer_tell_of_it_though_no_party_was_found() -> None:
    assert tell(SURE) == {}
