"""A subscription's life: asked for, confirmed, changed, paused, left, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from digests.errors import DeletedToken
from digests.models import Delivery, Subscription
from digests.tokens import LIFETIMES, Purpose, read_token
from digests.windows import Schedule, next_window
from timeline.filters import EventFilter

NOTICE_GAP: Final = timedelta(days=1)  # between two mails that nobody confirmed they want, to one mailbox
MOST_BOUNCES: Final = 6  # days in a row on which mails come back, held longer each time, until nothing is sent any more
_IN_A_ROW: Final = timedelta(days=70)  # two bounces further apart are not: monthly readers get few mails
KEPT: Final = timedelta(days=30)  # how long a subscription that was left can be taken up again by its old link
_State = Subscription.State


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for: the settings that a form gives. `language` is a code such as "en" or "pt-br"."""

    asked: EventFilter
    schedule: Schedule
    language: str = "en"

    def to_fields(self) -> dict[str, object]:
        """The same, as fields of a Subscription."""
        when = self.schedule
        return {
            "query": self.asked.to_query_string(),
            "rhythm": when.rhythm,
            "zone": when.zone,
            "hour": when.hour,
            "weekday": when.weekday,
            "day": when.day,
            "language": self.language,
        }


@transaction.atomic
def subscribe(*, email: str, wish: Wish, now: datetime, address: str | None = None) -> int:
    """Keep a wish and have a mail sent that asks for confirmation. What the caller can see never tells who subscribes.

    An address that has the same filter already keeps it as it is, and is reminded of it. A mailbox gets at most one
    such mail in NOTICE_GAP, whoever asks.

    Args:
        email: a valid address, in its normal form.
        wish: what the reader asks for.
        now: the time.
        address: the IP address that asked, for the proof of consent.

    Returns:
        The subscription's id.
    """
    mailbox = normalize_mailbox(email)
    _lock(mailbox)
    fields = wish.to_fields()
    row = Subscription.objects.of_address(email).filter(query=fields["query"]).first()
    if row is None:
        row = Subscription(email=email, mailbox=mailbox, asked_at=now, **fields)
    if row.state in (_State.UNCONFIRMED, _State.LEFT):
        for name, value in {**fields, "asked_at": now, "asked_from": address, "state": _State.UNCONFIRMED}.items():
            setattr(row, name, value)
    if not Subscription.objects.filter(mailbox=mailbox, noticed_at__gt=now - NOTICE_GAP).exists():
        asks = row.state == _State.UNCONFIRMED
        row.notice = Subscription.Notice.CONFIRM if asks else Subscription.Notice.REMINDER
        row.notice_due_at = row.noticed_at = now
    row.save()
    return row.pk


@transaction.atomic
def confirm(*, subscription_id: int, now: datetime, address: str | None = None) -> None:
    """Begin to send. What became public before is not told. An active subscription stays as it is."""
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    if row.state != _State.UNCONFIRMED:
        return
    row.confirmed_at, row.confirmed_from = now, address
    row.notice, row.notice_due_at = Subscription.Notice.NONE, None
    _activate(row, now)


@transaction.atomic
def change(*, subscription_id: int, wish: Wish, now: datetime) -> None:
    """Another filter, rhythm or hour. What was not told yet is told by the new filter.

    Raises:
        django.db.IntegrityError: the address has a subscription with that filter.
    """
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    fields = wish.to_fields()
    if fields["query"] != row.query:
        row.from_at = row.told_at
    for name, value in fields.items():
        setattr(row, name, value)
    if row.state == _State.ACTIVE:
        row.next_at = next_window(row.schedule, now)
    row.save()


@transaction.atomic
def pause(*, subscription_id: int, now: datetime) -> None:
    """Send nothing until it is resumed. Mails that wait are dropped."""
    _stop(subscription_id, now, _State.PAUSED, from_states=(_State.ACTIVE,))


@transaction.atomic
def resume(*, subscription_id: int, now: datetime) -> None:
    """Send again, from now on: after a pause, after mails came back, or to a reader who left by mistake."""
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    if row.state in (_State.PAUSED, _State.SUPPRESSED, _State.LEFT) and row.confirmed_at:
        row.trouble, row.bounces, row.bounced_at, row.left_at, row.left_how = "", 0, None, None, ""
        _activate(row, now)


