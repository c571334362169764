"""The way in for a web server: `gunicorn fanlight.casework.wsgi`."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")

application = get_wsgi_application()

# Late: Django has to be awake. Where a database is away, or has no tables yet, its pages say so.
from django.db import DatabaseError  # noqa: E402 - as above

from fanlight.casework.keys import see_that_keys_are_there  # noqa: E402 - as above

with suppress(DatabaseError):
    see_that_keys_are_there()
