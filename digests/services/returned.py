"""What follows from a mail that came back."""

from __future__ import annotations

from datetime import datetime

from digests.bounces import Bounce, Complaint, Farewell
from digests.errors import BadToken
from digests.models import Delivery
from digests.services import subscriptions
from digests.tokens import Purpose


def take(returned: Bounce | Complaint | Farewell, now: datetime) -> str:
    """Do what it asks for. Returns what was done, for the log; what names no row of ours is left alone."""
    if isinstance(returned, Farewell):
        try:
            row = subscriptions.find_by_token(Purpose.UNSUBSCRIBE, returned.token)
        except BadToken as error:
            return f"not unsubscribed: {error}"
        subscriptions.unsubscribe(subscription_id=row.pk, now=now, how="mail")
        return f"subscription {row.pk} is left, by mail"
    mail = Delivery.objects.filter(key=returned.key).first()
    if mail is None:
        return "about no mail of ours"
    if isinstance(returned, Complaint):
        subscriptions.unsubscribe(subscription_id=mail.subscription_id, now=now, how="complaint")
        return f"subscription {mail.subscription_id} is left, after a complaint"
    Delivery.objects.filter(pk=mail.pk).update(error=returned.words[:500])
    if returned.hard:
        subscriptions.suppress(subscription_id=mail.subscription_id, now=now, trouble=returned.words)
        return f"subscription {mail.subscription_id} is stopped: {returned.words}"
    return f"noted on delivery {mail.pk}: {returned.words}"
