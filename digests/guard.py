"""How often something may be done: the form by one network, mails by minute. Counted in Valkey, for all processes."""

from __future__ import annotations

from django.conf import settings
from limits import RateLimitItemPerMinute

from visitors import forms


def admit(address: str) -> bool:
    """Whether this IP address may send the form once more. Asking counts."""
    return forms.admit("subscribe", address)


def take_turn() -> bool:
    """Whether a mail may be sent now, by EMAIL_PER_MINUTE. Asking counts."""
    pace = settings.EMAIL_PER_MINUTE
    return not pace or forms.open_limiter().hit(RateLimitItemPerMinute(pace, namespace="mails"))
