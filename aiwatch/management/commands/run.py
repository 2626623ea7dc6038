"""`manage.py run`: the whole site on this machine until Ctrl-C. `make run` makes the virtual environment first."""

from typing import Any

from django.core.management.base import BaseCommand

from aiwatch import launcher


class Command(BaseCommand):
    help = "Start PostgreSQL, Valkey, web, worker and beat; stop all of them on Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        launcher.run_site()
