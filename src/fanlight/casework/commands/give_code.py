"""Gives somebody a code for a password from the command line: where no administrator can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fanlight.casework.actions.give_code import give_code
from fanlight.casework.commands.add_staff import said_of
from fanlight.casework.models import Staff
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight give_code rhian@connect.example`."""

    help = "Print a code with which somebody sets a new password."

    def add_arguments(self, parser: CommandParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will make the code. It raises CommandError where nobody has the address."""
        self.stdout.write(said_of(give_code(staff=somebody(options["email"]), by=None, now=present())))


def somebody(email: str) -> Staff:
    """This function will find whose address it is. It raises CommandError."""
    staff = Staff.objects.with_email(email)
    if staff is None:
        raise CommandError("Nobody here has that e-mail address.")
    return staff
