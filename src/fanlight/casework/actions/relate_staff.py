"""Records that a member of staff is related to somebody in a case: they declare it, or a lead does."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import keep_from
from fanlight.casework.models import Case, KeptFrom, Staff
from fanlight.casework.models.reach import RELATIONS


def relate_staff(*, case: Case, staff: Staff, relation: str, by: Staff, now: datetime) -> int:
    """This function will keep somebody from a case because they are too near to somebody in it, and give the number of the row.

    Whoever sees the case may declare it of themselves, and sees nothing of it from then on. Raises NotFound, Refused, Faulty.
    """
    with logged("relate_staff", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if staff.pk != by.pk and not standing.can("case:set_aside"):
            raise Refused("You can say this of yourself. For somebody else, ask a lead.")
        if relation not in dict(RELATIONS):
            raise Faulty({"relation": ("Say how they are related.",)})
        log.detail["declared"] = staff.pk == by.pk
        return keep_from(KeptFrom(case=locked, staff=staff, why="related", relation=relation), log, by=by, now=now)
