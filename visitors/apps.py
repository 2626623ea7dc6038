"""Who asks, and how often they may."""

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "visitors"
