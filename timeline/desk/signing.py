"""Signing in: for the desk and for the admin, and not as often as one who guesses passwords would like."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visitors.clients import find_address
from visitors.forms import admit


class SignIn(LoginView):
    """The form, and trying what was sent."""

    template_name = "desk/sign_in.html"
    next_page = "desk"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admit("sign-in", find_address(request)):
            return render(request, "timeline/report_later.html", status=429)
        return super().post(request, *args, **kwargs)
