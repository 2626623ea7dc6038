"""What pages behind signed links have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from digests.errors import BadToken, DeletedToken, ExpiredToken

_View = Callable[..., HttpResponseBase]


def token_page(view: _View) -> Callable[..., HttpResponseBase]:
    """A page whose address is its key: kept from caches, search engines and other sites; wrong keys are explained.

    No CSRF token is asked for: who cannot know the address cannot forge a request to it, and mail providers that
    unsubscribe for their users (RFC 8058) have no cookie.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs: str) -> HttpResponseBase:
        try:
            response: HttpResponseBase = view(request, token, **kwargs)
        except BadToken as error:
            status = 410 if isinstance(error, ExpiredToken | DeletedToken) else 404
            response = render(request, "digests/bad_link.html", {"error": error}, status=status)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer
