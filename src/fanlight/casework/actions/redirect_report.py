"""Triage finds that a report is for another team, policy or service, or is not domestic abuse."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.open_case import check_new
from fanlight.casework.actions.referring import chosen_purpose, write_draft
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, says_something, write
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.directory import kinds_outside

OUTCOMES = ("redirect", "not_domestic_abuse")


def redirect_report(
    *,
    case: Case,
    outcome: str,
    to: str = "",
    reason: str,
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int | None:
    """This function will triage a report as `redirect` (with `to`, a service or role) or `not_domestic_abuse`.

    Within the landlord it goes at once, and the report is closed. To a service outside it goes by a referral alone, as everything
    does: one is begun, and its number given; the case stays open, and on somebody's list, until the service has it.
    Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
    with logged("redirect_report", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_new(locked, standing)
        _check(outcome, to, reason)
        triaged = {"outcome": outcome, "to": to}
        number = None
        if to in kinds_outside(locked.landlord_id):
            if why_not := standing.why_not_record("referral"):
                raise Refused(f"{why_not} Open a case, and give it to somebody who may refer.")
            row = write_draft(
                locked,
                None,
                chosen_purpose(locked.landlord_id, "", to),
                to,
                service="",
                name="",
                answers={},
                criteria={},
                told=log.told(locked),
                by=by,
                now=now,
            )
            number = log.detail["referral"] = row.pk
            drafts = [Draft("triaged", triaged, note=reason)]
        else:
            drafts = [Draft("triaged", triaged), Draft("closed", {"reason": reason})]
        write(locked, standing, drafts, expected_sequence=expected_sequence, log=log, by=by, now=now)
    return number


def _check(outcome: str, to: str, reason: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if outcome not in OUTCOMES:
        faults["outcome"] = ("Say what it is.",)
    if outcome == "redirect" and not to:
        faults["to"] = ("Say where it goes.",)
    if not says_something(reason):
        faults["reason"] = ("Say why.",)
    if faults:
        raise Faulty(faults)
