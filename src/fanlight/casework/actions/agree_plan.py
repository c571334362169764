"""Puts on the record that somebody agreed a plan that was made before."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.planning import current_plan, write_beside
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def agree_plan(
    *, case: Case, number: int, expected_sequence: int | None = None, duty: str = "", by: Staff, now: datetime
) -> int:
    """This function will record that they have agreed the plan as it stands, and give the sequence of the entry that says so.

    Only the plan that counts can be agreed. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("agree_plan", case=case, by=by, now=now) as log:
        ((locked, _),) = log.lock(case)
        plan = current_plan(locked, number, log.told(locked), now)
        if plan.agreed_at is not None:
            raise Refused("They have agreed this plan already.")
        draft = Draft(plan.kind, {"agreed": True}, note="They agreed the plan as it was written down.")
        _, sequence = write_beside(log, case, draft, expected_sequence=expected_sequence, duty=duty, by=by, now=now)
        plan.agreed_at, plan.agreed_by = now, by
        plan.save(update_fields=["agreed_at", "agreed_by"])
        log.detail["plan"] = plan.pk
    return sequence
