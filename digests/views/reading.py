"""A mail on the web, and the mails that were written to files."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from digests import mailbox
from digests.clients import sees_outbox
from digests.composing import MAIL_POLICY, Composer
from digests.emails import write_digest
from digests.errors import DeletedToken
from digests.models import Delivery
from digests.tokens import Purpose, read_token
from digests.views.common import token_page


@token_page
@require_safe
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]  # its type has room for no argument but the request
def show_mail(request: HttpRequest, token: str) -> HttpResponse:
    """A digest as its reader got it, with what was put right since."""
    mail = Delivery.objects.select_related("subscription").filter(key=read_token(Purpose.READ, token)).first()
    if mail is None:
        raise DeletedToken("This mail was deleted.")
    return HttpResponse(write_digest(mail, Composer()).html)


@never_cache
@require_safe
def show_outbox(request: HttpRequest) -> HttpResponse:
    """For developers: the mails that went to files because no mail server is set."""
    _refuse_strangers(request)
    return render(request, "digests/outbox.html", {"mails": mailbox.list_mails()})


@never_cache
@require_safe
def show_outbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One of them: headers, text, and how it looks."""
    _refuse_strangers(request)
    return render(request, "digests/outbox_mail.html", {"mail": _get_mail(name)})


@never_cache
@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]  # as above
def show_outbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of one of them."""
    _refuse_strangers(request)
    return HttpResponse(_get_mail(name).html)


def _get_mail(name: str) -> mailbox.FiledMail:
    mail = mailbox.get_mail(name)
    if mail is None:
        raise Http404(name)
    return mail


def _refuse_strangers(request: HttpRequest) -> None:
    if not sees_outbox(request):
        raise Http404("There is no such page.")
