"""What tells whether the record has changed."""

from __future__ import annotations

from django.db import models


class Version(models.Model):
    """A part of the record's version, which is the XOR of all parts; see `queries.version`.

    Triggers write it (migration 0005): every statement that changes what pages show gives one row a new random stamp,
    in the same transaction. Each transaction takes a row that no other holds and adds one where all are held, so that
    nobody waits for anybody, and no two states of the record ever share a version.
    """

    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.stamp:x}"
