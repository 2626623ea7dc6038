"""The Celery application, set up by the CELERY_ names of aiwatch/settings.py; tasks live in each app's tasks.py."""

import os

from celery import Celery
from celery.signals import beat_init, before_task_publish, celeryd_init

from aiwatch import broker, embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")

broker.use()
app = Celery("aiwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
@before_task_publish.connect
def _start_queue(**_: object) -> None:
    """Valkey is needed from here on; with the embedded default nobody may have started it yet."""
    embedded.hold()
