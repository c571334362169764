"""Triage finds that a report is for another team or policy, or is not domestic abuse."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def redirect_report(
    *, case: Case, outcome: str, to: str = "", reason: str, expected_sequence: int | None = None, by: Staff, now: datetime
) -> None:
    """This function will triage a report as `redirect` (with `to`, a service or role) or `not_domestic_abuse`, and close it.

    Raises NotFound, Refused, Faulty, Stopped, Conflict.
    """
