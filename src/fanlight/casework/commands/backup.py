"""Makes a backup: sealed, read back, and given its name only when it is whole."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from fanlight.casework.actions.back_up import log_backup
from fanlight.casework.copies import KEYS, RECORD, Backup, CopyProblem, back_up
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight backup FILE`, and `fanlight backup --keys FILE`. People can work meanwhile."""

    help = "Write a sealed backup of the record, or with --keys of the key store, and prove that it can be read."

    requires_system_checks = []  # what pages need does not keep a copy from being made or used

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("file", type=Path, help="the file to write; it must not be there yet")
        parser.add_argument("--keys", action="store_true", help="the key store instead of the record")

    def handle(self, *, file: Path, keys: bool, **_options: Any) -> None:
        """This function will write the backup and say what is in it. It raises CommandError."""
        of, now = KEYS if keys else RECORD, present()
        try:
            done = back_up(of, file, watched, now=now)
        except CopyProblem as problem:
            raise CommandError(str(problem)) from problem
        log_backup(of=of, rows=done.rows, by=None, now=now)
        self.stdout.write(f"{said(done)} are in {file}: sealed, read back and whole.")
        if keys:
            self.stdout.write(
                f"Keep it apart from the backups of the record, and destroy it within {settings.KEY_BACKUP_DAYS} days."
            )
        else:
            self.stdout.write("Now the key store, without which nobody can read it: fanlight backup --keys FILE")


def said(done: Backup) -> str:
    """This function will say how much is in a backup."""
    return f"{done.rows:,} rows of {done.tables} tables ({done.size:,} bytes)"


def watched(doing: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """This function will show on a terminal how many bytes have passed."""
    with tqdm(desc=f"{doing:<18}", unit="B", unit_scale=True, disable=None) as bar:
        for piece in pieces:
            yield piece
            bar.update(len(piece))
