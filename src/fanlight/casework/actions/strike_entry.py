"""Strikes out an entry that was recorded in error; both stay on the record."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def strike_entry(*, case: Case, sequence: int, reason: str, expected_sequence: int | None = None, by: Staff, now: datetime) -> None:
    """This function will strike an entry; a reason must be given. The last report that stands cannot be struck."""
