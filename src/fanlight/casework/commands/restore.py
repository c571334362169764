"""Restores a backup into a database that is empty, whole or not at all."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Max

from fanlight.casework.actions.restore import destroy_again, end_everything_begun, log_restore
from fanlight.casework.commands.backup import said, watched
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.copies import KEYS, RECORD, CopyProblem, about_file, check_age, check_empty, check_file, restore
from fanlight.casework.heads import read_heads, seal_heads
from fanlight.casework.keys import Damaged
from fanlight.casework.keystore.models import DataKey
from fanlight.casework.keystore.router import STORE
from fanlight.casework.models import Log
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight restore --keys FILE`, and then `fanlight restore FILE`."""

    help = "Restore a backup of the record, or with --keys of the key store, into a database that is empty."

    requires_system_checks = []  # what pages need does not keep a copy from being made or used

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("file", type=Path, help="a file that `fanlight backup` wrote")
        parser.add_argument("--keys", action="store_true", help="the key store instead of the record")

    def handle(self, *, file: Path, keys: bool, **_options: Any) -> None:
        """This function will prove the file, restore it, and say what is there now. It raises CommandError."""
        of, now = KEYS if keys else RECORD, present()
        try:
            about = about_file(file)
            if of == KEYS and about["of"] == KEYS:
                check_age(about, settings.KEY_BACKUP_DAYS, now=now)
            check_empty(of)
            check_file(of, file, watched)
            if of == RECORD and not _has_keys():
                raise CopyProblem(
                    "The key store is empty, and without its keys nobody can read the record: "
                    "restore it first, fanlight restore --keys FILE"
                )
            done = restore(of, file, watched)
        except CopyProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{said(done)} of {about['made_at']} are restored.")
        if of == KEYS:
            call_command("migrate", database=STORE, verbosity=0)
        else:
            migrate_quietly()
            end_everything_begun()
        if not _has_log():
            self.stdout.write("Now the record: fanlight restore FILE")
            return
        again = destroy_again(now=now)
        log_restore(of=of, rows=done.rows, destroyed_again=again, made_at=about["made_at"], by=None, now=now)
        if again:
            self.stdout.write(f"{again} keys that were destroyed since are destroyed again.")
        if of == RECORD:
            self._begin_the_ends_anew(now)
        self.stdout.write("Now prove it: fanlight verify, and fanlight check_projections.")

    def _begin_the_ends_anew(self, now: datetime) -> None:
        """The file of the log's ends knew what came after the backup; from here on it counts from what was restored."""
        there = dict(Log.objects.order_by().values_list("strand").annotate(Max("number")))
        lost = sum(max(0, number - there.get(strand, 0)) for strand, (number, _) in read_heads().ends.items())
        if lost:
            self.stdout.write(f"{lost} rows of the log that were written after the backup are not in it.")
        try:
            seal_heads(now, begins=True)
        except Damaged as damaged:
            self.stderr.write(str(damaged))


def _has_keys() -> bool:
    """This function will say whether the key store holds any key."""
    there = DataKey._meta.db_table in connections[STORE].introspection.table_names()  # noqa: SLF001 - as Django documents it
    return there and DataKey.objects.exclude(wrapped=None).exists()


def _has_log() -> bool:
    """This function will say whether there is a record beside the key store."""
    return Log._meta.db_table in connections[DEFAULT_DB_ALIAS].introspection.table_names()  # noqa: SLF001 - as above
