"""Keys of the API: asking for one, and the page of one's own."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from digests import guard
from digests.clients import sees_outbox
from digests.errors import DeletedToken
from digests.forms import AddressForm
from digests.tasks import send
from digests.tokens import Purpose, read_token
from digests.views.common import token_page
from visitors import keys, limits
from visitors.clients import find_address
from visitors.models import ApiKey

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def show_ask(request: HttpRequest) -> HttpResponse:
    """What a key is good for, and asking for one. The answer is the same for every address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "windows": limits.list_windows(keyed=True)}
        return render(request, "digests/key_ask.html", context, status=400 if form.is_bound else 200)
    if not guard.admit(find_address(request)):
        return render(request, "digests/too_many.html", status=429)
    if not form.is_trapped:
        keys.ask_for_key(email=form.cleaned_data["email"], now=timezone.now())
        _nudge()
    return redirect("api-key-asked")


@require_safe
def show_asked(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "digests/key_asked.html", {"outbox": sees_outbox(request)})


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_key(request: HttpRequest, token: str) -> HttpResponse:
    """The state and use of a key, and buttons to make, replace and revoke it. It is shown once, when it is made."""
    row = ApiKey.objects.filter(key=read_token(Purpose.KEY, token)).first()
    if row is None:
        raise DeletedToken("No key was made with this link within three days. Ask for a new link.")
    secret = ""
    if request.method == "POST":
        if request.POST.get("action") == "revoke":
            keys.revoke_key(key_id=row.pk, now=timezone.now())
            return redirect("api-key", token)
        secret = keys.make_key(key_id=row.pk, now=timezone.now())
        row.refresh_from_db()
    context = {
        "row": row,
        "secret": secret,
        "usage": limits.list_usage(row.pk, timezone.now().date()),
        "windows": limits.list_windows(keyed=True),
    }
    return render(request, "digests/key_page.html", context)


def _nudge() -> None:
    """Have waiting mails sent now; where the queue is down, the next sweep does it."""
    try:
        send.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("the queue is down, mails wait for the next sweep: %s", error)
