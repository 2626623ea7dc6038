"""The editors' desk: who works on what, and what readers say is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from timeline.errors import InvalidRecord
from timeline.models import Claim, Report

CLAIM_LASTS = timedelta(hours=2)


@transaction.atomic
def claim_event(*, event_id: int, by: str, now: datetime, take_over: bool = False) -> None:
    """Note that an editor works on an event; once more: for another two hours.

    Raises:
        InvalidRecord: another editor does, and `take_over` is not set.
    """
    if not take_over:
        require_unclaimed(event_id=event_id, by=by, now=now)
    Claim.objects.update_or_create(event_id=event_id, defaults={"by": by, "at": now})


def release_event(*, event_id: int) -> None:
    """Note that nobody works on an event any more."""
    Claim.objects.filter(event_id=event_id).delete()


def require_unclaimed(*, event_id: int, by: str, now: datetime) -> None:
    """Refuse where another editor works on the event.

    Raises:
        InvalidRecord: one does.
    """
    claim = Claim.objects.filter(event_id=event_id, at__gt=now - CLAIM_LASTS).exclude(by=by).first()
    if claim is not None:
        raise InvalidRecord(f"{claim.by} is working on this one.", field="claim")


def add_report(*, event_id: int | None, path: str, text: str, source: str, contact: str) -> int:
    """Keep what a reader says is wrong. Returns its id."""
    return Report.objects.create(event_id=event_id, path=path, text=text, source=source, contact=contact).pk


@transaction.atomic
def settle_report(*, report_id: int, state: str, answer: str, by: str, now: datetime) -> None:
    """Say what came of a report; the reader's address is erased.

    Raises:
        InvalidRecord: it is settled already, or no answer is given where it is declined.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.state != Report.State.OPEN:
        raise InvalidRecord("The report is settled already.", field="state")
    if state == Report.State.DECLINED and not answer.strip():
        raise InvalidRecord("Say why nothing is changed.", field="answer")
    report.state, report.answer, report.contact = state, answer.strip(), ""
    report.settled_by, report.settled_at = by, now
    report.save()
