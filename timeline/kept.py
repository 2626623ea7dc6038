"""Public answers: made once a version of the record, then sent again from Valkey, or told to be known already.

An answer that `keep` marks depends on the record, on its address and on the headers named, and on nothing else. It is
kept under the record's version (`queries.version`), which is read before anything that goes into it: what it says is as
new as that version or newer, and as soon as a change is committed, nobody asks for the older version again.

Editors who are signed in and answers that are personal go past all this: a session, a cookie that is set, a form's
token. So do answers other than 200, what says no-store, streams (which still have a tag), and everything where
ANSWERS_MEGABYTES is 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control, patch_vary_headers

from timeline.answers import Answer, find_answers
from timeline.queries.version import get_version

_View = TypeVar("_View", bound=Callable[..., Any])
_GZIP = re.compile(r"\bgzip\b")
_OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")  # whoever sends one of them is somebody
_CODE = ("templates", "timeline", "aiwatch", "requirements.txt")  # what answers are made by
# Told to one reader alone.
_NOT_KEPT = ("RateLimit", "RateLimit-Policy")


def keep(view: _View, *, vary: Iterable[str] = ()) -> _View:
    """Mark a view whose answers depend on the record and their address alone, and on the request headers named."""
    view.kept_by = tuple(vary)  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, at one version of the record. `name` stands for all of it."""

    version: int
    name: str
    vary: tuple[str, ...]

    @property
    def label(self) -> dict[str, str]:
        """What lets browsers and proxies keep the answer, and ask each time whether it still holds."""
        age = f"s-maxage={settings.PROXY_SECONDS}" if settings.PROXY_SECONDS else "no-cache"
        vary = ", ".join(("Accept-Encoding", *self.vary))
        return {"ETag": f'W/"{self.name}"', "Cache-Control": f"public, max-age=0, {age}", "Vary": vary}


class KeptAnswers:
    """Middleware. It stands before the compressing one: what is kept is compressed already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        vary = _find_vary(request)
        if vary is None:
            return self._get_response(request)
        if _is_somebody(request):
            answer = self._get_response(request)
            patch_cache_control(answer, private=True, no_cache=True)
            return answer
        return self._answer(request, _name(request, vary))

    def _answer(self, request: HttpRequest, asked: _Asked) -> HttpResponseBase:
        if asked.name in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return HttpResponseNotModified(headers=asked.label)
        kept = find_answers().get(asked.name)
        if kept is not None:
            body = b"" if request.method == "HEAD" else kept.body
            return HttpResponse(body, status=kept.status, headers=kept.headers)
        answer = self._get_response(request)
        if _is_not_kept(answer):
            return answer
        _label(answer, asked)
        if isinstance(answer, HttpResponse) and request.method == "GET":
            headers = {name: value for name, value in answer.items() if name not in _NOT_KEPT}
            find_answers().add(asked.version, asked.name, Answer(answer.status_code, headers, answer.content))
        return answer


def _find_vary(request: HttpRequest) -> tuple[str, ...] | None:
    """The headers on which the asked answer depends; None where it is none that is kept."""
    if request.method not in ("GET", "HEAD") or not settings.ANSWERS_MEGABYTES:
        return None
    return _find_mark(settings.ROOT_URLCONF, request.path_info)


@lru_cache(maxsize=4096)
def _find_mark(urls: str, path: str) -> tuple[str, ...] | None:
    try:
        return getattr(resolve(path, urls).func, "kept_by", None)
    except Resolver404:
        return None


def _is_not_kept(answer: HttpResponseBase) -> bool:
    personal = answer.cookies or "cookie" in answer.get("Vary", "").lower()
    return bool(answer.status_code != 200 or personal or "no-store" in answer.get("Cache-Control", ""))


def _is_somebody(request: HttpRequest) -> bool:
    if "HTTP_AUTHORIZATION" in request.META:
        return True
    return "HTTP_COOKIE" in request.META and any(name in request.COOKIES for name in _OWN_COOKIES)


def _name(request: HttpRequest, vary: tuple[str, ...]) -> _Asked:
    """A name for the record's version, the code, the address and the headers: another for each answer."""
    version = get_version()
    try:
        host = request.get_host()
    except DisallowedHost:
        host = ""  # refused below, and what is refused is not kept
    packed = "gzip" if _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    parts = [version, _find_release(), request.scheme, host, request.path, request.META.get("QUERY_STRING", ""), packed]
    text = "\n".join(map(str, [*parts, *(request.headers.get(name, "") for name in vary)] if vary else parts))
    return _Asked(version, blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest(), vary)


def _label(answer: HttpResponseBase, asked: _Asked) -> None:
    for name, value in asked.label.items():
        if name == "Vary":
            patch_vary_headers(answer, value.split(", "))
        else:
            answer[name] = value


@cache
def _find_release() -> str:
    """A digest of what answers are made by besides the record, so that a new release answers anew."""
    digest = blake2b(f"{settings.SITE_URL} {settings.PROXY_SECONDS}".encode(), digest_size=8)
    for name in _CODE:
        path = Path(settings.BASE_DIR) / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".html", ".xml", ".txt", ".json"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
