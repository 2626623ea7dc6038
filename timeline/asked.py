"""What a request asks for: a name that stands for the record's version, the address and all else an answer depends on.

Read from the WSGI environment, before Django makes a request of it: most requests are answered from it alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve

from timeline.queries.version import get_version

_View = TypeVar("_View", bound=Callable[..., Any])
Environ = Mapping[str, Any]
_OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")  # whoever sends one of them is somebody
_CODE = ("templates", "timeline", "aiwatch", "requirements.txt")  # what answers are made by
_REFUSED = r"(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))"
_PACKINGS = {name: re.compile(rf"\b{name}\b{_REFUSED}") for name in ("br", "gzip")}  # the better one first


def keep(view: _View, *, vary: Iterable[str] = ()) -> _View:
    """Mark a view whose answers depend on the record and their address alone, and on the request headers named."""
    view.kept_by = tuple(vary)  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True, slots=True)
class Mark:
    """What a kept answer depends on: keys of the environment, whether pages of other sites may read it, `Vary`."""

    keys: tuple[str, ...]
    shared: bool
    vary: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, at one version of the record. `name` stands for all of it; `packing` is br, gzip or ""."""

    version: int
    name: str
    packing: str
    vary: str

    @property
    def label(self) -> dict[str, str]:
        """What lets browsers and proxies keep the answer, and ask each time whether it still holds."""
        age = f"s-maxage={settings.PROXY_SECONDS}" if settings.PROXY_SECONDS else "no-cache"
        return {"ETag": f'W/"{self.name}"', "Cache-Control": f"public, max-age=0, {age}", "Vary": self.vary}


def find_mark(environ: Environ, path: str) -> Mark | None:
    """What the asked answer depends on; None where it may not be kept. `path` as `HttpRequest.path_info`."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    return _find_mark(settings.ROOT_URLCONF, path)


def is_somebody(environ: Environ) -> bool:
    """Whether the answer may be for this reader alone. A cookie that is only called alike counts too."""
    if "HTTP_AUTHORIZATION" in environ:
        return True
    cookies = environ.get("HTTP_COOKIE")
    return cookies is not None and any(name in cookies for name in _OWN_COOKIES)


def name_asked(environ: Environ, path: str, mark: Mark) -> Asked:
    """Name the answer to a request: a digest of all on which it depends.

    The record's version is part of the name, and is asked of PostgreSQL here, before anything else is read. So what
    goes into the answer is never older than its name says.

    Args:
        environ: of the request.
        path: as `HttpRequest.path_info`.
        mark: what answers at this path depend on.
    """
    version, packing = get_version(), find_packing(environ)
    get = environ.get
    scheme = settings.SECURE_PROXY_SSL_HEADER and get(settings.SECURE_PROXY_SSL_HEADER[0])
    shared = mark.shared and "HTTP_ORIGIN" in environ
    host = get("HTTP_HOST") or get("SERVER_NAME")
    text = f"{version}\n{_find_release()}\n{environ['wsgi.url_scheme']}\n{scheme}\n{host}\n{get('SERVER_PORT')}\n"
    for key in mark.keys:
        text += f"{get(key)}\n"
    # The path comes last: it alone can hold the end of a line.
    text += f"{packing}\n{shared}\n{get('QUERY_STRING')}\n{get('SCRIPT_NAME')}\n{path}"
    name = blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()
    return Asked(version, name, packing, mark.vary)


def find_packing(environ: Environ) -> str:
    """How the reader takes bodies packed: br, gzip, or "" for not at all."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name, pattern in _PACKINGS.items() if pattern.search(accepted)), "")


@lru_cache(maxsize=4096)
def _find_mark(urls: str, path: str) -> Mark | None:
    try:
        names = getattr(resolve(path, urls).func, "kept_by", None)
    except Resolver404:
        return None
    if names is None:
        return None
    shared = re.match(settings.CORS_URLS_REGEX, path) is not None
    vary = ", ".join(("Accept-Encoding", *names, *(("origin",) if shared else ())))
    return Mark(tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in names), shared, vary)


@cache
def _find_release() -> str:
    """A digest of what answers are made by besides the record, so that a new release answers anew."""
    digest = blake2b(f"{settings.SITE_URL} {settings.PROXY_SECONDS} {settings.WEBSUB_HUB}".encode(), digest_size=8)
    for name in _CODE:
        path = Path(settings.BASE_DIR) / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".html", ".jinja", ".xml", ".txt", ".json"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
