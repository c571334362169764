"""Says that somebody must not receive anything of a case."""

from datetime import datetime

from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.models import Case, MustNotReceive, Staff
from fanlight.casework.queries.directory import directory_of

MOST = 120
FEWEST = 3


def bar_receiver(*, case: Case, service: str = "", name: str = "", reason: str, by: Staff, now: datetime) -> int:
    """This function will put an agency of the directory, or a person or organisation by name, on the list of those who must not
    receive anything of a case, and give the number of the line. Every share with them is refused until it is ended.

    Raises NotFound, Refused, Faulty.
    """
    with logged("bar_receiver", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        name = " ".join(clean_text(name).split())
        services = {one.id for one in directory_of(locked.landlord_id)}
        faults: dict[str, tuple[str, ...]] = {}
        if service and service not in services:
            faults["service"] = ("Choose one of the directory.",)
        if not service and (not says_something(name) or len(name) < FEWEST):
            faults["name"] = ("Say who: one of the directory, or the whole name of somebody else.",)
        if len(name) > MOST:
            faults["name"] = (f"Use {MOST} characters or fewer.",)
        if faults:
            raise Faulty(faults)
        row = MustNotReceive(landlord_id=locked.landlord_id, case=locked, service=service, at=now, by=by)
        row.name, row.reason = name, checked_reason(reason)
        row.save(force_insert=True)
        log.detail["number"] = row.pk
    return row.pk


def demand_writer(case: Case, standing: Standing) -> None:
    """This function will raise Refused for somebody who may not say who must not receive anything of a case."""
    if not standing.can("case:write"):
        raise Refused("Your role may not write in this case.")
    if case.status == "joined":
        raise Refused("This case was joined to another: write it down there.")
