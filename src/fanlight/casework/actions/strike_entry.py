"""Strikes out an entry that was recorded in error; both stay on the record."""

from datetime import datetime

from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def strike_entry(
    *, case: Case, sequence: int, reason: str, expected_sequence: int | None = None, by: Staff, now: datetime
) -> int:
    """This function will strike an entry, and give the sequence of the strike.

    A reason must be given. The last report that stands cannot be struck.
    """
    draft = Draft("struck", {"reason": reason}, of_sequence=sequence)
    return record(
        "strike_entry",
        case,
        draft,
        needed={"reason": "Say why it was recorded in error."},
        expected_sequence=expected_sequence,
        by=by,
        now=now,
    )
