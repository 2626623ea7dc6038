"""Actors: organizations, people and products, and all the names they go by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from timeline.models.common import SlugField, Timed, slug_constraint
from timeline.querysets import ActorQuerySet


class Actor(Timed):
    """An organization, person or product.

    `parent` is a person's employer, a product's vendor or an organization's owner. A proposed actor came from an
    article and has not been seen by an editor; it becomes public with the first event published that names it.
    """

    class Kind(models.TextChoices):
        ORGANIZATION = "organization"
        PERSON = "person"
        PRODUCT = "product"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        PUBLISHED = "published"

    slug = SlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    title = models.CharField(max_length=200, blank=True, help_text="Job title; people only.")
    url = models.URLField(max_length=500, blank=True, help_text="Home page.")
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        indexes = [
            models.Index(Lower("name"), F("id"), name="actor_by_name"),
            models.Index(fields=["updated_at"], name="actor_by_update"),  # has any name changed?
        ]
        constraints = [
            slug_constraint("actor"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="actor_not_own_parent"),
            models.CheckConstraint(condition=Q(title="") | Q(kind="person"), name="actor_title_only_for_people"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])

    @property
    def aliases(self) -> list[str]:
        """The names besides the display name, in the order given."""
        return [row.name for row in self.names.all() if row.name != self.name]


class ActorName(models.Model):
    """A name an actor goes by; position 0 is the display name. No two actors share a name, whatever its case."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["actor_id", "position"]
        constraints = [models.UniqueConstraint(Lower("name"), name="actorname_unique_any_case")]

    def __str__(self) -> str:
        return self.name
