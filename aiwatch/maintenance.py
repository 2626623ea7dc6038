"""The page that readers see while the site is worked on, while its database is away, and when something broke."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

RETRY_SECONDS = 300
_FOR_MACHINES = ("/healthz", "/readyz")


class Maintenance:
    """Middleware: while the file `var/maintenance` exists, all pages but those for machines say what it holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        note = settings.MAINTENANCE_NOTE
        if request.path in _FOR_MACHINES or not note.is_file():
            return self._get_response(request)
        return _show(request, note.read_text(errors="replace").strip()[:500])


def show_broken(request: HttpRequest) -> HttpResponse:
    """Instead of an answer that failed: that the database is away (503), or that something broke (500)."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _show(request, "The record is out of reach for the moment.")
    return render(request, "500.html", status=500)


def _show(request: HttpRequest, note: str) -> HttpResponse:
    answer = render(request, "503.html", {"note": note}, status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer
