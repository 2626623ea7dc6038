#!/usr/bin/env python
"""Commands of the site: `manage.py help` lists them."""

import os
import signal
import sys
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from aiwatch.servers import ServerError


def _leave(number: int, frame: FrameType | None) -> None:
    """End as `sys.exit` does, so that the embedded servers are let go of."""
    sys.exit(128 + number)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, ServerError) as error:
        sys.exit(str(error))
