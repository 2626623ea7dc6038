"""The writers of the record: each leaves a history row, and nothing is doubled."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories import cite, make_actor, make_article, make_event, make_quote
from timeline import services
from timeline.errors import InvalidRecord
from timeline.models import Actor, Article, Change, Citation, Event, Evidence, Link, Participation, Quote, Redirect
from timeline.services import ArticleDraft, EventDraft, QuoteDraft, RoleDraft, Sentence

pytestmark = pytest.mark.django_db

BY = "pipeline 1"
SENTENCE = Sentence("Brackwater cut off Tessellate on Thursday.", 10, 52, 0.8)


def make_draft(*roles: tuple[Actor, str], kind: str = "revocation", **fields: object) -> EventDraft:
    values: dict[str, object] = {
        "title": "Brackwater cuts off Tessellate",
        "kind": kind,
        "on": date(2026, 2, 12),
        "precision": "day",
        "status": "reported",
        "roles": tuple(RoleDraft(actor.pk, role, SENTENCE) for actor, role in roles),
        "evidence": SENTENCE,
        "date_evidence": SENTENCE,
    }
    return EventDraft(**values | fields)  # type: ignore[arg-type]


def propose(*roles: tuple[Actor, str], **fields: object) -> Event:
    article = make_article()
    event_id = services.add_proposal(
        draft=make_draft(*roles, **fields), article_id=article.pk, reasons="nothing like it", confidence=0.8, by=BY
    )
    return Event.objects.get(pk=event_id)


def test_a_name_is_added_once_whatever_its_case() -> None:
    first = services.add_actor(name="Brackwater  Labs", kind="organization", by=BY)
    assert services.add_actor(name="brackwater labs", kind="organization", by=BY) == first
    actor = Actor.objects.get(pk=first)
    assert (actor.slug, actor.state) == ("brackwater-labs", "proposed")
    assert Change.objects.filter(noun="actor", action="create").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_an_actor_needs_a_sensible_name(name: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        services.add_actor(name=name, kind="organization", by=BY)
    assert caught.value.field == "name"


def test_names_that_make_one_slug_get_numbers() -> None:
    ids = [services.add_actor(name=name, kind="product", by=BY) for name in ("Corvid!", "Corvid?", "…")]
    assert [Actor.objects.get(pk=i).slug for i in ids] == ["corvid", "corvid-2", "actor"]


def test_a_proposal_keeps_the_sentence_behind_each_fact() -> None:
    maker, user = make_actor("Brackwater"), make_actor("Tessellate")
    event = propose((maker, "initiator"), (user, "target"))
    assert event.slug == "2026-02-12-brackwater-cuts-off-tessellate"
    facts = Evidence.objects.filter(citation__event=event)
    assert sorted(facts.values_list("fact", flat=True)) == ["date", "kind", "role", "role"]
    assert {row.sentence for row in facts} == {SENTENCE.text}
    assert "Tessellate" in event.words


def test_a_second_citation_of_one_article_changes_nothing() -> None:
    maker = make_actor("Brackwater")
    event, article = propose((maker, "initiator")), make_article()
    call = {"event_id": event.pk, "article_id": article.pk, "reasons": "same", "confidence": 0.9, "by": BY}
    assert services.add_citation(draft=make_draft((maker, "initiator")), **call) is True
    changes = Change.objects.count()
    assert services.add_citation(draft=make_draft((maker, "initiator")), **call) is False
    assert (event.citations.count(), Change.objects.count()) == (2, changes)


def test_an_event_that_nobody_has_cannot_be_cited() -> None:
    article = make_article()
    with pytest.raises(Event.DoesNotExist):
        services.add_citation(event_id=1, article_id=article.pk, draft=make_draft(), reasons="", confidence=1, by=BY)


def test_a_quote_in_nearly_the_same_words_is_one_quote() -> None:
    speaker, event = make_actor("Ilse Vanderhaegen", kind="person"), make_event()
    said = "We do not enjoy turning customers away, and we did not do it lightly"
    drafts = [QuoteDraft(text, speaker.pk, None, SENTENCE) for text in (said, said + ",", "Something else entirely.")]
    assert services.add_quotes(event_id=event.pk, article_id=make_article().pk, quotes=drafts, by=BY) == 2
    assert services.add_quotes(event_id=event.pk, article_id=make_article().pk, quotes=drafts, by=BY) == 0
    assert not event.quotes.published().exists()


def test_publishing_makes_actors_parents_and_quotes_public() -> None:
    maker = services.add_actor(name="Brackwater", kind="organization", by=BY)
    speaker = services.add_actor(name="Ilse Vanderhaegen", kind="person", by=BY, parent_id=maker)
    event = propose((make_actor("Tessellate"), "target"))
    quote = QuoteDraft("not lightly at all", speaker, None, SENTENCE)
    services.add_quotes(event_id=event.pk, article_id=make_article().pk, quotes=[quote], by=BY)
    services.publish_event(event_id=event.pk, by="editor ada")
    event.refresh_from_db()
    assert event.state == "published"
    assert set(Actor.objects.values_list("state", flat=True)) == {"published"}
    assert "not lightly at all" in event.words


def test_an_event_without_participants_is_not_published() -> None:
    event = make_event(state="proposed")
    with pytest.raises(InvalidRecord, match="takes part"):
        services.publish_event(event_id=event.pk, by="editor ada")


@pytest.mark.parametrize(("needed", "published"), [(0, False), (3, False), (2, True)])
def test_a_proposal_publishes_itself_only_when_publishers_agree(needed: int, published: bool) -> None:
    event = propose((make_actor("Brackwater"), "initiator"))
    cite(event, make_article(publisher="Second Paper"))
    cite(event, make_article(publisher="Third Paper", original=Article.objects.first()))
    cite(event, make_article(publisher="Brackwater"))  # of its own doings
    done = services.publish_if_agreed(event_id=event.pk, publishers=needed, confidence=0.7, by=BY)
    assert done is published


def test_a_correction_is_kept_with_what_was_there_before() -> None:
    event = make_event("Old headline")
    values = {"title": "New headline", "kind": event.kind}
    assert services.correct_event(event_id=event.pk, values=values, by="editor ada", reason="typo")
    change = Change.objects.get(action="correct")
    assert (change.before, change.after) == ({"title": "Old headline"}, {"title": "New headline"})
    assert not services.correct_event(event_id=event.pk, values=values, by="editor ada")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"state": "published"}, "state"),
        ({"title": ""}, "cannot be blank"),
        ({"on": date(26, 11, 23)}, "0026-11-23 is before 1990-01-01"),
        ({"on": date(2206, 1, 1)}, "2206-01-01 is more than three years ahead of today"),
        ({"slug": "2025-taken"}, "Another event has this address"),
        ({"slug": "2025-an-old-one"}, "This address leads to another event"),
    ],
)
def test_what_cannot_be_corrected_is_refused(values: dict[str, object], told: str) -> None:
    event = make_event()
    Redirect.objects.create(slug="2025-an-old-one", to=make_event(slug="2025-taken"))
    with pytest.raises(InvalidRecord, match=told) as refused:
        services.correct_event(event_id=event.pk, values=values, by="editor ada")
    assert refused.value.field in values


def test_a_merge_moves_everything_and_leaves_a_redirect() -> None:
    maker, user, article = make_actor("Brackwater"), make_actor("Tessellate"), make_article()
    into = make_event("Kept", actors=[(maker, "initiator")])
    event = make_event("Merged", actors=[(maker, "initiator"), (user, "target")])
    third = make_event("Third")
    cite(into, article)
    cite(event, article)
    cite(event)
    make_quote(event, maker)
    Link.objects.create(event=third, to=event, relation="follows")
    Link.objects.create(event=event, to=into, relation="follows")
    services.merge_events(event_id=event.pk, into_id=into.pk, by="editor ada", reason="the same")
    assert (into.participations.count(), into.citations.count(), into.quotes.count()) == (2, 2, 1)
    assert list(Link.objects.values_list("event", "to")) == [(third.pk, into.pk)]
    assert Redirect.objects.get(slug=event.slug).to == into
    event.refresh_from_db()
    assert event.state == "withdrawn"


def test_a_chain_of_merges_leads_to_the_last() -> None:
    first, second, third = make_event("First"), make_event("Second"), make_event("Third")
    services.merge_events(event_id=first.pk, into_id=second.pk, by="editor ada", reason="")
    services.merge_events(event_id=second.pk, into_id=third.pk, by="editor ada", reason="")
    assert {r.to for r in Redirect.objects.all()} == {third}


def test_a_split_moves_articles_and_their_quotes() -> None:
    event, speaker = make_event("Two in one", actors=[(make_actor(), "initiator")]), make_actor()
    stays, moves = cite(event), cite(event)
    make_quote(event, speaker, article=moves.article)
    new_id = services.split_event(
        event_id=event.pk, article_ids=[moves.article_id], title="The other", by="editor ada", reason="two stories"
    )
    assert list(event.citations.all()) == [stays]
    assert Quote.objects.get().event_id == new_id
    assert Participation.objects.filter(event=new_id).count() == 1


@pytest.mark.parametrize("which", ["none", "all"])
def test_a_split_needs_some_of_the_articles(which: str) -> None:
    event = make_event()
    articles = [cite(event).article_id, cite(event).article_id] if which == "all" else []
    with pytest.raises(InvalidRecord, match="not all"):
        services.split_event(event_id=event.pk, article_ids=articles, title="Other", by="editor ada", reason="")


def test_withdrawing_needs_a_reason_and_keeps_the_row() -> None:
    event = make_event()
    with pytest.raises(InvalidRecord):
        services.withdraw_event(event_id=event.pk, by="editor ada", reason=" ")
    services.withdraw_event(event_id=event.pk, by="editor ada", reason="a hoax")
    event.refresh_from_db()
    assert (event.state, Change.objects.get().reason) == ("withdrawn", "a hoax")


def test_articles_are_kept_once_and_take_changed_titles() -> None:
    publisher = services.record_publisher(name="Example Times", host="www.times.example")
    assert services.record_publisher(name="", host="times.example") == publisher
    at = datetime(2026, 2, 13, 8, tzinfo=UTC)
    for title, moment in (("First title", None), ("First title", None), ("Second title", at)):
        draft = ArticleDraft("https://times.example/1", title, published_at=moment)
        services.record_article(draft=draft, publisher_id=publisher, by=BY)
    article = Article.objects.get()
    assert (article.title, article.published_on) == ("Second title", at.date())
    assert list(Change.objects.values_list("action", flat=True)) == ["correct", "create"]


def test_what_people_entered_about_an_article_stands() -> None:
    article = make_article("Our title", by="record")
    draft = ArticleDraft(article.url, "Their title")
    services.record_article(draft=draft, publisher_id=article.publisher_id, by=BY)
    article.refresh_from_db()
    assert article.title == "Our title"


def test_an_event_does_not_link_to_itself() -> None:
    event = make_event()
    with pytest.raises(InvalidRecord):
        services.add_link(event_id=event.pk, to_id=event.pk, relation="follows", by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(event=event, to=event, relation="follows")


@pytest.mark.parametrize(
    ("on", "precision"), [(date(2025, 8, 2), "month"), (date(2025, 8, 1), "year"), (date(2025, 1, 2), "year")]
)
def test_the_database_refuses_a_date_finer_than_its_precision(on: date, precision: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(on=on, precision=precision)


def test_the_database_refuses_doubles() -> None:
    actor, event, article = make_actor("Brackwater"), make_event(), make_article()
    Participation.objects.create(event=event, actor=actor, role="target")
    Citation.objects.create(event=event, article=article)
    for double in (
        lambda: Participation.objects.create(event=event, actor=actor, role="target"),
        lambda: Citation.objects.create(event=event, article=article),
        lambda: make_actor("BRACKWATER", slug="other"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            double()


def test_spellings_of_one_address_are_one_article() -> None:
    first = make_article(url="https://www.times.example/2026/story/?utm_source=feed", by="record")
    draft = ArticleDraft("http://times.example/2026/story", "The story")
    ids = services.record_articles(drafts=[draft], publisher_id=first.publisher_id, by=BY)
    assert ids == {draft.url: first.pk}
