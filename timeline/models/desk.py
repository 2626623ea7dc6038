"""The editors' desk: who works on what, and what readers say is wrong."""

from __future__ import annotations

from django.db import models

from timeline.models.event import Event


class Claim(models.Model):
    """An editor works on an event, so that no other begins on it too. It lapses by itself."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="claim")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by}: {self.event}"


class Report(models.Model):
    """A reader says that something is wrong. Not part of the record: what comes of it is a correction there.

    `contact` is an address for questions, where one was left; it is erased once the report is settled.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CORRECTED = "corrected"
        DECLINED = "declined"

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="reports")
    path = models.CharField(max_length=500)
    text = models.TextField()
    source = models.URLField(max_length=2000, blank=True)
    contact = models.EmailField(max_length=254, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    settled_by = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="report_by_state")]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:60]}"
