"""The receipt of a report, for the one who made it, whether or not they may see the case."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import DISPOSED, NotFound, standing_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff


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
    there = Case.objects.exclude(status=DISPOSED)
    # One question, whether the case is there or not: what is somebody else's takes as long as what is nobody's.
    theirs = there.filter(entries__sequence=1, entries__kind="report", entries__by=viewer)
    case = theirs.filter(landlord_id=viewer.landlord_id, reference=reference).first()
    if case is None:
        raise NotFound
    entries = rulings.told(case)
    report = entries[0]
    calls = [entry.at for entry in entries if entry.kind == "emergency_call" and entry.by_id == viewer.pk]
    return ReportReceipt(
        reference=case.reference,
        at=report.at,
        danger=report.payload["facts"].get("immediate_danger") is True,
        called_999_at=calls[0] if calls else None,
        looked_at_by=report.recorded_at + settings_of(viewer.landlord_id).triage_escalates_after,
        may_see_case=standing_of(viewer, case, now=now).sees,
    )
