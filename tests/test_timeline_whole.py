"""Events that are made of rows by hand say what the ORM's say, and ask nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.models import AnnouncedDate, Event, Link
from timeline.queries.whole import read_whole

pytestmark = pytest.mark.django_db

RELATIONS = {
    "participations": ("actor",),
    "quotes": ("speaker", "on_behalf_of", "article"),
    "clauses": ("vendor", "article"),
    "citations": ("article",),
    "dates": (),
    "links": ("to",),
    "links_back": ("event",),
}


def describe(row: Any) -> dict[str, Any]:
    """The values of a row, but for what is only searched in."""
    names = [field.attname for field in row._meta.concrete_fields if field.name not in ("search", "words")]
    return {name: getattr(row, name) for name in names}


def describe_event(event: Event) -> dict[str, Any]:
    """An event with all that hangs on it, as plain values."""
    told: dict[str, Any] = {"event": describe(event), "dispute": event.dispute and describe(event.dispute)}
    for name, pointed in RELATIONS.items():
        rows = getattr(event, name).all()
        told[name] = [
            (describe(row), *(getattr(row, to) and describe(getattr(row, to)) for to in pointed)) for row in rows
        ]
    told["publishers"] = [citation.article.publisher.name for citation in event.citations.all()]
    told["evidence"] = [
        (describe(one), one.participation and one.participation.actor.name)
        for citation in event.citations.all()
        for one in citation.evidence.all()
    ]
    return told


def make_full_events() -> list[int]:
    vendor, person = make_actor("Vendor"), make_actor("Person", kind="person")
    first = make_event("First", dispute=make_dispute("War"), actors=[(vendor, "initiator"), (person, "target")])
    second, hidden = make_event("Second", actors=[(person, "court")]), make_event("Hidden", state="withdrawn")
    article = make_article("Told", published_on="2025-08-02")
    citation = cite(first, article)
    citation.evidence.create(
        fact="role", sentence="It did.", start=0, end=7, participation=first.participations.all()[0]
    )
    citation.evidence.create(fact="kind", sentence="Cut.", start=0, end=4)
    make_quote(first, person, on_behalf_of=vendor, article=article)
    make_quote(first, vendor)
    make_quote(first, vendor, state="proposed")
    make_clause(first, vendor, article=article)
    AnnouncedDate.objects.create(event=first, on="2025-09-01", kind="hearing", text="Court")
    for to in (second, hidden):
        Link.objects.create(event=first, to=to, relation="follows")
        Link.objects.create(event=to, to=first, relation="precedent")
    return [first.pk, second.pk, hidden.pk]


def test_events_are_what_the_orm_makes_of_them() -> None:
    ids = make_full_events()
    by_orm = Event.objects.published().filter(pk__in=ids).with_details().order_by("pk")
    by_hand = sorted(read_whole(ids), key=lambda event: event.pk)
    assert [describe_event(event) for event in by_hand] == [describe_event(event) for event in by_orm]


def test_one_question_reads_all() -> None:
    ids = make_full_events()
    with CaptureQueriesContext(connection) as asked:
        assert [len(event.quotes.all()) for event in sorted(read_whole(ids), key=lambda event: event.pk)] == [2, 0]
        assert read_whole([]) == []
    assert len(asked) == 1
