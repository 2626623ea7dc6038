"""A key's life: asked for, made by who has the mailbox, rotated, revoked. Only its digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from visitors.errors import UnknownKey
from visitors.models import ApiKey

PREFIX: Final = "aiw_"  # by which programs that look for leaked secrets know it
MAIL_GAP: Final = timedelta(days=1)  # between two mails to one address, whoever asks
OLD_GOOD_FOR: Final = timedelta(days=1)  # after a rotation
UNCONFIRMED_KEPT: Final = timedelta(days=3)
_HINT = 8
_State = ApiKey.State


def find_key(secret: str, now: datetime) -> int:
    """The id of the active key that a request brings.

    Raises:
        UnknownKey: there is none.
    """
    digest = make_digest(secret)
    good = Q(digest=digest) | Q(old_digest=digest, old_until__gt=now)
    found = ApiKey.objects.filter(good, state=_State.ACTIVE).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownKey
    return found


def make_digest(secret: str) -> str:
    """What is kept of a key. It has 256 bits of chance, so that a plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


@transaction.atomic
def ask_for_key(*, email: str, now: datetime) -> int:
    """Have a mail sent with the link to the page where the address makes and keeps its key; one mail in MAIL_GAP.

    Args:
        email: a valid address, in its normal form.
        now: the time.

    Returns:
        The row's id.
    """
    row = ApiKey.objects.select_for_update().filter(email__iexact=email).first()
    row = row or ApiKey(email=email)
    row.asked_at = now
    if row.mailed_at is None or row.mailed_at <= now - MAIL_GAP:
        row.mailed_at = row.mail_due_at = now
    row.save()
    return row.pk


@transaction.atomic
def make_key(*, key_id: int, now: datetime) -> str:
    """A new key for the address. The one before it, if there is one, is good for OLD_GOOD_FOR. Returns the key."""
    row = ApiKey.objects.select_for_update().get(pk=key_id)
    secret = PREFIX + secrets.token_urlsafe(32)
    rotates = row.state == _State.ACTIVE
    row.old_digest, row.old_until = (row.digest, now + OLD_GOOD_FOR) if rotates else ("", None)
    row.state, row.digest, row.hint = _State.ACTIVE, make_digest(secret), secret[:_HINT]
    row.made_at, row.revoked_at = now, None
    row.save()
    return secret


def revoke_key(*, key_id: int, now: datetime) -> None:
    """End the key, and the one before it, at once."""
    ApiKey.objects.filter(pk=key_id).update(
        state=_State.REVOKED, digest="", hint="", old_digest="", old_until=None, revoked_at=now
    )


def purge_keys(now: datetime) -> None:
    """Forget addresses that never made a key."""
    ApiKey.objects.filter(state=_State.UNCONFIRMED, asked_at__lt=now - UNCONFIRMED_KEPT).delete()


def count_due_mails(now: datetime, most: int) -> int:
    """How many mails wait, `most` at most."""
    return ApiKey.objects.filter(mail_due_at__lte=now)[:most].count()


@transaction.atomic
def claim_mails(now: datetime, limit: int, lease: timedelta) -> list[ApiKey]:
    """Up to `limit` rows whose mail is due, held for the lease."""
    due = ApiKey.objects.filter(mail_due_at__lte=now).order_by("mail_due_at")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        row.mail_due_at = now + lease
    ApiKey.objects.filter(pk__in=[row.pk for row in rows]).update(mail_due_at=now + lease)
    return rows


def finish_mail(row: ApiKey) -> None:
    """Note that a claimed mail was taken, or never will be."""
    _held(row).update(mail_due_at=None)


def put_mail_back(row: ApiKey, later: datetime) -> None:
    """Try a claimed mail later."""
    _held(row).update(mail_due_at=later)


def _held(row: ApiKey) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(pk=row.pk, mail_due_at=row.mail_due_at)
