"""Errors of the API as RFC 9457 problem details."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from timeline.errors import InvalidFilter, NotFound
from timeline.queries.history import HistoryEntry

MEDIA_TYPE = "application/problem+json"

TITLES = {
    "invalid-parameters": "The query string means nothing here",
    "invalid-key": "The key is not known",
    "not-found": "There is nothing at this address",
    "withdrawn": "The entry was taken off the record",
    "method-not-allowed": "The API is read only",
    "not-acceptable": "The API answers in JSON",
    "too-many-requests": "Too many requests",
    "error": "The request cannot be answered",
}
_CODES = {
    401: "invalid-key",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    410: "withdrawn",
    429: "too-many-requests",
}


class InvalidKey(APIException):
    """The key that a request brings is not known, or was revoked."""

    status_code = status.HTTP_401_UNAUTHORIZED
    default_detail = "No key is like this one, or it was revoked. Without one the API answers too, with lower limits."


class Withdrawn(APIException):
    """The event was public and is no longer."""

    status_code = status.HTTP_410_GONE

    def __init__(self, change: HistoryEntry) -> None:
        """`change` is the one that withdrew it."""
        because = f" The reason: {change.reason}" if change.reason else ""
        super().__init__(f"It was withdrawn on {change.at.date()} and no longer holds.{because}")


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem that an expected error is; None for others, which Django reports as its own fault."""
    if isinstance(error, InvalidFilter):
        return _make_problem("invalid-parameters", status.HTTP_400_BAD_REQUEST, str(error), parameters=error.problems)
    if isinstance(error, NotFound | Http404):
        return _make_problem("not-found", status.HTTP_404_NOT_FOUND, f"Nothing by this name is public: {error}")
    if isinstance(error, APIException):
        problem = _make_problem(_CODES.get(error.status_code, "error"), error.status_code, str(error.detail))
        wait = getattr(error, "wait", None)  # seconds, of a request too many
        if wait is not None:
            problem["Retry-After"] = str(max(1, ceil(wait)))
        if isinstance(error, InvalidKey):
            problem["WWW-Authenticate"] = "Bearer"
        return problem
    return None


def _make_problem(code: str, number: int, detail: str, **more: Any) -> Response:
    """A problem; `type` names its kind for good, the rest tells of this one."""
    where = reverse("about-api")
    body = {
        "type": f"{settings.SITE_URL}{where}#{code}",
        "title": TITLES[code],
        "status": number,
        "code": code,
        "detail": detail,
        **more,
    }
    return Response(body, status=number, content_type=MEDIA_TYPE)
