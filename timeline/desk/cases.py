"""One event on the desk: each fact beside its sentence; one press saves, publishes, merges, splits or rejects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from timeline import services
from timeline.desk.access import act, desk_page, editor_of, show
from timeline.desk.correcting import CaseForms, make_forms
from timeline.errors import InvalidRecord
from timeline.queries import desk
from timeline.queries.desk import Case
from timeline.services.desk import CLAIM_LASTS


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def show_case(request: HttpRequest, event_id: int) -> HttpResponse:
    """The event with the sentences behind it (GET), and what a pressed button asks for (POST)."""
    case = desk.get_case(event_id)
    if request.method != "POST":
        return _render(request, case, make_forms(case))
    press = _PRESSES.get(request.POST.get("do", ""))
    if press is None:
        return redirect("desk-case", event_id)
    if request.POST["do"] not in ("claim", "release") and not _is_free(request, event_id):
        return redirect("desk-case", event_id)
    return press(request, case)


@desk_page
def show_by_slug(request: HttpRequest, slug: str) -> HttpResponse:
    """From the address of a public page to the event on the desk."""
    return redirect("desk-case", desk.get_event_id(slug))


@require_GET
@desk_page
def find(request: HttpRequest, event_id: int) -> HttpResponse:
    """The events that somebody who typed `q` may mean, to merge into, those alike for nothing: a part of a page."""
    q = request.GET.get("q", "").strip()[:300]
    found = desk.find_events(q, beside=event_id) if q else desk.list_alike(desk.get_case(event_id).event)
    return render(request, "desk/_matches.html", {"matches": found, "q": q})


def _save(request: HttpRequest, case: Case) -> HttpResponse:
    return _save_and(request, case, "Saved", lambda: None, lambda: redirect("desk-case", case.event.pk))


def _publish(request: HttpRequest, case: Case) -> HttpResponse:
    by, reason = editor_of(request), request.POST.get("reason", "")

    def publish() -> None:
        if case.event.state == "published":
            services.publish_words(event=case.event, by=by)
        else:
            services.publish_event(event_id=case.event.pk, by=by, reason=reason)

    return _save_and(request, case, "Published", publish, lambda: _go_on(request))


def _merge(request: HttpRequest, case: Case) -> HttpResponse:
    into = request.POST.get("into", "")
    if not into.isdecimal():
        return _ask_into_what(request, case)
    reason = request.POST.get("reason", "").strip() or "The same event."
    other = desk.get_case(int(into)).event
    done = act(
        request,
        case.event.pk,
        f"Merged “{case.event.title}” into “{other.title}”",
        lambda: services.merge_events(event_id=case.event.pk, into_id=other.pk, by=editor_of(request), reason=reason),
    )
    return redirect("desk-case", other.pk if done else case.event.pk)


def _ask_into_what(request: HttpRequest, case: Case) -> HttpResponse:
    """The case again, with what was typed looked up, where no event was chosen to merge into."""
    q = request.POST.get("q", "").strip()[:300]
    matches = desk.find_events(q, beside=case.event.pk)
    if matches:
        messages.info(request, "Nothing is merged yet: choose which of the events found is meant.")
    else:
        fault = f"no event on record fits “{q}”." if q else "choose the event to merge into, or type words of it."
        messages.error(request, f"Nothing is merged: {fault}")
    return _render(request, case, make_forms(case), matches=matches, asked_to_merge=bool(q))


def _split(request: HttpRequest, case: Case) -> HttpResponse:
    articles = [int(pk) for pk in request.POST.getlist("article") if pk.isdecimal()]
    title = request.POST.get("title", "").strip()[:300] or case.event.title
    act(
        request,
        case.event.pk,
        f"Split; the new proposal is “{title}”",
        lambda: services.split_event(
            event_id=case.event.pk,
            article_ids=articles,
            title=title,
            by=editor_of(request),
            reason=request.POST.get("reason", "").strip(),
        ),
    )
    return redirect("desk-case", case.event.pk)


def _reject(request: HttpRequest, case: Case) -> HttpResponse:
    reason = request.POST.get("reason", "")
    word = "Rejected" if case.event.state == "proposed" else "Withdrawn"
    done = act(
        request,
        case.event.pk,
        f"{word}: {case.event.title}",
        lambda: services.withdraw_event(event_id=case.event.pk, by=editor_of(request), reason=reason),
    )
    return _go_on(request) if done and case.event.state == "proposed" else redirect("desk-case", case.event.pk)


def _claim(request: HttpRequest, case: Case) -> HttpResponse:
    services.claim_event(event_id=case.event.pk, by=editor_of(request), now=timezone.now(), take_over=True)
    return redirect("desk-case", case.event.pk)


def _release(request: HttpRequest, case: Case) -> HttpResponse:
    services.release_event(event_id=case.event.pk)
    return redirect("desk-case", case.event.pk)


_PRESSES: dict[str, Callable[[HttpRequest, Case], HttpResponse]] = {
    "save": _save,
    "publish": _publish,
    "merge": _merge,
    "split": _split,
    "reject": _reject,
    "claim": _claim,
    "release": _release,
}


def _save_and(
    request: HttpRequest, case: Case, word: str, then: Callable[[], None], go: Callable[[], HttpResponse]
) -> HttpResponse:
    """Save the corrections and do what follows, both or neither."""
    forms = make_forms(case, request.POST)
    if not forms.is_valid():
        return _render(request, case, forms, status=400)
    title = forms.main.cleaned_data["title"]

    def do() -> None:
        forms.save(editor_of(request))
        then()

    return go() if act(request, case.event.pk, f"{word}: {title}", do) else _render(request, case, forms, status=400)


def _is_free(request: HttpRequest, event_id: int) -> bool:
    try:
        services.require_unclaimed(event_id=event_id, by=editor_of(request), now=timezone.now())
    except InvalidRecord as error:
        messages.error(request, f"{error} Take it over first.")
        return False
    return True


def _go_on(request: HttpRequest) -> HttpResponse:
    """To the next proposal, or back to the empty queue."""
    found = desk.find_next_proposal(by=editor_of(request), claimed_after=timezone.now() - CLAIM_LASTS)
    return redirect("desk-case", found) if found else redirect("desk")


def _render(request: HttpRequest, case: Case, forms: CaseForms, *, status: int = 200, **more: Any) -> HttpResponse:
    changes = desk.list_changes_of(case.event)
    undone = desk.list_undone(changes)
    claim = getattr(case.event, "claim", None)
    context = {
        "case": case,
        "event": case.event,
        "forms": forms,
        "parts": _pair(forms, case),
        "quotes": list(zip(forms.quotes, case.event.quotes.all(), strict=False)),
        "clauses": list(zip(forms.clauses, case.event.clauses.all(), strict=False)),
        "alike": desk.list_alike(case.event),
        "names": desk.list_names(),
        "changes": [(row, services.can_undo(row) and row.pk not in undone) for row in changes],
        "claim": claim if claim and claim.at > timezone.now() - CLAIM_LASTS else None,
        "editor": editor_of(request),
    }
    return show(request, "case.html", context | more, status)


def _pair(forms: CaseForms, case: Case) -> list[tuple[Any, Any, Any]]:
    """Each row of who takes part with what is on record of it, and the sentences that say so."""
    parts = [*case.parts, *[None] * len(forms.parts.forms)]
    return [
        (form, part, case.sentences.get(str(part.pk), ()) if part else ())
        for form, part in zip(forms.parts.forms, parts, strict=False)
    ]
