"""Tells Django about the one app that the shell is."""

from django.apps import AppConfig
from django.core import checks

from fanlight.casework.postgresql.rights import check_rights


class CaseworkConfig(AppConfig):
    """The one app of the shell."""

    name = "fanlight.casework"
    label = "casework"
    verbose_name = "Casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This function will add what `fanlight check --deploy` looks at of our own."""
        checks.register(check_rights, checks.Tags.security, deploy=True)
