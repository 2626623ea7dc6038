"""The Django app: e-mail digests."""

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "digests"
