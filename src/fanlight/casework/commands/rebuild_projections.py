"""Throws away what is stored of the rulings and makes it again from the record."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from fanlight.casework import keys, sql
from fanlight.casework.access import DISPOSED
from fanlight.casework.actions.reproject import reproject
from fanlight.casework.models import Case
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight rebuild_projections`.

    It writes what has changed, a case at a time, each in its own transaction: it can be stopped, and
    begun again with `--after`, and people can work meanwhile. Run it when a new version of a policy
    comes into force, and when somebody's roles change.
    """

    help = "Make the lists of duties and cases again from the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will let a run begin after a case."""
        parser.add_argument("--after", type=int, default=0, help="the number of the last case that was done")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will bring the projections of every case up to date."""
        there = Case.objects.exclude(status=DISPOSED).filter(pk__gt=options["after"])
        cases = there.order_by("pk").values_list("pk", flat=True)
        bar = tqdm(cases.iterator(), total=cases.count(), unit=" cases", disable=not sys.stderr.isatty())
        done = 0
        for case_id in bar:
            done += 1
            try:
                rebuild(case_id)
            except keys.Destroyed:
                # Disposed of after the backup from which this database was restored.
                self.stderr.write("The key of a case was destroyed by a disposal: run `fanlight dispose --finish`.")
            bar.set_postfix(after=case_id, refresh=False)
        self.stdout.write(f"{done} cases are up to date.")


def rebuild(case_id: int) -> None:
    """This function will bring the projections of one case up to date, and let nobody write in it meanwhile."""
    now = present()
    with transaction.atomic():
        case = Case.objects.select_for_update().exclude(status=DISPOSED).filter(pk=case_id).first()
        if case is None:
            return
        batch = sql.Batch()
        reproject(case, batch, now=now)
        batch.send()
