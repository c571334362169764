"""Takes a service out of the directory."""

from datetime import datetime

from fanlight.casework.access import demand
from fanlight.casework.actions.directory import known_service
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import DirectoryEntry, Staff
from fanlight.casework.queries.directory import KEEPING


def remove_service(*, service: str, by: Staff, now: datetime) -> None:
    """This function will take a service out of the directory; what was referred to it stays as it is. Raises NotFound, Refused."""
    with logged("remove_service", by=by, now=now):
        demand(by, KEEPING)
        known_service(by.landlord_id, service)
        DirectoryEntry.objects.create(landlord_id=by.landlord_id, service=service, is_removed=True, at=now, by=by)
