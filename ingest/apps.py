"""The Django app: from the web to the record."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "ingest"
