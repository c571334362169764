"""Names a person in their part in a case."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.record_entry import check_emergency
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reproject import reproject
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Part, Staff
from fanlight.casework.models.part import PARTS


def add_part(
    *,
    case: Case,
    name: str,
    part: str,
    safe_contact: str = "",
    phone: str = "",
    staff_email: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will add a person to a case, and give the id of the row.

    `staff_email` is given where the person works here: from then on they see nothing of the case.
    """
    with logged("add_part", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if not standing.can("case:write") and not (locked.status == "new" and standing.can("report:triage")):
            raise Refused("Your role may not write in this case.")
        if locked.status == "joined":
            raise Refused("This case was joined to another: name them there.")
        name, phone = clean_text(name), clean_text(phone)
        works_here = _colleague(by, staff_email)
        _check(name, part, phone, staff_email, works_here)
        check_emergency(standing, decides=works_here is not None)
        row = Part(landlord_id=locked.landlord_id, case=locked, part=part, staff=works_here, added_at=now, added_by=by)
        row.name, row.phone, row.safe_contact = name, phone, clean_text(safe_contact)
        row.save(force_insert=True)
        if works_here is not None:
            # Their duties in the case go to somebody who may see it.
            reproject(locked, log.batch, now=now)
        log.detail["part"] = part
        log.detail["works_here"] = works_here is not None
    return row.pk


def _colleague(by: Staff, email: str) -> Staff | None:
    wanted = email.strip()
    found = Staff.objects.with_email(wanted) if wanted else None
    return found if found and found.landlord_id == by.landlord_id else None


def _check(name: str, part: str, phone: str, staff_email: str, works_here: Staff | None) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if not name:
        faults["name"] = ("Write their name.",)
    elif len(name) > 120:
        faults["name"] = ("The name must be 120 characters or fewer.",)
    if part not in dict(PARTS):
        faults["part"] = ("Say what their part in the case is.",)
    if len(phone) > 40:
        faults["phone"] = ("The telephone number must be 40 characters or fewer.",)
    if staff_email.strip() and works_here is None:
        faults["staff_email"] = ("Nobody here has that e-mail address.",)
    if faults:
        raise Faulty(faults)
