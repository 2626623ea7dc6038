"""Addresses that stand in mails: whole, and signed where they let somebody do something."""

from __future__ import annotations

import functools
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from digests.models import Delivery, Subscription
from digests.tokens import Purpose, make_token
from visitors.models import ApiKey

_PAGES = {
    Purpose.CONFIRM: "digests-confirm",
    Purpose.MANAGE: "digests-manage",
    Purpose.UNSUBSCRIBE: "digests-unsubscribe",
    Purpose.READ: "digests-read",
    Purpose.KEY: "api-key",
}


def make_link(purpose: Purpose, row: Subscription | Delivery | ApiKey) -> str:
    """The address of the page where the bearer may do that with the row."""
    return f"{settings.SITE_URL}{_find_way(purpose)}{make_token(purpose, row.key)}/"


@functools.cache
def _find_way(purpose: Purpose) -> str:
    """What stands before the token in the path of that page."""
    return reverse(_PAGES[purpose], args=["token"]).removesuffix("token/")


def make_unsubscribe_address(subscription: Subscription) -> str:
    """The mailto: that leaves the subscription; "" where the site receives no mail."""
    if not settings.EMAIL_INBOX:
        return ""
    return f"mailto:{settings.EMAIL_INBOX}?subject=unsubscribe%20{make_token(Purpose.UNSUBSCRIBE, subscription.key)}"


def make_message_id(kind: str, key: uuid.UUID, number: int = 0) -> str:
    """The Message-ID of a mail, the same however often it is tried."""
    return f"<{kind}.{key.hex}{f'.{number}' if number else ''}@{find_host()}>"


def find_host() -> str:
    """The host of the site."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