@transaction.atomic
def unsubscribe(*, subscription_id: int, now: datetime, how: str) -> None:
    """Send nothing any more. Doing it twice is no fault.

    Args:
        subscription_id: whose.
        now: the time.
        how: "one-click", "page", "mail", "complaint", or "provider" for a button of the mail provider's.
    """
    rows = Subscription.objects.filter(pk=subscription_id).exclude(state=_State.LEFT)
    rows.update(left_at=now, left_how=how)
    _stop(subscription_id, now, _State.LEFT, from_states=tuple(_State))


@transaction.atomic
def suppress(*, subscription_id: int, now: datetime, trouble: str) -> None:
    """Send nothing more to an address that does not take mail: all its subscriptions stop, and say why."""
    email = Subscription.objects.values_list("email", flat=True).get(pk=subscription_id)
    for pk in Subscription.objects.of_address(email).values_list("pk", flat=True):
        _stop(pk, now, _State.SUPPRESSED, from_states=(_State.ACTIVE, _State.PAUSED))
        Subscription.objects.filter(pk=pk, state=_State.SUPPRESSED).update(trouble=trouble[:500])


@transaction.atomic
def hold(*, subscription_id: int, now: datetime, trouble: str) -> None:
    """Wait with the next mail, because the last came back though the mailbox is there: a day, then twice as long each
    time. After MOST_BOUNCES in a row the address is suppressed. Several on one day count as one.
    """
    row = Subscription.objects.select_for_update().get(pk=subscription_id)
    if row.state != _State.ACTIVE or (row.bounced_at and now - row.bounced_at < timedelta(days=1)):
        return
    in_a_row = row.bounced_at is not None and now - row.bounced_at < _IN_A_ROW
    row.bounces, row.bounced_at, row.trouble = (row.bounces if in_a_row else 0) + 1, now, trouble[:500]
    row.next_at = next_window(row.schedule, now + timedelta(days=2 ** (row.bounces - 1)))
    row.save()
    if row.bounces >= MOST_BOUNCES:
        suppress(subscription_id=row.pk, now=now, trouble=trouble)


def delete(*, subscription_id: int) -> None:
    """Forget the address: all its subscriptions and every mail of them. Their links lead nowhere from then on."""
    for email in Subscription.objects.filter(pk=subscription_id).values_list("email", flat=True):
        Subscription.objects.of_address(email).delete()


def purge(now: datetime) -> int:
    """Forget what was never confirmed while its link was good, and what was left long ago. Returns how many."""
    lifetime = LIFETIMES[Purpose.CONFIRM] or KEPT
    stale = Q(state=_State.UNCONFIRMED, asked_at__lt=now - lifetime) & (
        Q(noticed_at__isnull=True) | Q(noticed_at__lt=now - lifetime)
    )
    gone, _ = Subscription.objects.filter(stale | Q(state=_State.LEFT, left_at__lt=now - KEPT)).delete()
    return gone


def find_by_token(purpose: Purpose, token: str) -> Subscription:
    """The subscription that a link is for.

    Raises:
        ExpiredToken: the link was good once.
        DeletedToken: the subscription was deleted.
        BadToken: the link never was good.
    """
    row = Subscription.objects.filter(key=read_token(purpose, token)).first()
    if row is None:
        raise DeletedToken("What this link led to was deleted.")
    return row


def normalize_mailbox(email: str) -> str:
    """The mailbox behind an address: lower case, without a +tag; many addresses of one mailbox count as one."""
    local, _, domain = email.lower().rpartition("@")
    plain = local if local.startswith('"') else local.split("+", 1)[0] or local
    return f"{plain}@{domain}"


def _activate(row: Subscription, now: datetime) -> None:
    row.state = _State.ACTIVE
    row.from_at = row.told_at = now
    row.next_at = next_window(row.schedule, now)
    row.save()


def _stop(subscription_id: int, now: datetime, state: str, *, from_states: tuple[str, ...]) -> None:
    rows = Subscription.objects.filter(pk=subscription_id, state__in=from_states)
    if rows.update(state=state, next_at=None, notice="", notice_due_at=None):
        Delivery.objects.filter(subscription=subscription_id, state=Delivery.State.PENDING).delete()


def _lock(mailbox: str) -> None:
    """Hold off others that ask for the same mailbox until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [mailbox])
