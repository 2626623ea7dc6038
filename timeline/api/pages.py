"""Pages about the data: Swagger UI and Redoc, from files of this site under its own policy, and the dumps."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe

from timeline.dumps import CHECKSUMS, MANIFEST, list_dumps, read_dump
from timeline.public import public_page

_TYPES = {".gz": "application/gzip", ".json": "application/json", ".yaml": "application/yaml"}


# Both write styles into the page as they draw it; scripts are only those of this site, as everywhere.
@csp_update({"style-src": ["'self'", "'unsafe-inline'"], "worker-src": ["'self'", "blob:"]})
@public_page
def show_swagger(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters, to try out."""
    return render(request, "timeline/swagger.html")


@csp_update({"style-src": ["'self'", "'unsafe-inline'"], "worker-src": ["'self'", "blob:"]})
@public_page
def show_redoc(request: HttpRequest) -> HttpResponse:
    """The whole description on one page."""
    return render(request, "timeline/redoc.html")


@require_safe
def show_dumps(request: HttpRequest) -> HttpResponse:
    """The dumps that there are, the newest first."""
    return render(request, "timeline/dumps.html", {"dumps": list_dumps(settings.DUMPS_ROOT)})


@require_safe
def show_latest_dump(request: HttpRequest, name: str) -> HttpResponse:
    """Leads to a file of the newest dump."""
    dumps = list_dumps(settings.DUMPS_ROOT)
    if not dumps:
        raise Http404(name)
    return redirect("dump-file", dumps[0].day, name)


def _find_digest(request: HttpRequest, day: str, name: str) -> str | None:
    return next((f'"{file.sha256}"' for file in _find_files(day) if file.name == name), None)


@require_safe
@condition(etag_func=_find_digest)
def send_dump_file(request: HttpRequest, day: str, name: str) -> Any:
    """A file of a dump. It never changes, but where the day's dump is written again."""
    names = [*(file.name for file in _find_files(day)), MANIFEST, CHECKSUMS]
    if name not in names:
        raise Http404(name)
    path = settings.DUMPS_ROOT / day / name
    kind = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
    return FileResponse(path.open("rb"), content_type=kind, as_attachment=path.suffix == ".gz", filename=name)


def _find_files(day: str) -> tuple[Any, ...]:
    try:
        return read_dump(settings.DUMPS_ROOT, day).files
    except FileNotFoundError:
        raise Http404(day) from None
