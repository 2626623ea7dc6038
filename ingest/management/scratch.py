"""A scratch database beside the real one: made, migrated, used and dropped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def use_scratch_database() -> Iterator[None]:
    """Let all queries of this process go to an empty database of the same server, and drop it afterwards.

    Django's own maker of test databases does the work.
    """
    real_name = connection.settings_dict["NAME"]
    test_settings = connection.settings_dict.setdefault("TEST", {})
    before = test_settings.get("NAME")
    test_settings["NAME"] = f"aiwatch_scratch_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(real_name, verbosity=0)
        test_settings["NAME"] = before
