"""Who may sit at the desk, and what all its pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from timeline.errors import InvalidFilter, InvalidRecord, NotFound
from timeline.queries import desk

_View = Callable[..., HttpResponse]


def desk_page(view: _View) -> Callable[..., HttpResponseBase]:
    """A page for those who may change events; others are asked to sign in. Nothing of it is kept by caches."""

    @never_cache
    @login_required(login_url="desk-login")
    @permission_required("timeline.change_event", raise_exception=True)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error
        except InvalidFilter as error:
            return render(request, "400.html", {"problems": error.problems}, status=400)

    return answer


def editor_of(request: HttpRequest) -> str:
    """Who the signed-in editor is, in `by` fields."""
    return f"editor {request.user.get_username()}"


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the desk, with how much waits in its navigation."""
    return render(request, f"desk/{template}", {"waiting": desk.count_waiting(), **context}, status=status)


def act(request: HttpRequest, event_id: int, done: str, do: Callable[[], object]) -> bool:
    """Do something to an event and say so, with a way back; or say why it cannot be done. Returns whether it was."""
    before = desk.find_last_change(event_id)
    try:
        do()
    except InvalidRecord as error:
        messages.error(request, str(error))
        return False
    last = desk.find_last_change(event_id)
    messages.success(request, done, extra_tags=f"undo {last}" if last != before else "")
    return True
