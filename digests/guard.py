"""How often something may be done: the form by one network, mails by minute. Counted in Valkey, for all processes."""

from __future__ import annotations

from django.conf import settings
from limits import RateLimitItemPerMinute

from timeline import visitors


def admit(address: str) -> bool:
    """Whether this IP address may send the form once more. Asking counts."""
    return visitors.admit("subscribe", address)


def take_turn() -> bool:
    """Whether a mail may be sent now, by EMAIL_PER_MINUTE. Asking counts."""
    pace = settings.EMAIL_PER_MINUTE
    return not pace or visitors.open_limiter().hit(RateLimitItemPerMinute(pace, namespace="mails"))
