"""Reports of readers: what is wrong, and what shows it. They wait at the editors' desk; nothing changes by itself."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from timeline import services
from timeline.errors import NotFound
from timeline.queries import events
from visitors.clients import find_address
from visitors.forms import admit

_PATH = re.compile(r"/(?!/)[\w/.~%-]{0,499}")
_EVENT = re.compile(r"/events/([a-z0-9-]+)/")


class ReportForm(forms.Form):
    """What is wrong on which page; the field `website` is one that only programs fill in."""

    about = forms.CharField(max_length=500, widget=forms.HiddenInput)
    text = forms.CharField(max_length=3000, label="What is wrong?", widget=forms.Textarea(attrs={"rows": 6}))
    source = forms.URLField(
        max_length=2000,
        required=False,
        assume_scheme="https",
        label="What shows it?",
        help_text="An address, if there is one.",
    )
    contact = forms.EmailField(
        max_length=254,
        required=False,
        label="Your e-mail address",
        help_text="Only if we may ask you back. It is erased when the report is settled.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False)

    def clean_about(self) -> str:
        """The path of a page of this site."""
        path = str(self.cleaned_data["about"])
        if not _PATH.fullmatch(path):
            raise forms.ValidationError("This is no page of this site.")
        return path


@require_http_methods(["GET", "HEAD", "POST"])
def show_form(request: HttpRequest) -> HttpResponse:
    """The form (GET), and keeping what was sent (POST)."""
    if request.method == "POST":
        return _keep(request)
    path = request.GET.get("about", "/")
    form = ReportForm(initial={"about": path if _PATH.fullmatch(path) else "/"})
    return _render(request, form, form.initial["about"], 200)


@require_safe
def show_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "timeline/report_thanks.html")


def _keep(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _render(request, form, request.POST.get("about", "/"), 400)
    if not admit("report", find_address(request)):
        return render(request, "timeline/report_later.html", status=429)
    given = form.cleaned_data
    if not given["website"]:
        found = _find_event(given["about"])
        services.add_report(
            event_id=found.pk if found else None,
            path=given["about"],
            text=given["text"],
            source=given["source"],
            contact=given["contact"],
        )
    return redirect("report-thanks")


def _render(request: HttpRequest, form: ReportForm, path: str, status: int) -> HttpResponse:
    context = {"form": form, "path": path, "event": _find_event(path)}
    return render(request, "timeline/report.html", context, status=status)


def _find_event(path: str) -> Any:
    """The public event at a path of this site; None where the path leads to another page."""
    found = _EVENT.fullmatch(path)
    try:
        return events.get_event(found[1]) if found else None
    except NotFound:
        return None
