"""Wraps every data key anew, by the master key that stands first in its file."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from fanlight.casework import keys
from fanlight.casework.actions.log_rows import add_row
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight rotate_keys`, after `fanlight make_keys FILE` has put a new key above the old one."""

    help = "Wrap the keys of cases and people by the current master key."

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will wrap them, with a bar; it can be stopped and begun again. It raises CommandError."""
        done = 0
        try:
            with tqdm(unit=" keys", disable=not sys.stderr.isatty()) as bar:
                for done, total in keys.rewrap():
                    bar.total = total
                    bar.update(done - bar.n)
        except keys.MasterKeyProblem as problem:
            raise CommandError(str(problem)) from problem
        if done:
            add_row("rotate_keys", "done", {"keys": done}, by=None, now=present())
        self.stdout.write(
            f"{done} keys are wrapped by the current master key. The older keys may go from its file once every backup "
            "that needs them has lapsed."
            if done
            else "Every key is wrapped by the current master key already."
        )
