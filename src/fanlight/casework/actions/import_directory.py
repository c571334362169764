"""Imports services into the directory from Open Referral UK (HSDS) JSON."""

from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import demand
from fanlight.casework.actions.directory import write_entry
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.hsds import HsdsFault, Imported, from_hsds
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.directory import KEEPING, directory_of


def import_directory(*, said: object, by: Staff, now: datetime) -> Imported:
    """This function will take the services of a file into the directory of whoever imports it, and give what it took.

    One that is there already is read in its place; none is taken away. What stands as the file has it already is not written again.
    Raises Refused; Faulty where it is no such file.
    """
    with logged("import_directory", by=by, now=now) as log:
        demand(by, KEEPING)
        landlord = by.landlord_id
        known = directory_of(landlord)
        try:
            found = from_hsds(
                landlord,
                said,
                known=known,
                kinds=rulings.vocabulary_of(landlord).services,
                areas=tuple(settings_of(landlord).areas),
            )
        except HsdsFault as fault:
            raise Faulty({"said": (str(fault),)}) from fault
        before = {one.id: one for one in known}
        changed = [one for one in found.services if before.get(one.id) != one]
        for service in changed:
            write_entry(landlord, service, by=by, now=now)
        log.detail |= {"services": len(found.services), "written": len(changed), "remarks": len(found.remarks)}
    return found
