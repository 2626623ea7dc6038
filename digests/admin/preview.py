"""Any digest for any date: what a filter and a rhythm tell on that day, judged as the forecast judges it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from digests.choosing import Choice
from digests.composing import MAIL_POLICY, Composer
from digests.forecast import make_forecast
from digests.forms import WishForm, fill_in
from digests.models import Subscription
from digests.wording import read_query_or_all

_WEEKS: Final = 10  # looked back from the day: a month's news, and what was told before that may be put right
_Mails = list[tuple[datetime, Choice]]


class PreviewForm(WishForm):
    """What, how often and when, and the day in that time zone."""

    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))


def make_preview_path(row: Subscription) -> str:
    """The address of the preview of a subscription's digest of today."""
    query = QueryDict(mutable=True)
    query.update({**fill_in(row, read_query_or_all(row.query)), "on": timezone.now().date().isoformat()})
    return f"{reverse('admin:digests_preview')}?{query.urlencode()}"


@require_safe
def show_preview(request: HttpRequest) -> HttpResponse:
    """The form, and the mails of the day."""
    initial = {name: field.initial for name, field in WishForm.base_fields.items()} | {"on": timezone.now().date()}
    form = PreviewForm(request.GET if "on" in request.GET else {**initial, "what": request.GET.get("what", "")})
    mails = list_mails(form) if form.is_valid() else []
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": "Preview of a digest",
        "form": form,
        "mails": [(window, len(choice.event_ids), len(choice.change_ids)) for window, choice in mails],
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "digests/preview.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]  # its type has room for no argument but the request
def show_preview_mail(request: HttpRequest, number: int) -> HttpResponse:
    """One of the mails of the day, as it looks."""
    form = PreviewForm(request.GET)
    mails = list_mails(form) if form.is_valid() else []
    if number >= len(mails):
        raise Http404("There is no such mail.")
    wish, (_, choice) = form.to_wish(), mails[number]
    words = Composer().compose(
        choice,
        day=form.cleaned_data["on"],
        rhythm=wish.schedule.rhythm,
        query=wish.asked.to_query_string(),
        language=wish.language,
    )
    return HttpResponse(words.fill({"address": "you@example.org", "manage": "#", "unsubscribe": "#", "read": "#"}).html)


def list_mails(form: PreviewForm) -> _Mails:
    """The mails of the day of a form that is valid: one at the most, but for "at once"."""
    wish, day = form.to_wish(), form.cleaned_data["on"]
    zone = ZoneInfo(wish.schedule.zone)
    end = _end_day(day, zone)
    forecast = make_forecast(wish.asked, wish.schedule, end, weeks=_WEEKS)
    return [(window, choice) for window, choice in forecast.mails if window.astimezone(zone).date() == day]


def _end_day(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
