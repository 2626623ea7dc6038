"""A reader's own page, leaving, and everything kept about a subscription."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from digests.errors import DeletedToken, Refused
from digests.forecast import make_forecast, refuse_flood
from digests.forms import WishForm, fill_in
from digests.links import make_link
from digests.models import Delivery, Subscription
from digests.services import subscriptions
from digests.tokens import Purpose
from digests.views.common import token_page
from digests.wording import describe_query, describe_schedule, read_query_or_all

_SHOWN = 50  # mails on the page


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_manage(request: HttpRequest, token: str) -> HttpResponse:
    """What is sent, when, and what was; a form to change it, and buttons to pause, leave and delete."""
    row = subscriptions.find_by_token(Purpose.MANAGE, token)
    if request.method == "POST":
        return _act(request, row, token)
    return _render(request, row, WishForm(initial=fill_in(row, read_query_or_all(row.query))))


def _act(request: HttpRequest, row: Subscription, token: str) -> HttpResponse:
    now, action = timezone.now(), request.POST.get("action", "save")
    if action == "save":
        return _save(request, row, token)
    if action == "pause":
        subscriptions.pause(subscription_id=row.pk, now=now)
    elif action == "resume":
        subscriptions.resume(subscription_id=row.pk, now=now)
    elif action == "leave":
        subscriptions.unsubscribe(subscription_id=row.pk, now=now, how="page")
    elif action == "delete":
        subscriptions.delete(subscription_id=row.pk)
        return render(request, "digests/deleted.html")
    return redirect("digests-manage", token)


def _save(request: HttpRequest, row: Subscription, token: str) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        return _render(request, row, form, status=400)
    wish, now = form.to_wish(), timezone.now()
    try:
        refuse_flood(make_forecast(wish.asked, wish.schedule, now), wish.schedule)
        subscriptions.change(subscription_id=row.pk, wish=wish, now=now)
    except Refused as refusal:
        form.add_error("rhythm", str(refusal))
    except IntegrityError:
        form.add_error("what", "You have another subscription with this filter.")
    if form.errors:
        return _render(request, row, form, status=400)
    return redirect("digests-manage", token)


def _render(request: HttpRequest, row: Subscription, form: WishForm, status: int = 200) -> HttpResponse:
    past = row.deliveries.order_by("-window_at")[:_SHOWN]
    others = Subscription.objects.of_address(row.email).exclude(pk=row.pk).order_by("pk")
    context = {
        "row": row,
        "form": form,
        "what": describe_query(row.query),
        "when": describe_schedule(row.schedule),
        "others": [(describe_query(other.query), other, make_link(Purpose.MANAGE, other)) for other in others],
        "mails": [(mail, make_link(Purpose.READ, mail)) for mail in past],
        "download": make_download_path(request),
    }
    return render(request, "digests/manage.html", context, status=status)


def make_download_path(request: HttpRequest) -> str:
    """The address of everything kept, beside the page itself."""
    return f"{request.path}data.json"


@token_page
@require_safe
def download(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is kept about the address of a subscription, as JSON."""
    row = subscriptions.find_by_token(Purpose.MANAGE, token)
    rows = Subscription.objects.of_address(row.email).order_by("pk")
    kept = {"address": row.email, "subscriptions": [_export(row) for row in rows]}
    response = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="aiwatch-subscription.json"'
    return response


def _export(row: Subscription) -> dict[str, Any]:
    fields = [field.name for field in Subscription._meta.concrete_fields if field.name not in ("id", "key")]
    mails = [field.name for field in Delivery._meta.concrete_fields if field.name not in ("id", "key", "subscription")]
    kept: dict[str, Any] = {name: getattr(row, name) for name in fields}
    return kept | {"mails": list(row.deliveries.order_by("window_at").values(*mails))}


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A button (GET); leaving (POST), by a person or by a mail provider (RFC 8058): no redirect, no cookie."""
    try:
        row = subscriptions.find_by_token(Purpose.UNSUBSCRIBE, token)
    except DeletedToken:
        return render(request, "digests/deleted.html")
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        subscriptions.unsubscribe(subscription_id=row.pk, now=timezone.now(), how="one-click" if one_click else "page")
        row.refresh_from_db()
    context = {
        "row": row,
        "what": describe_query(row.query),
        "manage": make_link(Purpose.MANAGE, row),
    }
    return render(request, "digests/unsubscribe.html", context)
