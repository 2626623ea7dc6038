"""Claims on mails, and what became of each: pending → sending → sent or failed.

A claim is `due_at` moved ahead by the lease: whoever moved it holds the row until then, and a killed worker's rows come
due by themselves. `sending` is committed before the mail is handed over and `sent` after, by the ledger, so that a row
found in `sending` is the one case of doubt. It is sent again under the same Message-ID, MOST_DOUBTS times at most.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from digests.models import Delivery

MOST_DOUBTS: Final = 5
MOST_AGE: Final = timedelta(days=4)  # RFC 5321, 4.5.4.1: give up after four to five days
_FIRST_WAIT: Final = timedelta(minutes=2)
_LONGEST_WAIT: Final = timedelta(hours=6)
_MOST_DOUBLINGS: Final = 8
_State = Delivery.State

logger = logging.getLogger(__name__)


@transaction.atomic
def claim(now: datetime, limit: int) -> list[Delivery]:
    """Up to `limit` mails that are due, held for the lease; the longest waiting first.

    Each keeps the `due_at` that proves the claim. Rows found in `sending` count one doubt more; beyond MOST_DOUBTS they
    fail.
    """
    due = Delivery.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    found = list(due.select_for_update(skip_locked=True).values_list("pk", "state", "doubts")[:limit])
    doubtful = {pk: doubts for pk, state, doubts in found if state == _State.SENDING}
    _settle_doubts(doubtful)
    ids = [pk for pk, *_ in found if doubtful.get(pk, 0) < MOST_DOUBTS]
    Delivery.objects.filter(pk__in=ids).update(due_at=_lease(now), state=_State.PENDING)
    return list(Delivery.objects.filter(pk__in=ids).select_related("subscription").order_by("pk"))


def _settle_doubts(doubtful: dict[int, int]) -> None:
    """Count one doubt more of each of these rows, by how many it has; those that have enough fail."""
    for pk, doubts in doubtful.items():
        logger.warning("delivery %d was being sent when its worker ended (%d before)", pk, doubts)
        if doubts < MOST_DOUBTS:
            Delivery.objects.filter(pk=pk).update(doubts=doubts + 1)
        else:
            words = "each try ended without an answer"
            Delivery.objects.filter(pk=pk).update(state=_State.FAILED, due_at=None, error=words)


def finish_failed(delivery: Delivery, error: str) -> None:
    """Note that the mail will never be taken."""
    logger.warning("delivery %d failed: %s", delivery.pk, error)
    _end(delivery, state=_State.FAILED, due_at=None, tries=delivery.tries, error=error[:500])


def put_back(delivery: Delivery, now: datetime, error: str, *, doubtful: bool = False) -> None:
    """Try later: after two minutes, then twice as long each time; give up after MOST_AGE.

    Args:
        delivery: held by the caller.
        now: the time.
        error: what the server said.
        doubtful: whether the server may have taken the mail all the same.
    """
    if now - delivery.created_at > MOST_AGE:
        finish_failed(delivery, error)
        return
    wait = min(_FIRST_WAIT * 2 ** min(delivery.tries - 1, _MOST_DOUBLINGS), _LONGEST_WAIT) * settings.DIGESTS_PATIENCE
    doubts = F("doubts") + int(doubtful)
    _end(delivery, state=_State.PENDING, due_at=now + wait, tries=delivery.tries, error=error[:500], doubts=doubts)


def let_go(deliveries: list[Delivery], due_at: datetime) -> None:
    """Give mails back that were claimed together and not handed over; they are due at that time."""
    if deliveries:
        held = Delivery.objects.filter(pk__in=[row.pk for row in deliveries], due_at=deliveries[0].due_at)
        held.update(state=_State.PENDING, due_at=due_at)


def drop(delivery: Delivery) -> None:
    """Forget a mail that would tell of nothing, or whose reader left; not one that somebody else holds by now."""
    Delivery.objects.filter(pk=delivery.pk, state=_State.PENDING, due_at=delivery.due_at).delete()


def resend(delivery_ids: list[int], now: datetime) -> int:
    """Send mails again that ended, as an operator asked: the same Message-ID. Returns how many; none to who left."""
    ended = Delivery.objects.filter(pk__in=delivery_ids, due_at__isnull=True, subscription__state="active")
    return ended.update(state=_State.PENDING, due_at=now, tries=0, doubts=0, created_at=now)


def count_sent_since(moment: datetime) -> int:
    """How many mails were handed over after that moment, or are being so now."""
    return Delivery.objects.filter(Q(sent_at__gt=moment) | Q(state=_State.SENDING, due_at__isnull=False)).count()


def _end(delivery: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at).update(**values)


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.DIGESTS_LEASE_SECONDS)
