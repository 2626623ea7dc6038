"""The real record, loaded once for the tests of a module that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

RECORD = Path(__file__).resolve().parent.parent / "data" / "timeline.yaml"


@pytest.fixture(scope="module")
def real_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """data/timeline.yaml in the database; gone after the module."""
    with django_db_blocker.unblock():
        call_command("load_record", str(RECORD), verbosity=0)
        yield
        tables = [name for name in connection.introspection.table_names() if name.startswith("timeline_")]
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
