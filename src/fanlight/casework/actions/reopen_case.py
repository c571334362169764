"""Opens a closed case again."""

from datetime import datetime

from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def reopen_case(*, case: Case, reason: str, expected_sequence: int | None = None, by: Staff, now: datetime) -> None:
    """This function will open a closed case again, its duties as they were left; a reason must be given."""
    record(
        "reopen_case",
        case,
        Draft("reopened", {"reason": reason}),
        needed={"reason": "Say why the case is opened again."},
        expected_sequence=expected_sequence,
        by=by,
        now=now,
    )
