"""Says of a child of a case where they live, which school they go to, and who holds parental responsibility."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_people import LONGEST_NOTE, check_may_write_of_people
from fanlight.casework.actions.unsaid import check_unsaid
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.models import Case, ChildSaid, Part, Staff


def describe_child(
    *,
    case: Case,
    part: int,
    lives: str = "",
    school: str = "",
    responsibility: str = "",
    note: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will record what is known of a child, whole, and give the number of the row; what was said before stays.

    Raises NotFound, Refused, Faulty.
    """
    with logged("describe_child", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_may_write_of_people(locked, standing)
        child = Part.objects.filter(case=locked, pk=part, part="child").first()
        if child is None:
            raise Faulty({"part": ("There is no child of that number in this case.",)})
        said = {"lives": lives, "school": school, "responsibility": responsibility, "note": note}
        faults = {
            name: (f"Use {LONGEST_NOTE} characters or fewer.",)
            for name, text in said.items()
            if len(text) > LONGEST_NOTE
        }
        if not any(says_something(text) for text in said.values()):
            faults["lives"] = ("Say something of the child.",)
        if faults:
            raise Faulty(faults)
        check_unsaid(locked, said.items())
        row = ChildSaid(landlord_id=locked.landlord_id, case=locked, part=child, at=now, by=by)
        row.lives, row.school = clean_text(lives), clean_text(school)
        row.responsibility, row.note = clean_text(responsibility), clean_text(note)
        row.save(force_insert=True)
    return row.pk
