"""What rows of the API hold: names of others, words, sources, links, changes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    ListField,
)

from timeline.queries import actors, events


class Shape(serializers.Serializer[Any]):
    """A shape of which every field is there."""


class ActorRef(Shape):
    """An actor, in short."""

    slug = CharField()
    name = CharField()
    kind = ChoiceField(actors.KINDS)


class DisputeRef(Shape):
    """A dispute, in short."""

    slug = CharField()
    title = CharField()


class EventRef(Shape):
    """An event, in short. `id` stays the same whatever becomes of the slug."""

    id = IntegerField()
    slug = CharField()
    title = CharField()
    date = DateField()
    date_precision = ChoiceField(("day", "month", "year"))


class Participant(Shape):
    """Somebody who takes part, and in which role."""

    actor = ActorRef()
    role = ChoiceField(events.ROLES)


class DateAhead(Shape):
    """A date that the event sets for later, and what is then."""

    date = DateField()
    kind = ChoiceField(("effective", "hearing", "deadline"))
    text = CharField()


class Words(Shape):
    """Exact words, who said them, for whom, and the address of the page on which they stand."""

    text = CharField()
    speaker = ActorRef()
    on_behalf_of = ActorRef(allow_null=True)
    url = CharField(allow_null=True)


class TermsClause(Shape):
    """The sentence of a vendor's terms that the event turns on."""

    vendor = ActorRef()
    document = CharField()
    text = CharField()
    url = CharField(allow_null=True)


class EvidenceSentence(Shape):
    """The sentence of a source behind one fact; for roles, of whom and in which."""

    fact = CharField()
    actor = CharField(allow_null=True)
    role = CharField(allow_null=True)
    sentence = CharField()


class Source(Shape):
    """An article that tells of the event. `original` is the address of the article that it repeats.

    `url` is null where nobody knows it.
    """

    url = CharField(allow_null=True)
    title = CharField()
    author = CharField()
    publisher = CharField()
    published_on = DateField(allow_null=True)
    original = CharField(allow_null=True)
    main = BooleanField()
    evidence = EvidenceSentence(many=True)


class ForwardLink(Shape):
    """A tie to an earlier event."""

    relation = CharField()
    to = EventRef()


class BackwardLink(Shape):
    """A later event's tie to this one."""

    relation = CharField()
    event = EventRef()


class Difference(Shape):
    """A field before and after a change: the parts that the other lacks."""

    field = CharField()
    before = ListField(child=CharField())
    after = ListField(child=CharField())


class HistoryEntry(Shape):
    """One change of an event. `by` says what kind of hand it was."""

    at = DateTimeField()
    action = CharField()
    by = CharField()
    reason = CharField()
    differences = Difference(many=True)
