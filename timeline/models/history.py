"""What changed, when, by whom and why; and where an address leads after a merge or a renaming."""

from __future__ import annotations

from django.db import models

from timeline.models.common import SlugField


class Change(models.Model):
    """One change of one row of the record, with the values before and after. Never edited, never deleted.

    `slug` is the row's at that time (an article's address), so that history outlives the row.
    """

    class Noun(models.TextChoices):
        ACTOR = "actor"
        DISPUTE = "dispute"
        EVENT = "event"
        ARTICLE = "article"

    class Action(models.TextChoices):
        CREATE = "create"
        CORRECT = "correct"
        PUBLISH = "publish"
        CITE = "cite"
        MERGE = "merge"
        SPLIT = "split"
        WITHDRAW = "withdraw"

    noun = models.CharField(max_length=7, choices=Noun)
    row_id = models.BigIntegerField()
    slug = models.CharField(max_length=2000)
    action = models.CharField(max_length=8, choices=Action)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["noun", "row_id", "-id"], name="change_by_row")]

    def __str__(self) -> str:
        return f"{self.action} {self.noun} {self.slug}"


class Redirect(models.Model):
    """An old address of an event and the event it now leads to, with the reason."""

    slug = SlugField()
    to = models.ForeignKey("timeline.Event", models.CASCADE, related_name="old_addresses")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.slug} → {self.to}"
