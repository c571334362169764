"""Opens a case, in an emergency, to somebody whose roles do not show it to them."""

from datetime import datetime

from fanlight.casework.access import EMERGENCY_LASTS, NotFound, case_in_emergency, demand, find_case
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import MOST
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, EmergencyAccess, Staff
from fanlight.casework.models.reach import PURPOSES


def open_in_emergency(*, reference: str, purpose: str, reason: str, by: Staff, now: datetime) -> Case:
    """This function will open the case of a reference for four hours, to be reviewed, and give it.

    One that their roles show them anyway is given as it is. For one that cannot be opened, NotFound says no more than
    for one that is not there. What was typed is checked before anything is looked for. Raises Refused, Faulty, NotFound.
    """
    with logged("open_in_emergency", by=by, now=now) as log:
        demand(by, "emergency:use")
        reason = _checked(purpose, reason)
        reference = clean_text(reference).upper()
        try:
            case, _standing = find_case(by, reference, now=now)
        except NotFound:
            log.case, may_open = case_in_emergency(by, reference)
            log.detail["purpose"] = purpose
            if log.case is None or not may_open:
                raise
        else:
            log.case = case
            log.detail["seen_already"] = True
            return case
        until = now + EMERGENCY_LASTS
        row = EmergencyAccess(
            landlord_id=log.case.landlord_id, case=log.case, staff=by, purpose=purpose, at=now, until=until
        )
        row.reason = reason
        row.save(force_insert=True)
        log.detail.update(override="emergency", emergency=row.pk, until=until.isoformat())
    return log.case


def _checked(purpose: str, reason: str) -> str:
    faults: dict[str, tuple[str, ...]] = {}
    reason = clean_text(reason)
    if purpose not in dict(PURPOSES):
        faults["purpose"] = ("Say what makes it an emergency.",)
    if not reason:
        faults["reason"] = ("Say why you need this case now.",)
    elif len(reason) > MOST:
        faults["reason"] = (f"The reason must be {MOST} characters or fewer.",)
    if faults:
        raise Faulty(faults)
    return reason
