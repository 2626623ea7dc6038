"""Keys of those who ask the API often."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class ApiKey(models.Model):
    """One address's key: a digest of it, never the key. `hint` are its first characters, for people to tell keys apart.

    After a rotation the key before it (`old_digest`) is good until `old_until`. `mail_due_at` is when to send (again)
    the mail with the link to the key's page; while a worker holds the row, when its claim lapses.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        ACTIVE = "active"
        REVOKED = "revoked"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Stands in links of mails.")
    email = models.EmailField(max_length=254)
    state = models.CharField(max_length=11, choices=State, default=State.UNCONFIRMED)
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    hint = models.CharField(max_length=12, blank=True)
    old_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    old_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When the last mail was asked for.")
    mail_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="apikey_one_an_address"),
            models.CheckConstraint(condition=~Q(state="active") | ~Q(digest=""), name="apikey_active_has_digest"),
        ]
        indexes = [models.Index(fields=["mail_due_at"], name="apikey_mail_due", condition=Q(mail_due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.email}: {self.hint or 'no key yet'}"
