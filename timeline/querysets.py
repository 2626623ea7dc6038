"""Conditions on rows, each said once. `published()` is what "public" means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContains, ArrayOverlap  # type: ignore[attr-defined]  # django-stubs lacks it
from django.db import models
from django.db.models import BooleanField, DateField, Exists, F, Func, OuterRef, Prefetch, Q, Value
from django.db.models.lookups import GreaterThan, LessThan


def _row(*expressions: Any) -> Func:
    """A row value, so that PostgreSQL compares keys as a whole and an index serves the comparison."""
    return Func(*expressions, function="ROW", output_field=DateField())


def _count_months(day: date) -> int:
    return day.year * 12 + day.month


def write_months(since: date, until: date) -> str:
    """The months of these days, as the index holds them and PostgreSQL writes a list: one value, however many."""
    return "{" + ",".join(map(str, range(_count_months(since), _count_months(until) + 1))) + "}"


def _key(on: date, pk: int) -> Func:
    return _row(Value(on, DateField()), Value(pk))


# As they stand in the index event_found, beside words and actors (migration 0016).
_KIND = Func(F("kind"), template="ARRAY[%(expressions)s]", output_field=ArrayField(models.CharField(max_length=12)))
_MONTH = Func(
    F("on"),
    template="ARRAY[(extract(year FROM %(expressions)s) * 12 + extract(month FROM %(expressions)s))::int]",
    output_field=ArrayField(models.IntegerField()),
)


_LISTED: Any = {"template": "%(expressions)s::int[]", "output_field": ArrayField(models.IntegerField())}
# Of one event in two, four, eight...: the shares of all events to which it belongs (migration 0020).
SHARES = tuple(2**n for n in range(1, 10))
_POWERS = f"ARRAY{list(SHARES)}::bigint[]"
_SHARES = Func(
    F("id"),
    template=f"({_POWERS})[1:width_bucket(%(expressions)s & -%(expressions)s, {_POWERS})]",
    output_field=ArrayField(models.BigIntegerField()),
)


class EventQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Events narrowed by one condition a call."""

    def published(self) -> Self:
        return self.filter(state="published")

    def proposed(self) -> Self:
        return self.filter(state="proposed")

    def withdrawn(self) -> Self:
        return self.filter(state="withdrawn")

    def living(self) -> Self:
        """Everything but what was withdrawn."""
        return self.filter(state__in=("proposed", "published"))  # named, so that indexes that begin with it serve

    def between(self, since: date | None, until: date | None) -> Self:
        """Events on or after `since` and on or before `until`; None leaves that side open."""
        events = self
        if since is not None:
            events = events.filter(on__gte=since)
        if until is not None:
            events = events.filter(on__lte=until)
        return events

    def with_actor(self, actor_id: int) -> Self:
        """Events in which the actor takes part."""
        return self.filter(actor_ids__contains=[actor_id])

    def naming_actor(self, actor_id: int) -> Self:
        """The same in words that the index of actors does not know: for a sample, all of which is looked at."""
        named = {"template": "%(expressions)s)", "arg_joiner": " = ANY(", "output_field": BooleanField()}
        return self.filter(Func(Value(actor_id), F("actor_ids"), **named))

    def with_role(self, role: str, actor_ids: Iterable[int] = ()) -> Self:
        """Events in which each of the actors has the role; or somebody, where there are none."""
        parts = apps.get_model("timeline", "Participation").objects.filter(event=OuterRef("pk"), role=role)
        wanted = [parts.filter(actor=actor_id) for actor_id in actor_ids] or [parts]
        return self.filter(*(Exists(part) for part in wanted))

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        return self.filter(kind__in=list(kinds))

    def among_kinds(self, kinds: Iterable[str]) -> Self:
        """As `of_kinds`, by the index that also holds words and actors."""
        return self.filter(ArrayOverlap(_KIND, list(kinds)))

    def among_months(self, months: str) -> Self:
        """Events of those months (`write_months`), by the index that also holds words and actors."""
        return self.filter(ArrayOverlap(_MONTH, Func(Value(months), **_LISTED)))

    def among_shares(self, share: int) -> Self:
        """One in `share` of the events, always the same ones, by the index that also holds words and actors.

        Args:
            share: one of SHARES.
        """
        return self.filter(ArrayContains(_SHARES, [share]))

    def with_remainder(self, share: int) -> Self:
        """As `among_shares`, for the samples that have indexes of their own."""
        return self.filter(Func(F("id"), template=f"mod(%(expressions)s, {share}) = 0", output_field=BooleanField()))

    def with_status(self, statuses: Iterable[str]) -> Self:
        return self.filter(status__in=list(statuses))

    def in_dispute(self, dispute_id: int) -> Self:
        return self.filter(dispute=dispute_id)

    def before_key(self, on: date, pk: int) -> Self:
        """Events that come after the key in newest-first order."""
        return self.filter(LessThan(_row(F("on"), F("id")), _key(on, pk)))

    def after_key(self, on: date, pk: int) -> Self:
        """Events that come before the key in newest-first order."""
        return self.filter(GreaterThan(_row(F("on"), F("id")), _key(on, pk)))

    def with_details(self) -> Self:
        """With all that a full entry shows in public, in a fixed number of queries."""
        links = apps.get_model("timeline", "Link").objects
        evidence = apps.get_model("timeline", "Evidence").objects
        return self.with_entries().prefetch_related(
            "dates",
            "citations__article__original",
            Prefetch("citations__evidence", evidence.select_related("participation__actor")),
            Prefetch("links", links.filter(to__state="published").select_related("to")),
            Prefetch("links_back", links.filter(event__state="published").select_related("event")),
        )

    def with_lines(self) -> Self:
        """With what a line of a list shows and no more: who takes part, who says what, how many sources there are."""
        parts = apps.get_model("timeline", "Participation").objects.select_related("actor")
        quotes = apps.get_model("timeline", "Quote").objects.published()
        citations = apps.get_model("timeline", "Citation").objects.select_related("article")
        return (
            self.select_related("dispute")
            .defer("search", "words")
            .prefetch_related(
                Prefetch("participations", parts),
                Prefetch("quotes", quotes.select_related("speaker")),
                Prefetch("citations", citations),
            )
        )

    def with_entries(self) -> Self:
        """With what an entry in a mail shows, in a fixed number of queries."""
        parts = apps.get_model("timeline", "Participation").objects.select_related("actor")
        quotes = apps.get_model("timeline", "Quote").objects.published()
        clauses = apps.get_model("timeline", "Clause").objects.published()
        citations = apps.get_model("timeline", "Citation").objects.select_related("article__publisher")
        shown = self.select_related("dispute").defer("search", "words")  # the two large columns, only searched in
        return shown.prefetch_related(
            Prefetch("participations", parts),
            Prefetch("quotes", quotes.select_related("speaker", "on_behalf_of", "article__publisher")),
            Prefetch("clauses", clauses.select_related("vendor", "article__publisher")),
            Prefetch("citations", citations),
        )


class ActorQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Actors narrowed by one condition a call."""

    def published(self) -> Self:
        return self.filter(state="published")

    def named(self, name: str) -> Self:
        """The actor that goes by `name`, whatever its case."""
        return self.filter(names__name__iexact=name)

    def with_names(self) -> Self:
        return self.select_related("parent").prefetch_related("names")

    def with_children(self) -> Self:
        """With the published actors of which it is the parent."""
        children = apps.get_model("timeline", "Actor").objects.published()
        return self.prefetch_related(Prefetch("children", children.order_by("name")))


class DisputeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Disputes narrowed by one condition a call."""

    def with_sides(self) -> Self:
        return self.prefetch_related("sides__actor")


class ArticleQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Articles narrowed by one condition a call."""

    def originals(self) -> Self:
        """Articles that repeat no other."""
        return self.filter(original__isnull=True)

    def citing_published(self) -> Self:
        return self.filter(Q(citations__event__state="published")).distinct()


class WordsQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Quotes or clauses narrowed by one condition a call."""

    def published(self) -> Self:
        """Those that an editor or a record file put there."""
        return self.filter(state="published")

    def public(self) -> Self:
        """Published words of published events."""
        return self.filter(state="published", event__state="published")
