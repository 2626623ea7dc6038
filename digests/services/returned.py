"""What follows from a mail that came back."""

from __future__ import annotations

from datetime import datetime

from digests.bounces import About, Bounce, Complaint, Farewell, Returned, Weight
from digests.errors import BadToken
from digests.models import Delivery, Subscription
from digests.services import subscriptions
from digests.tokens import Purpose


def take(returned: Returned, now: datetime) -> str:
    """Do what it asks for. Returns what was done, for the log; what names no row of ours is left alone."""
    if isinstance(returned, Farewell):
        return _take_farewell(returned, now)
    ids = _find_subscriptions(returned.about)
    if not ids:
        return "about no mail of ours"
    if isinstance(returned, Complaint):
        for pk in ids:
            subscriptions.unsubscribe(subscription_id=pk, now=now, how=returned.how)
        return f"left by {returned.how}: subscriptions {ids}"
    return _take_bounce(returned, ids, now)


def _take_farewell(farewell: Farewell, now: datetime) -> str:
    try:
        row = subscriptions.find_by_token(Purpose.UNSUBSCRIBE, farewell.token)
    except BadToken as error:
        return f"not unsubscribed: {error}"
    subscriptions.unsubscribe(subscription_id=row.pk, now=now, how="mail")
    return f"left by mail: subscription {row.pk}"


def _take_bounce(bounce: Bounce, ids: list[int], now: datetime) -> str:
    if bounce.about.key:
        Delivery.objects.filter(key=bounce.about.key).update(error=bounce.words[:500])
    if bounce.weight == Weight.GONE:
        subscriptions.suppress(subscription_id=ids[0], now=now, trouble=bounce.words)
        return f"stopped with all others of the address: subscription {ids[0]}: {bounce.words}"
    if bounce.weight == Weight.REFUSED:
        for pk in ids:
            subscriptions.hold(subscription_id=pk, now=now, trouble=bounce.words)
        return f"held: subscriptions {ids}: {bounce.words}"
    return f"noted: {bounce.words}"


def _find_subscriptions(about: About) -> list[int]:
    """The subscription whose mail it was, or all of the address where the mail is not known."""
    if about.key is not None:
        return list(Delivery.objects.filter(key=about.key).values_list("subscription_id", flat=True))
    rows = Subscription.objects.of_address(about.address) if about.address else Subscription.objects.none()
    return list(rows.order_by("pk").values_list("pk", flat=True))
