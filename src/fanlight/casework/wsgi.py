"""The way in for a web server: `gunicorn fanlight.casework.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")

application = get_wsgi_application()
