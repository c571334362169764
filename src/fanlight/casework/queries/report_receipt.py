"""The receipt of a report, for the one who made it, whether or not they may see the case."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff


@dataclass(frozen=True, slots=True)
class ReportReceipt:
    """The reference, when it was made, whether there is danger now, and whether 999 has been called.

    `looked_at_by` is when triage will have looked at it at the latest. `may_see_case` is true when the
    reporter may also open the case.
    """

    reference: str
    at: datetime
    danger: bool
    called_999_at: datetime | None
    looked_at_by: datetime
    may_see_case: bool


def report_receipt(viewer: Staff, reference: str, *, now: datetime) -> ReportReceipt:
    """This function will give the receipt to the one who made the report, and NotFound to anyone else."""
