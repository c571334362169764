"""Triage finds that a report is for another team or policy, or is not domestic abuse."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.open_case import check_new
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, says_something, write
from fanlight.casework.models import Case, Staff

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
) -> None:
    """This function will triage a report as `redirect` (with `to`, a service or role) or `not_domestic_abuse`, and close it.

    Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
    with logged("redirect_report", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        check_new(locked, standing)
        _check(outcome, to, reason)
        drafts = [Draft("triaged", {"outcome": outcome, "to": to}), Draft("closed", {"reason": reason})]
        write(locked, standing, drafts, expected_sequence=expected_sequence, log=log, by=by, now=now)


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
