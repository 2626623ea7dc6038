"""What a mail provider reports of mails that it took from us. django-anymail checks who asks and reads what it says."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Callable
from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.mailtrap import MailtrapTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.http import HttpResponseBase

from digests.bounces import About, Bounce, Complaint, Returned, Weight, weigh_words

# Each provider's view, and what it calls the secret.
_PROVIDERS: Final = {
    "mailersend": (MailerSendTrackingWebhookView, "signing_secret"),
    "mailgun": (MailgunTrackingWebhookView, "webhook_signing_key"),
    "mailtrap": (MailtrapTrackingWebhookView, "tracking_secret"),
    "brevo": (BrevoTrackingWebhookView, "basic_auth"),
    "mailjet": (MailjetTrackingWebhookView, "basic_auth"),
    "postmark": (PostmarkTrackingWebhookView, "basic_auth"),
    "sparkpost": (SparkPostTrackingWebhookView, "basic_auth"),
}
_OURS: Final = re.compile(r"<?digest\.([0-9a-f]{32})@")
_BOUNCED: Final = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)


class _Receiver:
    """Stands where anymail has its signal: one function to call, and no other to hear of it."""

    def __init__(self, take: Callable[[Returned], object]) -> None:
        self._take = take

    def send(self, *, sender: object, event: AnymailTrackingEvent, esp_name: str) -> None:
        """Called by anymail for each event of a request that proved whose it is."""
        returned = read_event(event)
        if returned is not None:
            self._take(returned)


@functools.cache
def make_view(address: str, take: Callable[[Returned], object]) -> Callable[..., HttpResponseBase]:
    """The view that takes a provider's reports.

    Args:
        address: EMAIL_WEBHOOK, such as mailgun://KEY.
        take: called with what came back.
    """
    provider, _, secret = address.partition("://")
    view, name = _PROVIDERS[provider]
    if name == "basic_auth":  # anymail looks for it in settings first, and warns before it sees what it is given
        view = type(view.__name__, (view,), {"warn_if_no_basic_auth": False})
    given: dict[str, Any] = {name: [secret] if name == "basic_auth" else secret, "signal": _Receiver(take)}
    made: Callable[..., HttpResponseBase] = view.as_view(**given)
    return made


def read_event(event: AnymailTrackingEvent) -> Returned | None:
    """What an event says; None for what asks nothing of us, such as that a mail arrived or that it is tried again."""
    found = _OURS.match(event.message_id or "")
    about = About(uuid.UUID(found[1]) if found else None, event.recipient or "")
    if event.event_type in (EventType.COMPLAINED, EventType.UNSUBSCRIBED):
        return Complaint(about, "complaint" if event.event_type == EventType.COMPLAINED else "provider")
    if event.event_type not in _BOUNCED:
        return None
    words = " ".join(str(event.mta_response or event.description or event.reject_reason or "").split())
    gone = event.reject_reason == RejectReason.INVALID
    return Bounce(about, Weight.GONE if gone else weigh_words(words), words)
