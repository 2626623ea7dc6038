"""The editors' desk: Django's admin with the proposals first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

_APPS = ("timeline", "ingest", "digests")


class Desk(AdminSite):
    """The admin site of this project."""

    site_header = "aiwatch: the editors' desk"
    site_title = "aiwatch"
    index_title = "Proposals first"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The apps with the record's first in them, and in that the proposals."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: model["object_name"] != "Proposal")
        return sorted(apps, key=lambda app: _APPS.index(app["app_label"]) if app["app_label"] in _APPS else len(_APPS))


class DeskConfig(AdminConfig):
    """Makes `Desk` the default admin site."""

    default_site = "aiwatch.desk.Desk"
