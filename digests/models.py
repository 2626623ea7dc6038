"""Who wants to be told of what, and each mail that tells it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from digests.windows import Schedule


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions narrowed by one condition a call."""

    def of_address(self, email: str) -> Self:
        """Those of an address, whatever its case."""
        return self.filter(email__iexact=email)

    def due(self, now: datetime) -> Self:
        """Active ones with a window that has come, the longest waiting first.

        Who has a mail waiting gets no second one: what happens meanwhile is told by the first window after it is sent,
        so that an outage of the mail server does not end in a heap of mails.
        """
        waiting = Delivery.objects.filter(subscription=OuterRef("pk"), due_at__isnull=False)
        return self.filter(~Exists(waiting), state="active", next_at__lte=now).order_by("next_at", "pk")


class Subscription(models.Model):
    """An address with a filter and a rhythm.

    `query` is the canonical query string of the filter. `told_at` is the window up to which its reader was told;
    nothing that became public before `from_at` is ever told. `next_at` is the next window, null where there is none.
    """

    class Rhythm(models.TextChoices):
        AT_ONCE = "at-once", "at once"
        DAILY = "daily"
        WEEKLY = "weekly"
        MONTHLY = "monthly"

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        ACTIVE = "active"
        PAUSED = "paused"
        SUPPRESSED = "suppressed", "suppressed: mails came back"
        LEFT = "left"

    class Notice(models.TextChoices):
        NONE = "", "none"
        CONFIRM = "confirm"
        REMINDER = "reminder"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    mailbox = models.CharField(max_length=254, db_index=True, editable=False, help_text="Lower case, without +tag.")
    query = models.CharField(max_length=4000, blank=True)
    rhythm = models.CharField(max_length=7, choices=Rhythm, default=Rhythm.DAILY)
    zone = models.CharField(max_length=64, default="UTC")
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    day = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(31)])
    language = models.CharField(max_length=10, default="en", help_text="Of dates.")
    state = models.CharField(max_length=11, choices=State, default=State.UNCONFIRMED)

    from_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    asked_at = models.DateTimeField()
    asked_from = models.GenericIPAddressField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_from = models.GenericIPAddressField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_how = models.CharField(max_length=40, blank=True)
    trouble = models.CharField(max_length=500, blank=True, help_text="What the reader's mail server said.")
    bounces = models.PositiveSmallIntegerField(default=0, help_text="Days in a row on which mails came back.")
    bounced_at = models.DateTimeField(null=True, blank=True)
    notice = models.CharField(max_length=8, choices=Notice, blank=True, default=Notice.NONE)
    notice_due_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True, help_text="When the last notice was asked for.")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "query", name="subscription_unique_filter"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="subscription_hour_of_day"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="subscription_weekday"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="subscription_day_of_month"),
            models.CheckConstraint(
                condition=~Q(state="active")
                | Q(confirmed_at__isnull=False, from_at__isnull=False, told_at__isnull=False, next_at__isnull=False),
                name="subscription_active_is_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="subscription_due", condition=Q(state="active")),
            models.Index(
                fields=["notice_due_at"], name="subscription_notice_due", condition=Q(notice_due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.query or 'everything'}, {self.get_rhythm_display()}"

    @property
    def schedule(self) -> Schedule:
        """When its digests are due."""
        return Schedule(self.rhythm, self.zone, self.hour, self.weekday, self.day)


class Delivery(models.Model):
    """One mail for one window. What it tells is fixed when the row is made.

    `due_at` is when to try (again); while a worker holds the row, when its claim lapses; null once it has ended.
    `doubts` counts tries whose outcome nobody knows: the worker died or the line broke between the handing over of the
    mail and its end here. A mail that is sent again bears the same Message-ID.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    window_at = models.DateTimeField()
    event_ids = ArrayField(models.BigIntegerField(), default=list)
    change_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "window_at"], name="delivery_once_a_window"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "sending"], due_at__isnull=False)
                | Q(state__in=["sent", "failed"], due_at__isnull=True),
                name="delivery_due_until_it_ends",
            ),
            models.CheckConstraint(condition=~Q(event_ids=[]) | ~Q(change_ids=[]), name="delivery_tells_something"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["sent_at"], name="delivery_sent", condition=Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subscription.email}, {self.window_at:%Y-%m-%d %H:%M}: {self.state}"
