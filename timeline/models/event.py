"""Events: what happened, who took part, and how events hang together."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from timeline.models.actor import Actor
from timeline.models.common import RECORD, SlugField, Timed, confidence_constraint, slug_constraint, validate_day
from timeline.models.dispute import Dispute
from timeline.querysets import EventQuerySet

SEARCH_CONFIG = "english"


class Event(Timed):
    """One thing that happened on one date.

    `on` is when it happened, not when it was reported; where `precision` is month or year it holds the first day of
    it. `scope` says what exactly is cut and what stays allowed. Services keep beside the event by what it is found:
    `words`, the participants' names and the quotes' words, and `actor_ids`, the participants themselves.
    """

    class Kind(models.TextChoices):
        REVOCATION = "revocation"
        RESTRICTION = "restriction"
        RESTORATION = "restoration"
        TERMS_CHANGE = "terms-change", "terms change"
        PRICE_CHANGE = "price-change", "price change"
        ACCUSATION = "accusation"
        LAWSUIT = "lawsuit"
        RULING = "ruling"
        REGULATION = "regulation"
        DEAL = "deal"
        RESPONSE = "response"

    class Status(models.TextChoices):
        ALLEGED = "alleged"
        REPORTED = "reported"
        CONFIRMED = "confirmed"
        REVERSED = "reversed"

    class Precision(models.TextChoices):
        DAY = "day"
        MONTH = "month"
        YEAR = "year"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    slug = SlugField()
    title = models.CharField(max_length=300)
    on = models.DateField(validators=[validate_day])
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=9, choices=Status)
    summary = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    dispute = models.ForeignKey(Dispute, models.SET_NULL, null=True, blank=True, related_name="events")
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    confidence = models.FloatField(default=1.0, help_text="How sure the pipeline was; 1 for people's work.")
    by = models.CharField(max_length=100, default=RECORD, help_text="Who put it here: record, pipeline, editor.")
    words = models.TextField(blank=True, editable=False)
    actor_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("words", weight="B", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="C", config=SEARCH_CONFIG)
        + SearchVector("scope", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    actors = models.ManyToManyField(Actor, through="Participation", related_name="events")
    articles = models.ManyToManyField("timeline.Article", through="Citation", related_name="events")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        # And those made by migrations: event_found of words, actors, kind and month, and those of the samples.
        indexes = [
            models.Index(
                F("on").desc(), F("id").desc(), name="event_published_by_date", condition=Q(state="published")
            ),
            models.Index(fields=["kind", "-on", "-id"], name="event_kind_by_date"),
            models.Index(fields=["dispute", "-on", "-id"], name="event_dispute_by_date"),
            models.Index(fields=["state", "-on", "-id"], name="event_state_by_date"),
            models.Index(
                F("updated_at").desc(),
                F("id").desc(),
                name="event_published_by_update",
                condition=Q(state="published"),
            ),
            models.Index(fields=["created_at"], name="event_by_creation"),
        ]
        constraints = [
            slug_constraint("event"),
            confidence_constraint("event"),
            models.CheckConstraint(
                condition=Q(precision="day")
                | Q(precision="month", on__day=1)
                | Q(precision="year", on__month=1, on__day=1),
                name="event_date_fits_precision",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])


class Proposal(Event):
    """An event that the pipeline drafted and no editor has approved: the same rows, seen by editors."""

    class Meta:
        proxy = True
        ordering = ["-confidence", "-id"]


class Participation(models.Model):
    """An actor's role in an event."""

    class Role(models.TextChoices):
        INITIATOR = "initiator"
        TARGET = "target"
        AFFECTED = "affected"
        SUBJECT = "subject"
        COMMENTATOR = "commentator"
        COURT = "court"

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=11, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)
    confidence = models.FloatField(default=1.0)
    by = models.CharField(max_length=100, default=RECORD)

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "actor", "role"], name="participation_unique_role"),
            confidence_constraint("participation"),
        ]
        indexes = [models.Index(fields=["actor", "role", "event"], name="participation_by_actor")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.role})"


class AnnouncedDate(models.Model):
    """A date that an event sets for later: when something takes effect, is heard in court, or has to be done.

    `text` says what; where the date is moved, the row stays and `on` changes, so that calendars move their entry.
    """

    class Kind(models.TextChoices):
        EFFECTIVE = "effective"
        HEARING = "hearing"
        DEADLINE = "deadline"

    event = models.ForeignKey(Event, models.CASCADE, related_name="dates")
    on = models.DateField(validators=[validate_day])
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=100, default=RECORD)

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "kind", "text"], name="announceddate_unique_text")]
        indexes = [models.Index(fields=["-on", "-id"], name="announceddate_by_date")]

    def __str__(self) -> str:
        return f"{self.on}: {self.text}"


class Link(models.Model):
    """A tie from an event to an earlier one."""

    class Relation(models.TextChoices):
        RESPONDS_TO = "responds-to", "responds to"
        ESCALATES = "escalates"
        REVERSES = "reverses"
        FOLLOWS = "follows"
        PRECEDENT = "precedent"

    event = models.ForeignKey(Event, models.CASCADE, related_name="links")
    to = models.ForeignKey(Event, models.CASCADE, related_name="links_back")
    relation = models.CharField(max_length=11, choices=Relation)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=100, default=RECORD)

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "to", "relation"], name="link_unique_relation"),
            models.CheckConstraint(condition=~Q(event=F("to")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.to}"
