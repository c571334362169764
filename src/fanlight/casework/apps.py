"""Tells Django about the one app that the shell is."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class CaseworkConfig(AppConfig):
    """The one app of the shell."""

    name = "fanlight.casework"
    label = "casework"
    verbose_name = "Casework"
    default_auto_field = "django.db.models.BigAutoField"
