"""What the mail provider reports of mails that came back."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from digests.bounces import Returned
from digests.services.returned import take
from digests.webhooks import make_view

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
def receive_events(request: HttpRequest) -> HttpResponseBase:
    """Bounces and complaints, from a provider that proves itself by the secret of EMAIL_WEBHOOK."""
    if not settings.EMAIL_WEBHOOK:
        raise Http404("No mail provider is set.")
    return make_view(settings.EMAIL_WEBHOOK, _take)(request)


def _take(returned: Returned) -> None:
    logger.info("reported by the mail provider: %s", take(returned, timezone.now()))
