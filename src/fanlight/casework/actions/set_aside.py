"""Sets a member of staff aside from a case."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reproject import reproject
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, KeptFrom, Staff

MOST = 2000


def set_aside(*, case: Case, staff: Staff, reason: str, by: Staff, now: datetime) -> int:
    """This function will keep somebody from a case, with a reason, until they are let back in; it gives the number of the row.

    From now on the case does not exist for them, and what they had to do in it goes to somebody who sees it.
    Raises NotFound, Refused, Faulty.
    """
    with logged("set_aside", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if not standing.can("case:set_aside"):
            raise Refused("Your role may not set people aside from a case.")
        row = KeptFrom(case=locked, staff=staff, why="set_aside")
        row.reason = checked_reason(reason)
        return keep_from(row, log, by=by, now=now)


def checked_reason(reason: str) -> str:
    """This function will give a reason as it is kept. It raises Faulty where there is none, or too much of it."""
    reason = clean_text(reason)
    if not reason:
        raise Faulty({"reason": ("Say why.",)})
    if len(reason) > MOST:
        raise Faulty({"reason": (f"The reason must be {MOST} characters or fewer.",)})
    return reason


def keep_from(row: KeptFrom, log: LogRow, *, by: Staff, now: datetime) -> int:
    """This function will write who is kept from a case that is locked, and put what was theirs on other desks."""
    log.detail["staff"] = row.staff_id
    if row.staff.landlord_id != row.case.landlord_id:
        raise Faulty({"staff": ("They do not work here.",)})
    if KeptFrom.objects.filter(case=row.case, staff=row.staff, why=row.why, ended_at=None).exists():
        raise Faulty({"staff": ("That is recorded already.",)})
    row.landlord_id, row.at, row.by = row.case.landlord_id, now, by
    row.save(force_insert=True)
    reproject(row.case, log.batch, now=now)
    return row.pk
