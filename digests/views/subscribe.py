"""Subscribing: what it would bring, the form, the confirmation."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from digests import guard
from digests.clients import sees_outbox
from digests.composing import MAIL_POLICY, Composer
from digests.errors import Refused
from digests.forecast import Forecast, make_forecast, refuse_flood
from digests.forms import SubscribeForm, WishForm
from digests.links import make_link
from digests.models import Subscription
from digests.services import subscriptions
from digests.services.subscriptions import Wish
from digests.tasks import send
from digests.tokens import Purpose
from digests.views.common import token_page
from digests.wording import describe_filter, describe_query, describe_schedule, write_filter
from timeline.errors import InvalidFilter
from timeline.filters import parse_filter
from visitors.clients import find_address

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def show_subscribe(request: HttpRequest) -> HttpResponse:
    """What a subscription would bring (GET), and subscribing (POST), which answers every address alike."""
    if request.method == "POST":
        return _show_wish(request) if "show" in request.POST else _subscribe(request)
    form = WishForm(_read_wish(request.GET))
    context: dict[str, Any] = {"form": form, "subscribe_form": SubscribeForm(form.data)}
    if form.is_valid():
        context |= _foresee(form.to_wish())
    return render(request, "digests/subscribe.html", context, status=200 if form.is_valid() else 400)


def _show_wish(request: HttpRequest) -> HttpResponse:
    """To the address of what the form wishes for, which holds nothing else of it."""
    wish = {name: request.POST.get(name, "") for name in WishForm.base_fields}
    return redirect(f"{reverse('subscribe')}?{urlencode(wish)}")


def _subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return render(request, "digests/subscribe.html", {"form": form, "subscribe_form": form}, status=400)
    address = find_address(request)
    if not guard.admit(address):
        return render(request, "digests/too_many.html", status=429)
    if not form.is_trapped:
        wish, now = form.to_wish(), timezone.now()
        try:
            refuse_flood(make_forecast(wish.asked, wish.schedule, now), wish.schedule)
        except Refused as refusal:
            context = {"form": form, "subscribe_form": form, "refusal": refusal}
            return render(request, "digests/subscribe.html", context, status=400)
        subscriptions.subscribe(email=form.cleaned_data["email"], wish=wish, now=now, address=address)
        _nudge()
    return redirect("digests-asked")


@require_safe
def show_asked(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "digests/asked.html", {"outbox": sees_outbox(request)})


@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)
def show_sample(request: HttpRequest) -> HttpResponse:
    """The last mail that a wish would have brought, as it would look."""
    form = WishForm(_read_wish(request.GET))
    if not form.is_valid():
        return HttpResponse("", status=400)
    wish = form.to_wish()
    forecast = make_forecast(wish.asked, wish.schedule, timezone.now())
    if not forecast.mails:
        return HttpResponse("", status=404)
    window, choice = forecast.mails[-1]
    query = wish.asked.to_query_string()
    words = Composer().compose(
        choice, day=window.date(), rhythm=wish.schedule.rhythm, query=query, language=wish.language
    )
    page = request.build_absolute_uri(request.get_full_path())
    links = {"manage": page, "unsubscribe": page, "read": page}
    return HttpResponse(words.fill({"address": "you@example.org", **links}).html)


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button; pressing it confirms. Programs that open every link of a mail press no buttons."""
    row = subscriptions.find_by_token(Purpose.CONFIRM, token)
    if request.method == "POST":
        subscriptions.confirm(subscription_id=row.pk, now=timezone.now(), address=find_address(request))
        row.refresh_from_db()
    context = {"row": row, "manage": make_link(Purpose.MANAGE, row), **_describe(row)}
    return render(request, "digests/confirm_page.html", context)


def _describe(row: Subscription) -> dict[str, str]:
    return {"what": describe_query(row.query), "when": describe_schedule(row.schedule)}


def _foresee(wish: Wish) -> dict[str, Any]:
    forecast: Forecast = make_forecast(wish.asked, wish.schedule, timezone.now())
    context: dict[str, Any] = {
        "forecast": forecast,
        "what": describe_filter(wish.asked),
        "when": describe_schedule(wish.schedule),
    }
    try:
        refuse_flood(forecast, wish.schedule)
    except Refused as refusal:
        context["refusal"] = refusal
    return context


def _read_wish(query: QueryDict) -> QueryDict:
    """The values of a WishForm: from itself, or from the query string of the view that one comes from."""
    values = QueryDict(mutable=True)
    for name, field in WishForm.base_fields.items():
        values[name] = query.get(name, field.initial if field.initial is not None else "")
    if "what" not in query:
        try:
            values["what"] = write_filter(parse_filter(query, beside=(*WishForm.base_fields, "cursor")))
        except InvalidFilter:
            values["what"] = ""  # not worth an error: the page shows what it will be
    return values


def _nudge() -> None:
    """Have waiting mails sent now; where the queue is down, the next sweep does it."""
    try:
        send.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("the queue is down, mails wait for the next sweep: %s", error)
