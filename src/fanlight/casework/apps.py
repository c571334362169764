"""Tells Django about the one app that the shell is."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The one app of the shell."""

    name = "fanlight.casework"
    label = "casework"
    verbose_name = "Casework"
    default_auto_field = "django.db.models.BigAutoField"
