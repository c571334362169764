"""Holds a case back from disposal."""

from datetime import date, datetime

from fanlight.casework.access import demand, find_kept
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.models import Hold, Staff
from fanlight.present import day_of

LAST_YEAR = 2200


def hold_case(*, reference: str, reason: str, until: date | None = None, by: Staff, now: datetime) -> int:
    """This function will hold a case back, with a reason, and give the number of the hold.

    It lasts through the day `until`, or until it is lifted. While it does the case does not fall due, and a review that let
    the case go no longer holds. Raises NotFound, Refused, Faulty.
    """
    with logged("hold_case", by=by, now=now) as log:
        demand(by, "retention:hold")
        log.head()
        log.case = find_kept(by, reference, lock=True)
        check_day("until", until, now)
        row = Hold(landlord_id=log.case.landlord_id, case=log.case, at=now, by=by, until=until)
        row.reason = checked_reason(reason)
        row.save(force_insert=True)
        log.detail.update(hold=row.pk, until=f"{until}" if until else None)
    return row.pk


def check_day(name: str, day: date | None, now: datetime) -> None:
    """This function will raise Faulty for a day that is not still to come, or too far off to be meant."""
    if day is not None and day <= day_of(now):
        raise Faulty({name: ("That day must be still to come.",)})
    if day is not None and day.year > LAST_YEAR:
        raise Faulty({name: (f"The year must be {LAST_YEAR} or earlier.",)})
