"""Closes a case; what is still owed stays owed, in plain sight."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def close_case(
    *,
    case: Case,
    reason: str,
    outcome: str = "",
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> None:
    """This function will close a case; a reason must be given."""
    record(
        "close_case",
        case,
        Draft("closed", {"reason": reason, "outcome": outcome}),
        needed={"reason": "Say why the case is closed."},
        expected_sequence=expected_sequence,
        overrides=overrides,
        by=by,
        now=now,
    )
