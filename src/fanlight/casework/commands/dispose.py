"""Disposes of cases that somebody else looked at and let go, each named; and finishes what was begun."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fanlight.casework.access import NotFound, Refused, can
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.finish_disposals import finish_disposals
from fanlight.casework.models import Staff
from fanlight.casework.queries.retention import certificate, marked, retention_list, why_not_dispose
from fanlight.present import LONDON, present


class Command(BaseCommand):
    """`fanlight dispose --by ANN@LANDLORD.example [REFERENCE …]`; without a reference it says what may be disposed of.

    Each case is named by hand: there is no way to dispose of whatever is due, so that no timer can.
    """

    help = "Dispose of cases that somebody else let go, each named; without a reference, say which those are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("references", nargs="*", metavar="REFERENCE")
        parser.add_argument(
            "--by", required=True, metavar="E-MAIL", help="who disposes of them: it is theirs in the log"
        )
        parser.add_argument(
            "--finish", action="store_true", help="finish what was begun, and what a restore brought back"
        )

    def handle(self, *, references: list[str], by: str, finish: bool, **_options: Any) -> None:
        """This function will dispose of the cases that are named, and print a certificate of each. It raises CommandError."""
        staff, now = Staff.objects.with_email(by), present()
        if staff is None or not can(staff, "dispose:carry_out") or not can(staff, "retention:see"):
            raise CommandError(
                f"{by} may not dispose of cases: it takes the permissions retention:see and dispose:carry_out."
            )
        if finish:
            done = finish_disposals(by=staff, now=now)
            self.stdout.write(f"Finished: {', '.join(done)}." if done else "Nothing was left to finish.")
        for reference in dict.fromkeys(reference.strip().upper() for reference in references):
            try:
                dispose_case(reference=reference, by=staff, now=now)
            except NotFound as fault:
                raise CommandError(f"There is no case {reference} here. {STOPPED}") from fault
            except Refused as refused:
                raise CommandError(f"{reference} was not disposed of. {refused.sentence} {STOPPED}") from refused
            self.stdout.write(self._certificate(staff, reference))
        if not references and not finish:
            self._say_what_may_go(staff)

    def _certificate(self, staff: Staff, reference: str) -> str:
        found = certificate(staff, reference)
        if found is None:
            raise CommandError(f"There is no certificate of {reference}.")

        def day(moment: Any) -> str:
            return f"{moment.astimezone(LONDON):%-d %B %Y}" if moment else "not known"

        lines = (
            ("Disposed of", found.reference),
            ("Landlord", found.landlord),
            ("Kept", found.rule),
            ("Closed", day(found.closed_at)),
            ("Fell due", f"{found.due_on:%-d %B %Y}" if found.due_on else "not known"),
            ("Entries", str(found.entries)),
            ("End of their chain", found.head),
            ("Looked at by", f"{found.reviewed_by}, {day(found.reviewed_at)}"),
            ("Disposed of by", f"{found.disposed_by}, {day(found.disposed_at)}"),
        )
        return "\n".join(f"{name + ':':<20} {value}" for name, value in lines) + "\n"

    def _say_what_may_go(self, staff: Staff) -> None:
        now = present()
        for one in marked(staff.landlord_id, now=now):
            why_not = why_not_dispose(one, staff)
            due = f"{one.due_on:%-d %B %Y}" if one.due_on else "not known"
            self.stdout.write(f"{one.reference}  fell due {due}  {why_not or 'may be disposed of'}")
        counts = retention_list(staff, now=now)
        self.stdout.write(
            f"{counts.counts['marked']} let go, {counts.counts['due']} to be looked at, {counts.counts['held']} held back."
        )
        if counts.unfinished:
            self.stdout.write(f"Begun and not finished: {', '.join(counts.unfinished)}. Run fanlight dispose --finish.")


STOPPED = "Those named after it were left as they are."
