"""Says that what the directory says of a service was made sure of today."""

from dataclasses import replace
from datetime import datetime

from fanlight.casework.access import demand
from fanlight.casework.actions.directory import known_service, write_entry
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import Staff
from fanlight.casework.queries.directory import KEEPING
from fanlight.present import day_of


def assure_service(*, service: str, by: Staff, now: datetime) -> None:
    """This function will write down that somebody made sure of a service today. Raises NotFound, Refused."""
    with logged("assure_service", by=by, now=now):
        demand(by, KEEPING)
        write_entry(
            by.landlord_id, replace(known_service(by.landlord_id, service), assured=day_of(now)), by=by, now=now
        )
