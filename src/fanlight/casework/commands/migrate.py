"""Brings the tables up to date: those of the record, and those of the key store."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as MigrateOne
from django.db import DEFAULT_DB_ALIAS

from fanlight.casework.keystore.router import STORE


class Command(MigrateOne):
    """`fanlight migrate`: as Django's, and then the same for the key store."""

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will migrate the database, and the key store unless one app or database alone was asked for."""
        super().handle(*args, **options)
        if options["database"] == DEFAULT_DB_ALIAS and not options["app_label"]:
            call_command("migrate", database=STORE, verbosity=options["verbosity"])


def migrate_quietly() -> None:
    """This function will bring every table up to date, and say nothing."""
    for database in (DEFAULT_DB_ALIAS, STORE):
        call_command("migrate", database=database, verbosity=0)
