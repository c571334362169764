"""Walks every chain of the record and of the log, and names the first row that does not hold."""

import sys
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from fanlight.casework.heads import read_heads
from fanlight.casework.queries.verification import Verification, number_of_rows

SHOWN = 20


class Command(BaseCommand):
    """`fanlight verify`: exit 1 where a chain does not hold, with the first row of each that does not."""

    help = "Walk the hash chains of the record and of the log."

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will walk, with a bar, and say what it found."""
        began = perf_counter()
        sealed = read_heads()
        verification = Verification(sealed)
        with tqdm(total=number_of_rows(), unit=" rows", disable=not sys.stderr.isatty()) as bar:
            for walked in verification.walk():
                bar.update(walked)
        seconds = max(perf_counter() - began, 0.001)
        for broken in verification.broken[:SHOWN]:
            self.stdout.write(str(broken))
        if verification.broken:
            more = len(verification.broken) - SHOWN
            if more > 0:
                self.stdout.write(f"… and {more} more.")
            self.stderr.write("The record or the log was tampered with, or damaged: the first row is named above.")
            sys.exit(1)
        self.stdout.write(
            f"{verification.rows} rows hold, walked in {seconds:.1f} s ({verification.rows / seconds:.0f} a second)."
        )
        self.stdout.write(
            f"Their ends hold against the file sealed at {sealed.at}."
            if sealed.at
            else "Their ends were never sealed: run `fanlight tick` every minute."
        )
