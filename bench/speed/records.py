"""Synthetic records of the sizes that are measured, each in a database of its own that is kept for the next run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("AIWATCH_VAR", "var/bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")

import django

django.setup()

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from aiwatch import embedded
from timeline.models import Event

SEED = 1


def use_record(events: int) -> None:
    """Let this process work on the record of that size; the first time it is made, which takes minutes at a million."""
    embedded.hold()
    name = f"bench_{events}"
    with psycopg.connect(host=str(settings.EMBEDDED_SOCKETS), user="postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", interactive=False, verbosity=0)
    if not Event.objects.exists():
        call_command("make_record", events=events, seed=SEED)


def make_address() -> str:
    """DATABASE_URL of the record in use, for processes that are started."""
    return f"postgresql://postgres@/{connection.settings_dict['NAME']}?host={settings.EMBEDDED_SOCKETS}"


if __name__ == "__main__":
    for size in sys.argv[1:]:
        use_record(int(size))
