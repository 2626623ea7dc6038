"""Links that prove who may do what: signed by this site, for one purpose, for one row."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from digests.errors import BadToken, ExpiredToken


class Purpose(StrEnum):
    """What a link is good for. A link for one purpose is worth nothing for another."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    READ = "read"
    KEY = "key"


# Links to leave and to manage stand in mails that people keep, so only the confirmation expires.
LIFETIMES: dict[Purpose, timedelta | None] = {Purpose.CONFIRM: timedelta(days=3)}


def make_token(purpose: Purpose, key: uuid.UUID) -> str:
    """A token for the row with that key; letters, digits and . - _ only."""
    return _signer(purpose).sign(key.hex)


def read_token(purpose: Purpose, token: str) -> uuid.UUID:
    """The key of the row that the token is for.

    Raises:
        ExpiredToken: it was good once.
        BadToken: it was not made here, or for another purpose.
    """
    try:
        return uuid.UUID(_signer(purpose).unsign(token, max_age=LIFETIMES.get(purpose)))
    except SignatureExpired:
        raise ExpiredToken("This link has expired.") from None
    except (BadSignature, ValueError):
        raise BadToken("This link is not whole. Copy all of it from the mail.") from None


def _signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"digests.{purpose}")
