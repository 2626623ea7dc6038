"""Numbers of public events, kept by the database."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """So many events more, or fewer, in a month of one kind and status; or of an actor, and then of no month.

    Triggers write these rows (migration 0015), one for each change, so that no writer waits for another: the number of
    a cell is the sum of its rows. `services.tallies` makes one of them.
    """

    month = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10, blank=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    number = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.actor_id or self.month}: {self.number:+}"
