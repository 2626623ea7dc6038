"""The site's settings, for tests: servers and files of their own below var/test, and shortcuts where speed is all."""

import os

# Before the settings are read; processes that tests start inherit it.
os.environ.setdefault("AIWATCH_VAR", "var/test")

from aiwatch.settings import *  # noqa: F403
from aiwatch.settings import DATABASES, STORAGES

EMBEDDED_FSYNC = False
# Several runs may share the servers; each has a database of its own.
DATABASES["default"]["TEST"] = {"NAME": f"test_aiwatch_{os.getpid()}"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files from where they lie; nothing is collected
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
