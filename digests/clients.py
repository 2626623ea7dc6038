"""Who asks: somebody at this machine, or not."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from visitors.clients import find_address


def is_local(request: HttpRequest) -> bool:
    """Whether a browser on this machine asks, and no proxy stands between."""
    address = ipaddress.ip_address(find_address(request))
    host = request.get_host().rsplit(":", 1)[0]
    forwarded = "X-Forwarded-For" in request.headers or settings.BEHIND_PROXY
    return address.is_loopback and host in ("localhost", "127.0.0.1", "[::1]") and not forwarded


def sees_outbox(request: HttpRequest) -> bool:
    """Whether mails go to files, for want of a mail server, and this reader may look at them.

    They hold links that confirm and manage: only this machine's own browser and editors may.
    """
    return not settings.EMAIL_URL and (is_local(request) or request.user.is_staff)
