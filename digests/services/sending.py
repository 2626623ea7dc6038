"""Handing mails over: claimed a few at a time, each ended by itself, paced, over one line.

claim ─> compose ─> sending (committed) ─> SMTP ─> sent (committed while the next is handed over)
                                            ├─> later  ─> back, with a longer wait each time
                                            ├─> never  ─> failed
                                            ├─> refused ─> failed; the next mail waits for days
                                            ├─> nobody ─> failed; all subscriptions of the address stop
                                            └─> down   ─> back, and the run ends
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from digests import emails, guard
from digests.composing import Composer
from digests.models import Delivery, Subscription
from digests.services import deliveries, notices, subscriptions
from digests.services.ledger import Ledger
from digests.smtp import Answer, Line, Result
from visitors import keys

RUN: Final = 200  # mails of one run
_CLAIM: Final = 100  # held at a time: so many wait for the lease where a worker is killed
_PAUSE: Final = timedelta(minutes=1)  # until the next try where the pace or the quota is used up
Clock = Callable[[], datetime]
_Mail = tuple[Delivery, EmailMultiAlternatives]


def send_due(clock: Clock, limit: int = RUN) -> int:
    """Send notices and digests that are due, `limit` of each at most. Returns how many mails the server took.

    It ends early where the server is down, or the pace (EMAIL_PER_MINUTE) or the quota (EMAIL_PER_DAY) is used up.
    """
    with Line() as line:
        taken = _send_notices(line, clock, limit) + _send_key_mails(line, clock, limit)
        return taken + _send_digests(line, clock, limit)


def _send_digests(line: Line, clock: Clock, limit: int) -> int:
    composer, taken, tried = Composer(), 0, 0
    while tried < limit:
        rows = deliveries.claim(clock(), min(_CLAIM, limit - tried))
        if not rows:
            break
        mails = _write_mails(rows, composer)
        number, left = _hand_over(line, mails, clock)
        taken += number
        if left:
            deliveries.let_go(left, clock() + _PAUSE * settings.DIGESTS_PATIENCE)
            break
        tried += len(rows)
    return taken


def _write_mails(rows: list[Delivery], composer: Composer) -> list[_Mail]:
    """All before the first is handed over, so that nothing slow comes between the server's 250 and the commit."""
    mails = []
    for row in rows:
        message = emails.make_digest(row, composer)
        if message is None:
            deliveries.drop(row)
        else:
            mails.append((row, message))
    return mails


def _hand_over(line: Line, mails: list[_Mail], clock: Clock) -> tuple[int, list[Delivery]]:
    """Take mails through their states. Returns how many the server took, and those that cannot be handed over now."""
    waiting, taken = deque(mails), 0
    with closing(Ledger()) as ledger:
        following = _choose_next(waiting, clock)
        ledger.start(following)
        begun = ledger.settle()
        while following is not None:
            row, message = waiting.popleft()
            following = _choose_next(waiting, clock)
            ledger.start(following)
            result = line.send(message) if begun else None
            begun = ledger.settle()
            if result is None:
                deliveries.drop(row)
            elif result.answer == Answer.TAKEN:
                ledger.note_taken(row, clock())
                taken += 1
            else:
                row.tries += 1
                _end(row, result, clock())
                if result.answer == Answer.DOWN:
                    break
    return taken, [row for row, _ in waiting]


def _choose_next(waiting: deque[_Mail], clock: Clock) -> Delivery | None:
    """The mail to hand over next; None where there is none, or the pace or the quota is used up."""
    return waiting[0][0] if waiting and may_send(clock()) else None


def _end(row: Delivery, result: Result, now: datetime) -> None:
    if result.answer in (Answer.LATER, Answer.DOWN):
        deliveries.put_back(row, now, result.words, doubtful=result.doubtful)
    else:
        deliveries.finish_failed(row, result.words)
        if result.answer == Answer.NOBODY:
            subscriptions.suppress(subscription_id=row.subscription_id, now=now, trouble=result.words)
        elif result.answer == Answer.REFUSED:
            subscriptions.hold(subscription_id=row.subscription_id, now=now, trouble=result.words)


def _send_notices(line: Line, clock: Clock, limit: int) -> int:
    taken = 0
    for row in notices.claim(clock(), limit):
        answer = _send_notice(line, row) if may_send(clock()) else Answer.DOWN
        if answer not in (Answer.LATER, Answer.DOWN):
            notices.finish(row)
            taken += answer == Answer.TAKEN
        else:
            notices.put_back(row, clock())
    return taken


def _send_notice(line: Line, row: Subscription) -> Answer:
    return line.send(emails.make_notice(row)).answer


def _send_key_mails(line: Line, clock: Clock, limit: int) -> int:
    taken = 0
    lease = timedelta(seconds=settings.DIGESTS_LEASE_SECONDS)
    for row in keys.claim_mails(clock(), limit, lease):
        answer = line.send(emails.make_key_mail(row)).answer if may_send(clock()) else Answer.DOWN
        if answer not in (Answer.LATER, Answer.DOWN):
            keys.finish_mail(row)
            taken += answer == Answer.TAKEN
        else:
            keys.put_mail_back(row, clock() + _PAUSE * settings.DIGESTS_PATIENCE)
    return taken


def may_send(now: datetime) -> bool:
    """Whether the pace and the day's quota leave room for one mail more, which counts from then on."""
    quota = settings.EMAIL_PER_DAY
    if quota and deliveries.count_sent_since(now - timedelta(days=1)) >= quota:
        return False
    return guard.take_turn()
