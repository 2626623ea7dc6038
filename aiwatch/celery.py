"""The Celery application. Its settings are the CELERY_ ones of aiwatch/settings.py; tasks live in each app's tasks.py."""

import os

from celery import Celery
from celery.signals import beat_init, before_task_publish, celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")

from aiwatch import embedded  # noqa: E402  (reads the settings named above)

app = Celery("aiwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
@before_task_publish.connect
def _start_queue(**_: object) -> None:
    """Valkey is needed from here on; with the embedded default nobody may have started it yet."""
    embedded.hold()
