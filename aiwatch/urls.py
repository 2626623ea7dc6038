"""Addresses of the site: the record at the root, the editors' admin, and two questions for machines that watch it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from aiwatch import health

handler500 = "aiwatch.maintenance.show_broken"
urlpatterns = [
    path("", include("timeline.urls")),  # first: they are asked most often
    path("healthz", health.show_alive, name="healthz"),
    path("readyz", health.show_ready, name="readyz"),
    path("admin/login/", RedirectView.as_view(pattern_name="desk-login", query_string=True)),  # one door for both
    path("admin/", admin.site.urls),
    path("", include("digests.urls")),
    path("", include("ingest.urls")),
]
