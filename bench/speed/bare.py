"""A Django site that does nothing but send bytes it was given: no middleware, no database. The floor of a page.

BARE_FOLDER holds a file for each answer; /3 sends the third.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])

_BODIES = [file.read_bytes() for file in sorted(Path(os.environ["BARE_FOLDER"]).iterdir(), key=lambda f: int(f.name))]


def send(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes of that number."""
    return HttpResponse(_BODIES[number], headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})


urlpatterns = [path("<int:number>", send)]
application = get_wsgi_application()
