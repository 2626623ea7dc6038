"""The policy that pages are sent with: django-csp's, written once where a page changes nothing about it."""

from __future__ import annotations

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

_CHANGES = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")


class Policy(CSPMiddleware):
    """Middleware."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its policy."""
        if hasattr(request, "_csp_nonce") or any(hasattr(response, name) for name in _CHANGES):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _write_policy())
        return response


@cache
def _write_policy() -> str:
    return build_policy()
