"""Brings the landlords of the policies folder into the database: each needs its row before anybody can work for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from fanlight.casework import rulings
from fanlight.casework.access import check_permissions
from fanlight.casework.landlords import LandlordFault, landlord_folders, settings_of
from fanlight.casework.models import Landlord
from fanlight.casework.rulings import Faults


class Command(BaseCommand):
    """`fanlight load_landlords`."""

    help = "Bring the landlords of the policies folder into the database; run it again after a change."

    def handle(self, *args: Any, **options: Any) -> None:
        """This function will check each landlord's files and write its row."""
        with transaction.atomic():
            for landlord_id in landlord_folders():
                load_landlord(landlord_id)
                self.stdout.write(f"{landlord_id}: {settings_of(landlord_id).name}")


def load_landlord(landlord_id: str) -> Landlord:
    """This function will write the row of a landlord whose files are sound, and give it. It raises CommandError."""
    try:
        name = settings_of(landlord_id).name
        check_permissions(landlord_id)
        if not rulings.policies_of(landlord_id).versions:
            raise CommandError(f"{landlord_id} has no policy.")
    except (LandlordFault, Faults) as fault:
        raise CommandError(str(fault)) from fault
    landlord, _ = Landlord.objects.update_or_create(id=landlord_id, defaults={"name": name})
    return landlord
