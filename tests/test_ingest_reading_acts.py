"""Who did what to whom, sentence by sentence."""

from pathlib import Path

import pytest
import yaml

from ingest.reading.acts import find_acts
from ingest.reading.document import build_document
from ingest.reading.entities import find_entities
from ingest.reading.mentions import find_mentions
from ingest.reading.names import NameTable
from ingest.types import KnownActor, Page

DATA = Path(__file__).parent / "data" / "reading"
TABLE = NameTable.build(
    [
        *(
            KnownActor(n.lower().replace(" ", "-"), n, "organization")
            for n in ("Northlight", "Pebbleworks", "Oakmere", "Vellum Authority", "High Court of Trellick")
        ),
        KnownActor("halyard-api", "Halyard API", "product", (), "northlight"),
    ]
)
CASES = yaml.safe_load((DATA / "acts.yaml").read_text(encoding="utf-8"))
OTHERS = yaml.safe_load((DATA / "not_acts.yaml").read_text(encoding="utf-8"))


def acts_of(text):
    doc = build_document(Page("", "", (text,)))
    return find_acts(doc, find_mentions(doc, find_entities(doc, TABLE), TABLE))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_a_sentence_gives_kind_and_roles(case):
    acts = acts_of(case["text"])
    act = max((a for a in acts if a.kind == case["kind"]), key=lambda a: (a.weight, len(a.roles)))
    assert act.kind == max(acts, key=lambda a: a.weight).kind
    for role in ("initiator", "target", "subject", "court"):
        assert [a.name for a in act.actors(role)] == case.get(role, []), role


@pytest.mark.parametrize("text", OTHERS)
def test_what_did_not_happen_is_hedged(text):
    assert all(a.hedged for a in acts_of(text) if a.kind != "response")


def test_words_alone_are_no_act():
    assert acts_of("Northlight makes kettles and Pebbleworks sells them.") == []
