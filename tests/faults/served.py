"""The way in for the tests' gunicorn: the product as it is served, but for the names of its static files, which need collecting."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")

from django.conf import settings

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT = settings.HOME / "static"
settings.STATIC_ROOT.mkdir(exist_ok=True)

from fanlight.casework.wsgi import application  # noqa: E402 - the settings are changed first

__all__ = ["application"]
