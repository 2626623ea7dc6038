"""What an event's articles together make of a proposal, in the record."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import make_actor, make_article, make_event
from timeline import services
from timeline.models import Change, Event, Evidence
from timeline.queries.tellings import get_standings, is_untouched, list_tellings
from timeline.services import EventDraft, HeldRole, RoleDraft, Sentence

pytestmark = pytest.mark.django_db

BY = "pipeline 1"
FIRST = Sentence("Brackwater cut off Tessellate on Thursday.", 0, 42, 0.8)
LATER = Sentence("The company was shut out, Ottoline said.", 10, 50, 0.6)


def draft(*roles: tuple[int, str], sentence: Sentence = FIRST, **fields: object) -> EventDraft:
    values: dict[str, object] = {
        "title": "Brackwater cuts off access", "kind": "restriction", "on": date(2026, 2, 12), "precision": "day",
        "status": "reported", "evidence": sentence, "date_evidence": sentence,
        "roles": tuple(RoleDraft(actor, role, sentence) for actor, role in roles),
    }  # fmt: skip
    return EventDraft(**values | fields)  # type: ignore[arg-type]


def propose(*roles: tuple[int, str]) -> int:
    article = make_article()
    return services.add_proposal(draft=draft(*roles), article_id=article.pk, reasons="new", confidence=0.5, by=BY)


def cite(event_id: int, *roles: tuple[int, str], **fields: object) -> None:
    told = draft(*roles, sentence=LATER, **fields)
    services.add_citation(
        event_id=event_id, article_id=make_article().pk, draft=told, reasons="same", confidence=0.9, by=BY
    )


def revise(event_id: int, *roles: HeldRole, **values: str | date) -> bool:
    return services.revise_proposal(
        event_id=event_id, values=values, confidence=0.7, roles=roles, by=BY, reason="two articles tell it so"
    )


def test_a_later_article_leaves_the_event_as_it_is_until_all_are_weighed() -> None:
    maker, user = make_actor("Brackwater").pk, make_actor("Tessellate").pk
    event_id = propose((maker, "initiator"))
    cite(event_id, (maker, "initiator"), (user, "target"), kind="revocation")
    assert get_standings([event_id])[event_id].roles == (("Brackwater", "initiator"),)
    assert [told.kind for told in list_tellings(event_id)] == ["restriction", "revocation"]
    assert list_tellings(event_id)[1].roles == ((maker, "initiator", 0.6), (user, "target", 0.6))


def test_a_proposal_says_what_its_articles_tell_with_the_sentences_of_each() -> None:
    maker, user = make_actor("Brackwater").pk, make_actor("Tessellate").pk
    event_id = propose((maker, "initiator"))
    cite(event_id, (maker, "initiator"), (user, "target"))
    roles = HeldRole(maker, "initiator", 0.7), HeldRole(user, "target", 0.6)
    assert revise(event_id, *roles, kind="revocation", title="Brackwater cuts off Tessellate") is True
    event = Event.objects.get(pk=event_id)
    assert (event.kind, event.title, event.confidence) == ("revocation", "Brackwater cuts off Tessellate", 0.7)
    assert "Tessellate" in event.words
    assert list(event.participations.values_list("actor", "confidence")) == [(maker, 0.7), (user, 0.6)]
    behind = Evidence.objects.filter(participation__event=event).order_by("participation", "pk")
    assert list(behind.values_list("participation__actor", "sentence")) == [
        (maker, FIRST.text),
        (maker, LATER.text),
        (user, LATER.text),
    ]
    assert revise(event_id, *roles, kind="revocation") is False


def test_who_was_taken_out_and_comes_back_has_his_sentences_again() -> None:
    maker, user = make_actor("Brackwater").pk, make_actor("Tessellate").pk
    event_id = propose((maker, "initiator"), (user, "target"))
    revise(event_id, HeldRole(maker, "initiator", 0.7))
    assert not Evidence.objects.filter(participation__actor=user).exists()
    revise(event_id, HeldRole(maker, "initiator", 0.7), HeldRole(user, "target", 0.5))
    assert Evidence.objects.get(participation__actor=user).sentence == FIRST.text


def test_what_people_published_or_corrected_is_not_weighed_again() -> None:
    maker = make_actor("Brackwater").pk
    touched, published, alone = propose((maker, "initiator")), make_event().pk, propose((maker, "initiator"))
    services.correct_event(event_id=touched, values={"title": "Brackwater shuts out Tessellate"}, by="editor ada")
    assert [is_untouched(pk, BY) for pk in (touched, published, alone)] == [False, False, True]
    assert revise(alone, HeldRole(maker, "initiator", 0.7), title="Brackwater cuts off a customer")
    assert is_untouched(alone, BY)
    assert Change.objects.filter(row_id=alone, action="correct").get().reason == "two articles tell it so"


def test_a_day_that_editors_may_not_enter_does_not_keep_a_proposal_from_being_weighed() -> None:
    maker = make_actor("Brackwater").pk
    far = {"on": date(1984, 1, 1), "precision": "year"}
    event_id = services.add_proposal(
        draft=draft((maker, "initiator"), **far), article_id=make_article().pk, reasons="new", confidence=0.5, by=BY
    )
    cite(event_id, (maker, "initiator"), **far)
    assert revise(event_id, HeldRole(maker, "initiator", 0.7), title="Brackwater cuts off a customer", **far)
    assert Event.objects.get(pk=event_id).title == "Brackwater cuts off a customer"
