"""Names a person in their part in a case: one whom the register knows already, or somebody new."""

from collections.abc import Iterable
from datetime import date, datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import root_of
from fanlight.casework.actions.record_entry import check_emergency
from fanlight.casework.actions.refusals import Alike, Faulty
from fanlight.casework.actions.register import enter_parts
from fanlight.casework.actions.reproject import reproject
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Case, Part, Person, SaidApart, Staff
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.find_people import FoundPerson, likely_people, person_seen
from fanlight.casework.queries.opposite_parts import why_not_part
from fanlight.casework.unseen import wrong_in_a_name


def add_part(
    *,
    case: Case,
    name: str,
    part: str,
    safe_contact: str = "",
    phone: str = "",
    staff_email: str = "",
    born: date | None = None,
    same_as: int | None = None,
    not_them: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will add a person to a case, and give the id of the row.

    `staff_email` is given where the person works here: from then on they see nothing of the case. `same_as` is the id of the
    person in the register who it is, one whom `by` may see; `not_them` says why it is nobody of those who are like them.
    Nobody is at risk and causes harm in one case, nor has a part twice.
    Raises Alike where somebody is, and neither is said.
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
        known, like = _looked_for(row, born, same_as, not_them, by, now)
        if why_not := why_not_part(by, row, part, known and root_of(known.pk)):
            raise Faulty({"same_as" if known else "part": (why_not,)})
        enter_parts([row], [known], born=born, now=now)
        say_apart(row, like, not_them, by=by, now=now)
        if works_here is not None:
            # Their duties in the case go to somebody who may see it.
            reproject(locked, log.batch, now=now)
        log.detail["part"] = part
        log.detail["works_here"] = works_here is not None
        log.detail["known_already"] = known is not None
    return row.pk


NOBODY_SEEN = "There is nobody of that number whom you can see."


def say_apart(row: Part, like: Iterable[FoundPerson], why: str, *, by: Staff, now: datetime) -> None:
    """This function will keep why somebody who was named is none of those who are like them."""
    for one in like:
        apart = SaidApart(landlord_id=row.landlord_id, part=row, person_id=one.id, at=now, by=by)
        apart.reason = clean_text(why)
        apart.save(force_insert=True)


def _looked_for(
    row: Part, born: date | None, same_as: int | None, not_them: str, by: Staff, now: datetime
) -> tuple[Person | None, tuple[FoundPerson, ...]]:
    """Who it is in the register, where they are known; and who is like them, where it is somebody else."""
    if same_as is not None:
        if person_seen(by, same_as, now=now) is None:
            raise Faulty({"same_as": (NOBODY_SEEN,)})
        return Person.objects.get(pk=same_as), ()
    if row.staff_id is not None:
        return None, ()
    like = likely_people(by, Asked(name=row.name, born=born, phone=row.phone), now=now)
    if like and not says_something(not_them):
        raise Alike(like)
    return None, like


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
    elif wrong := wrong_in_a_name(name):
        faults["name"] = (wrong,)
    if part not in dict(PARTS):
        faults["part"] = ("Say what their part in the case is.",)
    if len(phone) > 40:
        faults["phone"] = ("The telephone number must be 40 characters or fewer.",)
    if staff_email.strip() and works_here is None:
        faults["staff_email"] = ("Nobody here has that e-mail address.",)
    if faults:
        raise Faulty(faults)
