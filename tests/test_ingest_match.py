"""Which event of the record an act belongs to, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ingest.match import match_events
from ingest.types import ActorRef, Candidate, EventRead, Evidence, Page, QuoteRead, Reading, RoleRead

NOW = datetime(2026, 3, 13, 9, tzinfo=UTC)
HERE = Evidence("Northlight cuts off Pebbleworks", -1, -1)
PAGE = Page("https://paper.example/1", "Northlight cuts off Pebbleworks", (), published_at=NOW)


def role(name, part):
    return RoleRead(ActorRef(name, "organization", name.lower()), part, HERE, 0.9)


EVENT = EventRead(
    "revocation",
    date(2026, 3, 11),
    "day",
    True,
    "confirmed",
    (role("Northlight", "initiator"), role("Pebbleworks", "target")),
    HERE,
    0.8,
)
SAME = Candidate(
    1,
    "revocation",
    date(2026, 3, 11),
    "day",
    (("northlight", "initiator"), ("pebbleworks", "target")),
    "Northlight revokes Pebbleworks's access",
)


def match(candidates, event=EVENT, page=PAGE):
    (found,) = match_events(Reading(True, 0.9, (), events=(event,)), page, NOW, candidates)
    return found


def test_an_act_joins_the_event_with_the_same_kind_parties_and_day():
    found = match([SAME])
    assert found.id == 1
    assert any("same initiator" in r for r in found.reasons)


def test_a_neighbouring_kind_joins_only_where_both_sides_are_the_same():
    other = replace(SAME, kind="terms-change", participants=(("northlight", "initiator"),))
    assert match([other]).id is None


def test_a_neighbouring_kind_joins_where_one_telling_leaves_a_side_open_but_both_are_about_the_same_product():
    about = role("Lumen API", "subject")
    event = replace(EVENT, participants=(role("Northlight", "initiator"), about))
    named = (("northlight", "initiator"), ("pebbleworks", "target"))
    assert match([replace(SAME, kind="terms-change", participants=named)], event).id is None
    both = (*named, (about.actor.key, "subject"))
    assert match([replace(SAME, kind="terms-change", participants=both)], event).id == 1


def test_two_of_a_kind_on_one_day_that_share_nobody_stay_apart_unless_their_headlines_are_alike():
    event = replace(EVENT, participants=(role("Northlight", "initiator"),))
    other = replace(SAME, participants=(("pebbleworks", "target"),), title="A bank looks for another supplier")
    assert match([other], event).id is None
    assert match([replace(other, texts=(PAGE.title,))], event).id == 1


TURNED = (("pebbleworks", "initiator"), ("northlight", "target"))
WORDS = "we see no choice but to close the door"


@pytest.mark.parametrize(
    ("told", "other", "joins"),
    [
        (EVENT, replace(SAME, kind="response"), True),
        (EVENT, replace(SAME, kind="response", said=("we see no choice",)), False),
        (EVENT, replace(SAME, kind="response", on=date(2026, 3, 1)), False),
        (EVENT, replace(SAME, kind="response", participants=TURNED), False),
        (replace(EVENT, main=False), replace(SAME, kind="response"), False),
        (replace(EVENT, participants=(role("Northlight", "initiator"), role("Ashgrove", "target"))), SAME, True),
        (replace(EVENT, participants=(role("Oakmere", "initiator"),)), replace(SAME, title="A bank sues"), False),
    ],
    ids=["the same words", "fewer words", "other days", "an answer", "background", "another target", "nobody shared"],
)  # fmt: skip
def test_who_quotes_the_same_words_on_the_same_days_tells_of_the_same_event(told, other, joins):
    """Whatever kind either was read as, but with its sides the same way round; what is older is quoted too."""
    quote = QuoteRead(f"They said that {WORDS}.", None, None, HERE, 0.9)
    reading = Reading(True, 0.9, (), events=(told,), quotes=(quote,))
    said = other.said or (f"{WORDS.capitalize()}, for now",)
    (found,) = match_events(reading, PAGE, NOW, [replace(other, said=said)])
    assert (found.id == 1) is joins
    assert ("the same words are quoted" in found.reasons) is joins


def test_words_that_everybody_says_join_nothing():
    words = "We do not comment on pending litigation"
    told = replace(EVENT, participants=(role("Northlight", "initiator"), role("Ashgrove", "target")))
    reading = Reading(True, 0.9, (), events=(told,), quotes=(QuoteRead(words, None, None, HERE, 0.9),))
    (found,) = match_events(reading, PAGE, NOW, [replace(SAME, said=(words,))])
    assert found.id is None


def test_without_candidates_it_is_new_and_says_so():
    found = match([])
    assert (found.id, found.link_to) == (None, None)
    assert found.reasons


def test_a_neighbouring_kind_still_joins():
    assert match([replace(SAME, kind="restriction")]).id == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, participants=(("northlight", "initiator"), ("ashgrove", "target"))),
        replace(SAME, participants=(("oakmere", "initiator"), ("pebbleworks", "target"))),
        replace(SAME, on=date(2025, 9, 1)),
        replace(SAME, kind="lawsuit"),
    ],
    ids=["another target", "another initiator", "long ago", "another kind"],
)
def test_what_differs_stays_apart(other):
    assert match([other]).id is None


def test_the_closest_of_several_wins():
    near = replace(SAME, id=2, on=date(2026, 3, 10))
    far = replace(SAME, id=3, on=date(2026, 2, 14))
    assert match([far, near, replace(SAME, id=4)]).id == 4


def test_an_article_without_a_date_joins_an_old_event_only_if_both_sides_are_the_same():
    undated = replace(PAGE, published_at=None)
    old = replace(SAME, on=date(2025, 9, 1))
    assert match([old], page=undated).id == 1
    assert match([replace(old, participants=(("northlight", "initiator"),))], page=undated).id is None
    dated = replace(EVENT, date_evidence=HERE)
    assert match([old], dated, page=undated).id is None


def test_an_act_recounted_without_a_date_joins_the_old_event_of_both_sides():
    old = replace(SAME, on=date(2025, 9, 1))
    assert match([old], replace(EVENT, main=False)).id == 1
    assert match([old], replace(EVENT, main=False, date_evidence=HERE)).id is None


def test_a_month_meets_a_day_of_it():
    vague = replace(EVENT, on=date(2026, 3, 1), precision="month")
    assert match([SAME], vague).id == 1


@pytest.mark.parametrize(
    ("kind", "relation"), [("restoration", "reverses"), ("response", "responds-to"), ("lawsuit", "escalates")]
)
def test_a_follow_up_is_new_and_linked(kind, relation):
    later = replace(EVENT, kind=kind, on=date(2026, 3, 13))
    found = match([SAME], later)
    assert (found.id, found.link_to, found.relation) == (None, 1, relation)


def test_an_article_joins_several_events_but_none_twice():
    second = replace(EVENT, main=False, on=date(2026, 3, 1), precision="month")
    other = replace(SAME, id=2, on=date(2026, 3, 1), precision="month")
    reading = Reading(True, 0.9, (), events=(EVENT, second))
    found = match_events(reading, PAGE, NOW, [SAME, other])
    assert sorted(m.id for m in found) == [1, 2]


def test_matches_come_in_the_order_of_the_events():
    reading = Reading(True, 0.9, (), events=(EVENT, replace(EVENT, main=False, kind="lawsuit")))
    assert [m.event for m in match_events(reading, PAGE, NOW, [SAME])] == list(reading.events)
