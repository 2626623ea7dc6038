"""The operators' mail: one a day at the most, only when something is broken and it is not what they know already."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from ingest.health import SourceHealth, State, Trouble, list_sources, list_troubles
from ingest.models import Alert


def send_alert(now: datetime) -> bool:
    """Tell the operators what is broken, if that has changed since they were told and they were not told today.

    Args:
        now: aware, UTC; its date is the day.

    Returns:
        Whether a mail was sent.
    """
    troubles = list_troubles(now)
    broken = [source for source in list_sources(now) if source.state == State.BROKEN]
    known = Alert.objects.order_by("-on").first()
    if known is not None and not (broken or troubles):
        known.problems = []  # all is well: the same thing breaking again will be news
        known.save(update_fields=["problems"])
    keys = sorted([f"source {source.feed.pk}" for source in broken] + [trouble.kind for trouble in troubles])
    if not settings.OPERATORS_EMAIL or not keys or (known is not None and known.problems == keys):
        return False
    return _claim_day(now, keys) and _send(now, troubles, broken)


def _claim_day(now: datetime, keys: list[str]) -> bool:
    try:
        with transaction.atomic():
            Alert.objects.create(on=now.date(), problems=keys)
    except IntegrityError:  # today's mail is written
        return False
    return True


def _send(now: datetime, troubles: list[Trouble], broken: list[SourceHealth]) -> bool:
    lines = [*map(str, troubles), *(f"{source.feed}: {source.problem}" for source in broken)]
    subject = f"aiwatch: {len(lines)} thing{'s' if len(lines) > 1 else ''} broken"
    body = "\n\n".join([*lines, f"{settings.SITE_URL}{reverse('sources')}"])
    try:
        send_mail(subject, body, None, list(settings.OPERATORS_EMAIL))
    except (SMTPException, OSError):
        Alert.objects.filter(on=now.date()).delete()  # so that the next hour tries again
        raise
    Alert.objects.filter(on=now.date()).update(sent_at=now)
    return True
