"""Takes somebody on from the command line: how the first people of an installation get in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.give_code import LASTS, give_code
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Landlord
from fanlight.present import present


class Command(BaseCommand):
    """`fanlight add_staff connect "Rhian Vale" rhian@connect.example case_officer="Leeds East,Leeds West"`."""

    help = "Make an account with roles, and print the code with which they set their password."

    def add_arguments(self, parser: CommandParser) -> None:
        """This function will say what the command takes."""
        parser.add_argument("landlord", help="the landlord's folder of policies, such as connect")
        parser.add_argument("name")
        parser.add_argument("email")
        parser.add_argument("roles", nargs="+", metavar="ROLE[=PATCH,PATCH]", help="no patch means all of them")
        parser.add_argument(
            "--postcode", default="", help="their home postcode, if they give it; its fingerprint alone is kept"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will make the account. It raises CommandError with what is wrong, and how to mend it."""
        landlord = Landlord.objects.filter(pk=options["landlord"]).first()
        if landlord is None:
            raise CommandError(f"There is no landlord {options['landlord']} here: run fanlight load_landlords first.")
        now = present()
        try:
            staff = add_staff(
                landlord=landlord,
                name=options["name"],
                email=options["email"],
                roles=dict(_role(said) for said in options["roles"]),
                postcode=options["postcode"],
                by=None,
                now=now,
            )
        except Faulty as faulty:
            said = [sentence for sentences in faulty.faults.values() for sentence in sentences]
            raise CommandError("\n".join(said)) from faulty
        code = give_code(staff=staff, by=None, now=now)
        self.stdout.write(said_of(code))


def said_of(code: str) -> str:
    """This function will say what to tell somebody who was given a code."""
    return (
        f"Their code: {code}\nTell it to them in person or by telephone. With it they set a password at /set-password, once, "
        f"within {LASTS.total_seconds() / 3600:.0f} hours."
    )


def _role(said: str) -> tuple[str, tuple[str, ...]]:
    role, _, patches = said.partition("=")
    return role, tuple(patch.strip() for patch in patches.split(",") if patch.strip())
