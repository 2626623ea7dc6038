"""The lists of the desk: proposals, words that wait, reports of readers, the history of everything."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from timeline import services
from timeline.desk.access import act, desk_page, editor_of, show
from timeline.desk.forms import SettleForm
from timeline.errors import InvalidRecord
from timeline.queries import desk
from timeline.services.desk import CLAIM_LASTS


@require_safe
@desk_page
def show_queue(request: HttpRequest) -> HttpResponse:
    """The proposals, the surest first."""
    page = desk.list_proposals(cursor=request.GET.get("cursor", ""))
    return show(request, "queue.html", {"page": page, "claimed_after": timezone.now() - CLAIM_LASTS})


@require_safe
@desk_page
def show_words(request: HttpRequest) -> HttpResponse:
    """Public events with quotes or clauses that wait."""
    return show(request, "words.html", {"page": desk.list_with_words(cursor=request.GET.get("cursor", ""))})


@require_safe
@desk_page
def show_reports(request: HttpRequest) -> HttpResponse:
    """What readers say is wrong."""
    state = request.GET.get("state", "open")
    page = desk.list_reports(state=state, cursor=request.GET.get("cursor", ""))
    return show(request, "reports.html", {"page": page, "state": state, "states": desk.REPORT_STATES})


@require_safe
@desk_page
def show_history(request: HttpRequest) -> HttpResponse:
    """What was done to events, the latest first."""
    page = desk.list_changes(cursor=request.GET.get("cursor", ""))
    undone = desk.list_undone(page.rows)
    rows = [(row, services.can_undo(row) and row.pk not in undone) for row in page.rows]
    return show(request, "history.html", {"page": page, "changes": rows})


@require_POST
@desk_page
def settle(request: HttpRequest, report_id: int) -> HttpResponse:
    """Say what came of a report."""
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            services.settle_report(
                report_id=report_id,
                state=form.cleaned_data["state"],
                answer=form.cleaned_data["answer"],
                by=editor_of(request),
                now=timezone.now(),
            )
            messages.success(request, "The report is settled.")
        except InvalidRecord as error:
            messages.error(request, str(error))
    return redirect("desk-reports")


@require_POST
@desk_page
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take a change back, and return to where that was asked."""
    try:
        services.undo_change(change_id=change_id, by=editor_of(request))
        messages.success(request, "Taken back.")
    except InvalidRecord as error:
        messages.error(request, str(error))
    back = urlsplit(request.headers.get("Referer", "")).path
    return redirect(back if back.startswith("/desk/") else "desk-history")


@require_POST
@desk_page
def do_to_many(request: HttpRequest) -> HttpResponse:
    """Publish, reject or claim all chosen proposals."""
    by, reason, now = editor_of(request), request.POST.get("reason", ""), timezone.now()
    presses: dict[str, tuple[str, Callable[[int], object]]] = {
        "publish": ("Published", lambda pk: services.publish_event(event_id=pk, by=by)),
        "reject": ("Rejected", lambda pk: services.withdraw_event(event_id=pk, by=by, reason=reason)),
        "claim": ("Claimed", lambda pk: services.claim_event(event_id=pk, by=by, now=now)),
    }
    chosen = [int(pk) for pk in request.POST.getlist("event") if pk.isdecimal()][:100]
    word, do = presses.get(request.POST.get("do", ""), presses["claim"])
    for pk in chosen:
        act(request, pk, f"{word}: {desk.get_case(pk).event.title}", _unless_claimed(do, pk, by))
    if not chosen:
        messages.error(request, "Choose some proposals first.")
    return redirect("desk")


def _unless_claimed(do: Callable[[int], object], event_id: int, by: str) -> Callable[[], object]:
    def press() -> object:
        services.require_unclaimed(event_id=event_id, by=by, now=timezone.now())
        return do(event_id)

    return press
