"""Takes back that two people of a case stand to each other in a way: it was recorded in error, and stays to be read."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_people import answer_to, check_may_write_of_people, standing_relation
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.models import Case, Staff


def strike_relation(*, case: Case, number: int, reason: str, by: Staff, now: datetime) -> int:
    """This function will take back the relation of a number, with a reason, and give the number of the row that says so.

    Raises NotFound, Refused, Faulty.
    """
    with logged("strike_relation", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_may_write_of_people(locked, standing)
        row = standing_relation(locked, number)
        if not says_something(reason):
            raise Faulty({"reason": ("Say why it was recorded in error.",)})
        return answer_to(row, is_past=row.is_past, holds=False, note=clean_text(reason), by=by, now=now)
