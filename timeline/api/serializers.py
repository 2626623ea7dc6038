"""The shapes of the API. Names are those of the record's file (data/SCHEMA.md) where both have the same thing."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import CharField, DateField, DateTimeField, IntegerField, URLField

_Shape = serializers.Serializer[Any]


class ActorRef(_Shape):
    """An actor, in short."""

    slug = CharField()
    name = CharField()
    kind = CharField()


class DisputeRef(_Shape):
    """A dispute, in short."""

    slug = CharField()
    title = CharField()


class EventRef(_Shape):
    """An event, in short."""

    slug = CharField()
    title = CharField()
    date = DateField(source="on")
    date_precision = CharField(source="precision")


class Participant(_Shape):
    """Somebody who takes part, and in which role."""

    actor = ActorRef()
    role = CharField()


class Words(_Shape):
    """Exact words, who said them, for whom, and the address of the page on which they stand."""

    text = CharField()
    speaker = ActorRef()
    on_behalf_of = ActorRef(allow_null=True)
    url = URLField(source="article.url", default=None, allow_null=True)


class TermsClause(_Shape):
    """The sentence of a vendor's terms that the event turns on."""

    vendor = ActorRef()
    document = CharField()
    text = CharField()
    url = URLField(source="article.url", default=None, allow_null=True)


class EvidenceSentence(_Shape):
    """The sentence of a source behind one fact; for roles, of whom and in which."""

    fact = CharField()
    actor = CharField(source="participation.actor.slug", default=None, allow_null=True)
    role = CharField(source="participation.role", default=None, allow_null=True)
    sentence = CharField()


class Source(_Shape):
    """An article that tells of the event. `original` is the address of the article that it repeats."""

    url = URLField(source="article.url")
    title = CharField(source="article.title")
    author = CharField(source="article.author")
    publisher = CharField(source="article.publisher.name")
    published_on = DateField(source="article.published_on", allow_null=True)
    original = URLField(source="article.original.url", default=None, allow_null=True)
    main = serializers.BooleanField()
    evidence = EvidenceSentence(source="evidence.all", many=True)


class QuoteShape(Words):
    """A quote and the event to which it belongs."""

    event = EventRef()


class Telling(_Shape):
    """An event of which an article tells; `main` where it is its news, not its background."""

    event = EventRef()
    main = serializers.BooleanField()


class ArticleShape(_Shape):
    """An article and the events of which it tells."""

    url = URLField()
    title = CharField()
    author = CharField()
    publisher = CharField(source="publisher.name")
    published_on = DateField(allow_null=True)
    original = URLField(source="original.url", default=None, allow_null=True)
    events = Telling(source="citations.all", many=True)


class ForwardLink(_Shape):
    """A tie to an earlier event."""

    relation = CharField()
    to = EventRef()


class BackwardLink(_Shape):
    """A later event's tie to this one."""

    relation = CharField()
    event = EventRef()


class EventShape(EventRef):
    """An event with everything that is public about it."""

    url = serializers.HyperlinkedIdentityField(view_name="event", lookup_field="slug")
    kind = CharField()
    status = CharField()
    summary = CharField()
    scope = CharField()
    dispute = DisputeRef(allow_null=True)
    participants = Participant(source="participations.all", many=True)
    quotes = Words(source="quotes.all", many=True)
    clauses = TermsClause(source="clauses.all", many=True)
    sources = Source(source="citations.all", many=True)
    links = ForwardLink(source="links.all", many=True)
    linked_from = BackwardLink(source="links_back.all", many=True)
    created_at = DateTimeField()
    updated_at = DateTimeField()


class ActorShape(ActorRef):
    """An actor with its names; `event_count` counts the events in which it takes part."""

    url = serializers.HyperlinkedIdentityField(view_name="actor", lookup_field="slug")
    aliases = serializers.ListField(child=CharField())
    parent = ActorRef(allow_null=True)
    title = CharField()
    home_page = CharField(source="url")
    event_count = IntegerField()
    updated_at = DateTimeField()


class SideShape(_Shape):
    """An actor's position in a dispute."""

    actor = ActorRef()
    position = CharField()


class DisputeShape(DisputeRef):
    """A dispute with its sides; its events are listed with `?dispute=`."""

    url = serializers.HyperlinkedIdentityField(view_name="dispute", lookup_field="slug")
    summary = CharField()
    sides = SideShape(source="sides.all", many=True)
    event_count = IntegerField()
    first_date = DateField(source="first", allow_null=True)
    latest_date = DateField(source="latest", allow_null=True)
    updated_at = DateTimeField()
