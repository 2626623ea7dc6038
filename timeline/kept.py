"""Public answers: made once a version of the record, then sent again from Valkey, or told to be known already.

An answer that `keep` marks depends on the record, on its address and on the headers named, and on nothing else. It is
kept under the record's version (`queries.version`), which is read before anything that goes into it: what it says is as
new as that version or newer, and as soon as a change is committed, nobody asks for the older version again.

Editors who are signed in and answers that are personal go past all this: a session, a cookie that is set, a form's
token. So do answers other than 200, what says no-store, streams (which still have a tag), everything while the site is
closed for work, and everything where ANSWERS_MEGABYTES is 0.

What is kept is what was sent, with the headers of all other middlewares, so that nothing has to be added to it:
`find_ready` needs no more than the WSGI environment, and `Door` asks it before Django begins.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from corsheaders.middleware import CorsMiddleware
from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers

from timeline.answers import Answer, find_answers
from timeline.asked import Asked, Environ, find_mark, is_somebody, name_asked
from timeline.queries.version import let_go, trust_connection

_ASKED = "timeline.asked"  # in the environment: what the door found out already
# Told to one reader alone.
_NOT_KEPT = ("RateLimit", "RateLimit-Policy")
_Site = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Door:
    """The WSGI application before Django's: answers what is ready, and lets the rest in."""

    def __init__(self, site: _Site) -> None:
        self._site = site

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        ready = self._find(environ)
        if ready is None:
            return self._site(environ, start_response)
        start_response("200 OK" if ready.status == 200 else "304 Not Modified", list(ready.headers.items()))
        return (ready.body,)

    def _find(self, environ: dict[str, Any]) -> Answer | None:
        try:
            asked = ask(environ, get_path_info(environ))
        except Error:
            return None  # Django says so
        if asked is None:
            return None
        ready = find_ready(asked, environ)
        if ready is None:
            environ[_ASKED] = asked
        else:
            let_go()
        return ready


class KeptAnswers:
    """Middleware, before all others: it keeps what they made of an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._tell_known = CorsMiddleware(_tell_known)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get(_ASKED)
        if asked is not None:
            trust_connection()
        else:
            asked = ask(request.META, request.path_info)
        if asked is None:
            return self._answer_anew(request)
        request.asked = asked  # type: ignore[attr-defined]
        return self._answer(request, asked)

    def _answer_anew(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        if settings.ANSWERS_MEGABYTES and find_mark(request.META, request.path_info) and is_somebody(request.META):
            patch_cache_control(answer, private=True, no_cache=True)
        return answer

    def _answer(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        if _is_known(asked, request.META):
            return self._tell_known(request)  # type: ignore[return-value]  # it is not asynchronous
        ready = find_ready(asked, request.META)
        if ready is not None:
            return HttpResponse(ready.body, status=ready.status, headers=ready.headers)
        answer = self._get_response(request)
        if not _is_not_kept(answer):
            _label(answer, asked)
            if isinstance(answer, HttpResponse) and request.method == "GET":
                _add(asked, answer)
        return answer


def ask(environ: Environ, path: str) -> Asked | None:
    """What is asked for; None where no answer to it is kept."""
    mark = find_mark(environ, path) if settings.ANSWERS_MEGABYTES else None
    if mark is None or is_somebody(environ) or os.path.exists(settings.MAINTENANCE_NOTE):  # noqa: PTH110  (a third of the time)
        return None
    return name_asked(environ, path, mark)


def find_ready(asked: Asked, environ: Environ) -> Answer | None:
    """What can be sent at once. Whoever knows the answer already and asks for a page of another site is told later."""
    if _is_known(asked, environ):
        return None if "HTTP_ORIGIN" in environ else Answer(304, asked.label, b"")
    kept = find_answers().get(asked.name)
    if kept is not None and environ["REQUEST_METHOD"] == "HEAD":
        return Answer(kept.status, kept.headers, b"")
    return kept


def _is_known(asked: Asked, environ: Environ) -> bool:
    return asked.name in environ.get("HTTP_IF_NONE_MATCH", "")


def _tell_known(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotModified(headers=request.asked.label)  # type: ignore[attr-defined]


def _is_not_kept(answer: HttpResponseBase) -> bool:
    personal = answer.cookies or "cookie" in answer.get("Vary", "").lower()
    return bool(answer.status_code != 200 or personal or "no-store" in answer.get("Cache-Control", ""))


def _add(asked: Asked, answer: HttpResponse) -> None:
    headers = {name: value for name, value in answer.items() if name not in _NOT_KEPT}
    headers.setdefault("Content-Length", str(len(answer.content)))
    find_answers().add(asked.version, asked.name, Answer(answer.status_code, headers, answer.content))


def _label(answer: HttpResponseBase, asked: Asked) -> None:
    for name, value in asked.label.items():
        if name == "Vary":
            patch_vary_headers(answer, value.split(", "))
        else:
            answer[name] = value
