"""Brings the tables up to date: those of the record, and those of the key store."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as MigrateOne
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fanlight.casework.keystore.router import STORE


class Command(MigrateOne):
    """`fanlight migrate`: as Django's, and then the same for the key store."""

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will migrate the database, and the key store unless one app or database alone was asked for."""
        refuse_what_was_never_released()
        super().handle(*args, **options)
        if options["database"] == DEFAULT_DB_ALIAS and not options["app_label"]:
            call_command("migrate", database=STORE, verbosity=options["verbosity"])


def refuse_what_was_never_released() -> None:
    """This function will stop where the tables were made by steps that this Fanlight does not have, and say what to do."""
    made_by = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "casework"}
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "casework"}
    if made_by - known:
        raise SystemExit(
            "This database was made before the first release of Fanlight, and cannot be brought up to date. It stays as it is; "
            "begin with an empty one (for the demo: `fanlight demo --fresh`)."
        )


def migrate_quietly() -> None:
    """This function will bring every table up to date, and say nothing."""
    refuse_what_was_never_released()
    for database in (DEFAULT_DB_ALIAS, STORE):
        call_command("migrate", database=database, verbosity=0)
