"""Proves that what is stored of the rulings equals the rulings."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from fanlight.casework import keys, rulings
from fanlight.casework.access import DISPOSED
from fanlight.casework.actions.project import differences
from fanlight.casework.models import Case
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight check_projections`: exit 1 with the first differences, if there are any."""

    help = "Prove that the lists of duties and cases equal the rulings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will let a run say how many differences it shows."""
        parser.add_argument("--show", type=int, default=20, help="how many differences to show")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will rule on every case and compare."""
        found: list[str] = []
        cases = Case.objects.exclude(status=DISPOSED).order_by("pk").values_list("pk", flat=True)
        bar = tqdm(cases.iterator(), total=cases.count(), unit=" cases", disable=not sys.stderr.isatty())
        done = 0
        for case_id in bar:
            done += 1
            found.extend(differences_of(case_id))
            if len(found) >= options["show"]:
                break
        for difference in found[: options["show"]]:
            self.stdout.write(difference)
        if found:
            self.stderr.write(f"{len(found)} differences in {done} cases: run `fanlight rebuild_projections`.")
            sys.exit(1)
        self.stdout.write(f"The projections of {done} cases equal their rulings.")


def differences_of(case_id: int) -> list[str]:
    """This function will say how what is stored of a case differs from its ruling, each with the case's reference."""
    now = present()
    with transaction.atomic():
        # Nobody writes in it between its story and its lists.
        case = Case.objects.select_for_update().get(pk=case_id)
        try:
            rows = rulings.told(case)
        except keys.Destroyed:
            return [f"{case.reference}: its key was destroyed by a disposal; run `fanlight dispose --finish`"]
        ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rows), now)
        return [f"{case.reference}: {difference}" for difference in differences(case, rows, ruling, now=now)]
