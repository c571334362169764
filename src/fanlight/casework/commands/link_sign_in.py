"""Links somebody to the identity provider from the command line: how the first people of an installation get in by it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fanlight.casework.actions.link_sign_in import link_sign_in
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.commands.give_code import somebody
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight link_sign_in rhian@connect.example OBJECT_ID --tenant TENANT_ID`."""

    help = "Link somebody to what the identity provider knows them as, and take their password away."

    def add_arguments(self, parser: CommandParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("email")
        parser.add_argument("object", help="the object ID in Microsoft Entra; elsewhere the subject")
        parser.add_argument("--tenant", default="", help="the tenant ID; only Microsoft Entra has one")

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will link them. It raises CommandError with what is wrong."""
        staff = somebody(options["email"])
        try:
            link_sign_in(staff=staff, tenant=options["tenant"], subject=options["object"], by=None, now=present())
        except Faulty as faulty:
            raise CommandError(str(faulty)) from faulty
        self.stdout.write("They sign in through the identity provider from now on, and by password no more.")
