"""Triage opens the case that a report began."""

from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.assign_case import assignment
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import NOTHING, Draft, write
from fanlight.casework.models import Case, Staff

OUTCOMES = ("safeguarding_contact", "target_hardening", "asb_case")


def open_case(
    *,
    case: Case,
    outcome: str,
    lead: Staff | None = None,
    role: str = "",
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> None:
    """This function will triage a report as a case, and give it to `lead` in `role` where one is named.

    `outcome` is safeguarding_contact, target_hardening or asb_case; `facts` are those that triage learned
    (area, patch, …). Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
    with logged("open_case", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_new(locked, standing)
        if outcome not in OUTCOMES:
            raise Faulty({"outcome": ("Say what it is.",)})
        drafts = [Draft("triaged", {"outcome": outcome}, facts, note)]
        if lead is not None:
            drafts.append(assignment(locked, lead, role))
        write(locked, standing, drafts, expected_sequence=expected_sequence, log=log, by=by, now=now)


def check_new(case: Case, standing: Standing) -> None:
    """This function will raise Refused where a report may not be triaged, or has been already."""
    if why_not := standing.why_not_record("triaged"):
        raise Refused(why_not)
    if case.status != "new":
        raise Refused("This report has been looked at already.")
