"""Undoing: what editors did is taken back whole, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import cite, make_actor, make_clause, make_dispute, make_event, make_quote
from timeline import services
from timeline.errors import InvalidRecord
from timeline.models import Actor, Change, Event, Link, Redirect
from timeline.services import RoleRow

pytestmark = pytest.mark.django_db
BY = "editor ada"


def undo_last(event: Event) -> None:
    """Take the event's latest change back."""
    change = Change.objects.filter(noun="event", row_id=event.pk).latest("pk")
    services.undo_change(change_id=change.pk, by=BY)
    event.refresh_from_db()


def snapshot() -> Any:
    """All rows that hang on events, and where addresses lead."""
    events = {
        event.slug: (
            event.state,
            event.title,
            sorted(event.participations.values_list("pk", "position")),
            sorted(event.citations.values_list("pk", "position")),
            sorted(event.quotes.values_list("pk", "state")),
            sorted(event.clauses.values_list("pk", "state")),
            event.words,
        )
        for event in Event.objects.all()
    }
    links = sorted(Link.objects.values_list("event", "to", "relation"))
    return events, links, sorted(Redirect.objects.values_list("slug", "to"))


def test_corrected_fields_come_back_and_the_history_keeps_both() -> None:
    event, war = make_event("Frist", on=date(2025, 8, 1)), make_dispute("The war")
    values = {"title": "First", "on": date(2025, 1, 1), "precision": "year", "dispute_id": war.pk}
    services.correct_event(event_id=event.pk, values=values, by=BY, reason="typo")
    undo_last(event)
    assert (event.title, event.on, event.precision, event.dispute) == ("Frist", date(2025, 8, 1), "day", None)
    changes = Change.objects.order_by("pk").values_list("action", "reason")
    assert list(changes) == [("correct", "typo"), ("correct", "Taken back: typo")]


def test_what_was_changed_again_since_stays() -> None:
    event = make_event("One")
    for title in ("Two", "Three"):
        services.correct_event(event_id=event.pk, values={"title": title}, by=BY)
    first = Change.objects.earliest("pk")
    with pytest.raises(InvalidRecord, match="later change"):
        services.undo_change(change_id=first.pk, by=BY)
    undo_last(event)
    services.undo_change(change_id=first.pk, by=BY)
    with pytest.raises(InvalidRecord, match="undone already"):
        services.undo_change(change_id=first.pk, by=BY)


def test_undoing_an_undoing_does_it_again() -> None:
    event = make_event("One")
    services.correct_event(event_id=event.pk, values={"title": "Two"}, by=BY)
    undo_last(event)
    undo_last(event)
    assert event.title == "Two"


def test_an_old_address_leads_on_after_renaming_and_after_undoing_it() -> None:
    event = make_event(slug="2025-old")
    services.correct_event(event_id=event.pk, values={"slug": "2025-new"}, by=BY)
    assert list(Redirect.objects.values_list("slug", "to")) == [("2025-old", event.pk)]
    undo_last(event)
    assert event.slug == "2025-old"
    assert list(Redirect.objects.values_list("slug", "to")) == [("2025-new", event.pk)]


def test_a_published_proposal_goes_back_with_its_actors_and_words() -> None:
    known, new, speaker = make_actor(), make_actor(state="proposed"), make_actor(state="proposed")
    event = make_event(state="proposed", actors=[(known, "initiator"), (new, "target")])
    make_quote(event, speaker, state="proposed")
    make_clause(event, known, state="proposed")
    services.publish_event(event_id=event.pk, by=BY)
    undo_last(event)
    assert event.state == "proposed"
    assert {event.quotes.get().state, event.clauses.get().state} == {"proposed"}
    assert list(Actor.objects.published()) == [known]


def test_an_actor_that_is_named_elsewhere_by_now_stays_public() -> None:
    new = make_actor(state="proposed")
    event = make_event(state="proposed", actors=[(new, "initiator")])
    services.publish_event(event_id=event.pk, by=BY)
    make_event(actors=[(new, "target")])
    undo_last(event)
    assert list(Actor.objects.published()) == [new]


def test_a_withdrawn_event_comes_back() -> None:
    event = make_event()
    services.withdraw_event(event_id=event.pk, by=BY, reason="a hoax")
    undo_last(event)
    assert event.state == "published"


