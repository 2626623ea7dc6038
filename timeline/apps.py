"""The Django app: the record."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"
