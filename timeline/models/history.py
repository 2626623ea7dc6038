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


class Revision(models.Model):
    """A row of the record, as readers see it, changed in the transaction at `position`.

    Triggers of the database write these rows (migration 0006 says how and why); nothing else does. A row that was never
    public has none. `at` is when it was written, somewhat before others could see it.
    """

    class Noun(models.TextChoices):
        EVENT = "event"
        ACTOR = "actor"
        DISPUTE = "dispute"

    noun = models.CharField(max_length=7, choices=Noun)
    row_id = models.BigIntegerField()
    position = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["noun", "position", "row_id"]
        indexes = [
            models.Index(fields=["noun", "row_id", "position"], name="revision_by_row"),
            models.Index(fields=["noun", "at"], name="revision_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["noun", "position", "row_id"], name="revision_unique_position"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.row_id} at {self.position}"