def make_pair() -> tuple[Event, Event]:
    """Two events with something of everything, in part the same."""
    maker, other, third = make_actor("Maker"), make_actor("Other"), make_event("Third")
    into = make_event("Into", actors=[(maker, "initiator")])
    event = make_event("Event", actors=[(maker, "initiator"), (other, "target")])
    shared = cite(into).article
    cite(event, shared)
    cite(event, position=1)
    make_quote(event, maker)
    make_quote(into, other)
    make_clause(event, maker)
    Redirect.objects.create(slug="old-event", to=event, reason="")
    for one, two, relation in ((third, event, "follows"), (event, into, "escalates"), (event, third, "precedent")):
        Link.objects.create(event=one, to=two, relation=relation)
    return event, into


@pytest.mark.parametrize("which", [0, 1])
def test_a_merge_is_taken_back_row_by_row_from_either_side(which: int) -> None:
    pair = make_pair()
    before = snapshot()
    services.merge_events(event_id=pair[0].pk, into_id=pair[1].pk, by=BY, reason="the same")
    assert snapshot() != before
    undo_last(pair[which])
    assert snapshot() == before


def test_a_split_is_taken_back() -> None:
    event = make_event(actors=[(make_actor(), "initiator")])
    cite(event)
    moves = cite(event, position=1)
    make_quote(event, make_actor(), article=moves.article)
    before = snapshot()[0][event.slug]
    new = services.split_event(event_id=event.pk, article_ids=[moves.article_id], title="Two", by=BY, reason="two")
    undo_last(event)
    assert snapshot()[0][event.slug] == before
    assert Event.objects.get(pk=new).state == "withdrawn"


def test_a_split_whose_new_event_is_public_by_now_stays() -> None:
    event = make_event(actors=[(make_actor(), "initiator")])
    cite(event)
    moves = cite(event)
    new = services.split_event(event_id=event.pk, article_ids=[moves.article_id], title="Two", by=BY, reason="two")
    services.publish_event(event_id=new, by=BY)
    with pytest.raises(InvalidRecord, match="public or gone"):
        undo_last(event)


def test_who_takes_part_is_corrected_and_taken_back() -> None:
    wrong, right = make_actor("Wrong"), make_actor("Right", state="proposed")
    event = make_event(actors=[(wrong, "initiator")])
    rows = [RoleRow(right.pk, "initiator"), RoleRow(wrong.pk, "target")]
    assert services.correct_roles(event_id=event.pk, roles=rows, by=BY)
    event.refresh_from_db()
    assert "Right" in event.words
    assert Actor.objects.get(slug="right").state == "published"
    undo_last(event)
    assert [(part.actor, part.role) for part in event.participations.all()] == [(wrong, "initiator")]
    assert "Right" not in event.words


@pytest.mark.parametrize("rows", [[], [(1, "initiator"), (1, "initiator")], [(1, "owner")]])
def test_roles_that_cannot_be_are_refused(rows: list[tuple[int, str]]) -> None:
    actor = make_actor()
    event = make_event(actors=[(actor, "initiator")])
    with pytest.raises(InvalidRecord):
        services.correct_roles(event_id=event.pk, roles=[RoleRow(actor.pk, role) for _, role in rows], by=BY)


def test_an_import_cannot_be_undone() -> None:
    event = make_event()
    change = Change.objects.create(noun="event", row_id=event.pk, slug=event.slug, action="create", by="record")
    with pytest.raises(InvalidRecord, match="cannot be undone"):
        services.undo_change(change_id=change.pk, by=BY)


def test_words_that_were_dropped_come_back_as_they_were() -> None:
    event, speaker = make_event(actors=[(make_actor(), "initiator")]), make_actor()
    article = cite(event).article
    quote = make_quote(event, speaker, "Enough.", article=article, sentence="“Enough.”", confidence=0.7)
    clause = make_clause(event, speaker, "No rivals.", state="proposed")
    before = snapshot()
    services.drop_words(event_id=event.pk, quote_ids=[quote.pk], clause_ids=[clause.pk], by=BY, reason="none")
    assert (event.quotes.count(), event.clauses.count()) == (0, 0)
    undo_last(event)
    assert snapshot() == before
    assert event.quotes.get().sentence == "“Enough.”"


@pytest.mark.parametrize("state", ["published", "proposed"])
def test_a_quote_goes_back_to_who_it_was_given_to(state: str) -> None:
    event, wrong, right = make_event(), make_actor(), make_actor()
    quote = make_quote(event, wrong, on_behalf_of=wrong, state=state)
    services.correct_speaker(quote_id=quote.pk, speaker_id=right.pk, on_behalf_of_id=None, by=BY)
    undo_last(event)
    quote.refresh_from_db()
    assert (quote.speaker, quote.on_behalf_of) == (wrong, wrong)
