"""Gives a case to somebody, who leads it from now on."""

from datetime import datetime

from fanlight.casework.access import Refused, roles_to_lead
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.record_entry import check_recipient
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, Staff


def assign_case(
    *,
    case: Case,
    to: Staff,
    role: str,
    female: bool | None = None,
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """This function will record that `to`, in a role that they hold, takes the case."""
    with logged("assign_case", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("assigned"):
            raise Refused(why_not)
        draft = assignment(locked, to, role, female=female, note=note)
        write(locked, standing, [draft], expected_sequence=expected_sequence, log=log, by=by, now=now)


def assignment(case: Case, to: Staff, role: str, *, female: bool | None = None, note: str = "") -> Draft:
    """This function will give the entry by which somebody takes a case; Refused for somebody who cannot."""
    check_recipient(case, to)
    if role not in roles_to_lead(to, case.restricted):
        raise Refused("They do not hold a role in which they can take this case.")
    return Draft("assigned", {"to": role, "female": female}, note=note, to_staff=to)
