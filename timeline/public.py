"""What all public pages and feeds have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.asked import keep
from timeline.errors import InvalidFilter, NotFound
from timeline.queries import events

_View = Callable[..., HttpResponse]


def public_page(view: _View) -> Callable[..., HttpResponseBase]:
    """A page that is only read: what is not there gives 404 and what is near, a senseless query string 400 and why.

    It is kept while the record stays as it is: it may depend on its address and the record, and on nothing else.
    """

    @keep
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            context = {"request_path": request.path, "near": events.list_near(str(error))}
            return render(request, "404.html", context, status=404)
        except InvalidFilter as error:
            typed = request.GET.get("q", "")  # stays in the search box, to be put right
            asked = {"q": typed if typed.isprintable() else ""}
            return render(request, "400.html", {"problems": error.problems, "asked": asked}, status=400)

    return answer
