"""Bodies made smaller for the way: br or gzip, as the reader takes them.

Public answers are the same for everybody and hold no secret, so they need no random padding. Measured on 103 kB of the
API's JSON: Django's gzip 1.9 ms for 24.1 kB, br of quality 3 0.6 ms for 24.2 kB, gzip by isal 0.2 ms for 26.7 kB,
and on a level lower half of that for 2 % more.
"""

from __future__ import annotations

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from isal import igzip

from timeline.asked import find_mark, find_packing, is_somebody

LEAST = 200  # bytes
_QUALITY = 3  # of br: 0 to 11
_LEVEL = 2  # of gzip by isal: 0 to 3


class Compress(GZipMiddleware):
    """Middleware: packs public answers as their reader likes best, and all others as Django does."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, packed where it is long enough and its reader takes that."""
        if not isinstance(response, HttpResponse) or not _is_public(request, response):
            return super().process_response(request, response)
        body, packing = response.content, find_packing(request.META)
        if packing and len(body) >= LEAST and not response.has_header("Content-Encoding"):
            packed = pack(body, packing)
            if len(packed) < len(body):  # a picture is packed already
                response.content = packed
                response["Content-Encoding"] = packing
                response["Content-Length"] = str(len(packed))
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 200 or response.cookies:
        return False
    return find_mark(request.META, request.path_info) is not None and not is_somebody(request.META)


def pack(body: bytes, packing: str) -> bytes:
    """The body in br or gzip."""
    if packing == "br":
        return bytes(brotli.compress(body, quality=_QUALITY))
    return igzip.compress(body, _LEVEL)
