"""aiwatch, the wiring: settings, addresses, the embedded servers, the queue."""

from aiwatch.celery import app as celery_app

__all__ = ["celery_app"]
