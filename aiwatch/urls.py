"""Addresses of the site: the record at the root, the editors' admin, and two questions for machines that watch it."""

from django.contrib import admin
from django.urls import include, path

from aiwatch import health

handler500 = "aiwatch.maintenance.show_broken"
urlpatterns = [
    path("healthz", health.show_alive, name="healthz"),
    path("readyz", health.show_ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("digests.urls")),
    path("", include("ingest.urls")),
    path("", include("timeline.urls")),
]
