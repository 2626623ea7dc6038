"""The shapes of the API, for its description; timeline/queries/plain makes the rows, and a test compares the two.

Names are those of the record's file (data/SCHEMA.md) where both have the same thing.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    DictField,
    FloatField,
    IntegerField,
    ListField,
    URLField,
)

from timeline.api.parts import (
    ActorRef,
    BackwardLink,
    DateAhead,
    DisputeRef,
    EventRef,
    ForwardLink,
    HistoryEntry,
    Participant,
    Shape,
    Source,
    TermsClause,
    Words,
)
from timeline.queries import actors, events
from timeline.queries.plain import search


class _Row(serializers.Serializer[Any]):
    """A shape of whose fields `fields` and `omit` choose some."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class EventShape(_Row):
    """An event with everything that is public about it."""

    id = IntegerField()
    slug = CharField()
    title = CharField()
    date = DateField()
    date_precision = ChoiceField(("day", "month", "year"))
    url = URLField()
    kind = ChoiceField(events.KINDS)
    status = ChoiceField(events.STATUSES)
    summary = CharField()
    scope = CharField()
    dispute = DisputeRef(allow_null=True)
    participants = Participant(many=True)
    dates = DateAhead(many=True)
    quotes = Words(many=True)
    clauses = TermsClause(many=True)
    sources = Source(many=True)
    links = ForwardLink(many=True)
    linked_from = BackwardLink(many=True)
    created_at = DateTimeField()
    updated_at = DateTimeField()
    history = HistoryEntry(many=True, help_text="With expand=history.")


class ActorShape(_Row):
    """An actor with its names; `event_count` counts the events in which it takes part."""

    slug = CharField()
    name = CharField()
    kind = ChoiceField(actors.KINDS)
    url = URLField()
    aliases = ListField(child=CharField())
    parent = ActorRef(allow_null=True)
    title = CharField()
    home_page = CharField()
    event_count = IntegerField()
    updated_at = DateTimeField()


class SideShape(Shape):
    """An actor's position in a dispute."""

    actor = ActorRef()
    position = CharField()


class DisputeShape(_Row):
    """A dispute with its sides; its events are listed with `?dispute=`."""

    slug = CharField()
    title = CharField()
    url = URLField()
    summary = CharField()
    sides = SideShape(many=True)
    event_count = IntegerField()
    first_date = DateField(allow_null=True)
    latest_date = DateField(allow_null=True)
    updated_at = DateTimeField()


class QuoteShape(_Row):
    """A quote and the event to which it belongs."""

    id = IntegerField()
    text = CharField()
    speaker = ActorRef()
    on_behalf_of = ActorRef(allow_null=True)
    url = CharField(allow_null=True)
    event = EventRef()


class ClauseShape(_Row):
    """A sentence of a vendor's terms and the event that turned on it."""

    id = IntegerField()
    vendor = ActorRef()
    document = CharField()
    text = CharField()
    url = CharField(allow_null=True)
    event = EventRef()


class PublisherRef(Shape):
    """Who published an article; `host` is "" where it is not known."""

    slug = CharField()
    name = CharField()
    host = CharField()


class Telling(Shape):
    """An event of which an article tells; `main` where it is its news, not its background."""

    event = EventRef()
    main = BooleanField()


class ArticleShape(_Row):
    """An article and the events of which it tells. `versions`: when it was first seen, and each change since.

    `url` is null where nobody knows it.
    """

    id = IntegerField()
    url = CharField(allow_null=True)
    title = CharField()
    author = CharField()
    publisher = PublisherRef()
    published_on = DateField(allow_null=True)
    published_at = DateTimeField(allow_null=True)
    original = CharField(allow_null=True)
    versions = ListField(child=DateTimeField())
    events = Telling(many=True)


class SourceShape(_Row):
    """A publisher, with how many of its articles tell of how many events, the first and the last of them."""

    slug = CharField()
    name = CharField()
    host = CharField()
    article_count = IntegerField()
    event_count = IntegerField()
    first_date = DateField(allow_null=True)
    latest_date = DateField(allow_null=True)


class MonthCount(Shape):
    """The events of a month (YYYY-MM), in all and by kind."""

    month = CharField()
    count = IntegerField()
    kinds = DictField(child=IntegerField())


class KindCount(Shape):
    """How many events are of a kind."""

    kind = ChoiceField(events.KINDS)
    count = IntegerField()


class StatusCount(Shape):
    """How many events have a status."""

    status = ChoiceField(events.STATUSES)
    count = IntegerField()


class ActorCount(Shape):
    """In how many events an actor takes part."""

    actor = ActorRef()
    count = IntegerField()


class StatsShape(_Row):
    """Counts of the filter's events; `actors` are the hundred most frequent."""

    total = IntegerField()
    first_date = DateField(allow_null=True)
    latest_date = DateField(allow_null=True)
    months = MonthCount(many=True)
    kinds = KindCount(many=True)
    statuses = StatusCount(many=True)
    actors = ActorCount(many=True)


class FoundShape(_Row):
    """What holds the words. `slug` is that of the page at `url`; `highlight` is HTML, escaped, with <mark>."""

    type = ChoiceField(search.TYPES)
    id = IntegerField()
    slug = CharField()
    title = CharField()
    date = DateField(allow_null=True)
    highlight = CharField()
    url = URLField()
    score = FloatField()


class Removed(Shape):
    """What is left of a row that is gone: withdrawn, merged `into` another event, or outside the filter by now."""

    id = IntegerField()
    slug = CharField(allow_null=True)
    reason = ChoiceField(("withdrawn", "merged", "outside-the-filter"))
    into = EventRef(allow_null=True)


class Problem(Shape):
    """What is wrong (RFC 9457). `type` is the address of its documentation, `code` its stable name."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    code = CharField()
    detail = CharField()
    parameters = DictField(child=CharField(), required=False)
