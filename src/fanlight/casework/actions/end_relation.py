"""Says that two people of a case stand to each other in a way no longer: it stays on the record, as past."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_people import answer_to, check_may_write_of_people, standing_relation
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Staff


def end_relation(*, case: Case, number: int, note: str = "", by: Staff, now: datetime) -> int:
    """This function will record that the relation of a number is over, and give the number of the row that says so.

    The Act asks for no more than that it was once so. Raises NotFound, Refused, Faulty.
    """
    with logged("end_relation", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_may_write_of_people(locked, standing)
        row = standing_relation(locked, number)
        if row.is_past:
            raise Faulty({"": ("It is over already.",)})
        said = clean_text(note) or row.note
        return answer_to(row, is_past=True, holds=True, note=said, by=by, now=now)
