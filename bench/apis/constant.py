"""A bare Django view that returns constant JSON: no middleware, no database. The floor of an answer.

CONSTANT_FOLDER holds a file for each answer; /name sends that of the name.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="none", MIDDLEWARE=[])  # noqa: S106  (signs nothing)

_BODIES = {file.name: file.read_bytes() for file in Path(os.environ["CONSTANT_FOLDER"]).iterdir()}


def send(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of that name."""
    return HttpResponse(_BODIES[name], content_type="application/json")


urlpatterns = [path("<str:name>", send)]
application = get_wsgi_application()
