"""Disputes: running conflicts that group events, and what each side says."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from timeline.models.actor import Actor
from timeline.models.common import SlugField, Timed, slug_constraint
from timeline.querysets import DisputeQuerySet


class Dispute(Timed):
    """A running conflict that groups several events."""

    slug = SlugField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [slug_constraint("dispute")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dispute", args=[self.slug])


class Side(models.Model):
    """An actor's position in a dispute, in one sentence of our own words."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="sides")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="sides")
    position = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dispute_id", "order"]
        constraints = [models.UniqueConstraint(fields=["dispute", "actor"], name="side_unique_actor")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.position}"
