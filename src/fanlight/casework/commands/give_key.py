"""Gives the account of a program a key from the command line, with which the housing system asks about addresses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fanlight.casework.access import Refused
from fanlight.casework.actions.give_key import give_key
from fanlight.casework.commands.give_code import somebody
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight give_key housing-system@connect.example`."""

    help = "Print a key with which a program asks whether something may be done at an address; the one before counts no more."

    def add_arguments(self, parser: CommandParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will make the key. It raises CommandError where nobody has the address, or the account sees cases."""
        try:
            key = give_key(staff=somebody(options["email"]), by=None, now=present())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"Its key: {key}\nIt is shown this once. Send it as “Authorization: Bearer KEY” to /api/address-check."
        )
