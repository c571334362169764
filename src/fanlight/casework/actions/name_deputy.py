"""Names a deputy for somebody who will be away, from a day to a day."""

from datetime import date, datetime, time, timedelta

from fanlight.casework.access import Refused, may_name_deputy, roles_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Deputy, Staff
from fanlight.present import LONDON, day_of

LONGEST = timedelta(days=366)


def name_deputy(*, staff: Staff, deputy: Staff, first_day: date, last_day: date, by: Staff, now: datetime) -> int:
    """This function will let `deputy` stand in for `staff` on these days, both included, and give the number of the row.

    Everybody names their own deputy; an administrator or a lead names one for somebody else. Raises Refused, Faulty.
    """
    with logged("name_deputy", by=by, now=now) as log:
        log.detail.update(staff=staff.pk, deputy=deputy.pk, first_day=f"{first_day}", last_day=f"{last_day}")
        if not may_name_deputy(by, staff):
            raise Refused(
                "You can name a deputy for yourself. For somebody else, ask a lead or whoever manages accounts."
            )
        if deputy.pk == by.pk:
            raise Refused("Nobody makes themselves a deputy: ask the colleague who will be away, or a lead.")
        _check(staff, deputy, first_day, last_day, now)
        row = Deputy.objects.create(
            landlord_id=staff.landlord_id,
            staff=staff,
            deputy=deputy,
            since=datetime.combine(first_day, time.min, LONDON),
            until=datetime.combine(last_day + timedelta(days=1), time.min, LONDON),
            named_by=by,
            named_at=now,
        )
    return row.pk


def _check(staff: Staff, deputy: Staff, first_day: date, last_day: date, now: datetime) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if deputy.pk == staff.pk or deputy.landlord_id != staff.landlord_id or not _sees_cases(deputy):
        faults["deputy"] = ("Choose a colleague who works with cases.",)
    if last_day < first_day:
        faults["last_day"] = ("The last day must not come before the first.",)
    elif last_day < day_of(now):
        faults["last_day"] = ("That is over already.",)
    elif last_day - first_day > LONGEST:
        faults["last_day"] = ("A deputy is named for a year at most.",)
    if not staff.is_active:
        faults[""] = ("They do not work here any more: give their cases to somebody.",)
    if faults:
        raise Faulty(faults)


def _sees_cases(staff: Staff) -> bool:
    return any(role.sees(False) or role.sees(True) for role in roles_of(staff))
