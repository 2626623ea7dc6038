"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiwatch.settings")

_site = get_wsgi_application()  # first: it sets Django up

from timeline.kept import Door  # noqa: E402

application = Door(_site)
