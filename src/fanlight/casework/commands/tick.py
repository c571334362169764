"""What must happen from time to time: run every minute by the machine's own timer."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fanlight.casework.actions.begin_ends_anew import begin_ends_anew
from fanlight.casework.actions.compare_people import compare_people
from fanlight.casework.actions.let_minutes_go import let_minutes_go
from fanlight.casework.actions.once import forget_sent_forms
from fanlight.casework.heads import seal_heads
from fanlight.casework.keys import Damaged
from fanlight.present import present

FORMS_ARE_KEPT_FOR = timedelta(days=1)


class Command(BaseCommand):
    """`fanlight tick`: seals the ends of the chains, forgets sessions that are over and forms that were sent, compares people who
    were named, and lets minutes go that are kept no longer."""

    help = "Seal the ends of the chains outside the database, and tidy up; run it every minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument(
            "--begin-anew",
            action="store_true",
            help="begin the file of sealed ends anew, once it is known why it is gone; the log says that you did",
        )

    def handle(self, *, begin_anew: bool = False, **_options: Any) -> None:
        """This function will do what is due, and say what it did. It raises CommandError where the sealed file was changed, or is gone."""
        now = present()
        try:
            sealed = begin_ends_anew(now=now) if begin_anew else seal_heads(now)
        except Damaged as damaged:
            raise CommandError(str(damaged)) from damaged
        call_command("clearsessions")
        forms = forget_sent_forms(before=now - FORMS_ARE_KEPT_FOR)
        people = compare_people(now=now)
        minutes = let_minutes_go(now=now)
        self.stdout.write(f"{sealed} strands sealed, {forms} forms forgotten; people compared: {people}.")
        if minutes:
            self.stdout.write(f"Minutes of the MARAC let go: of {minutes} cases.")
