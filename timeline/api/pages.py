"""Pages about the API: Swagger UI and Redoc, from files of this site, under its own policy of what a page may load."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.public import public_page


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
