"""Closes a case; what is still owed stays owed, in plain sight."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.models import Case, Staff


def close_case(
    *, case: Case, reason: str, outcome: str = "", expected_sequence: int | None = None, overrides: Sequence[tuple[str, str]] = (), by: Staff, now: datetime
) -> None:
    """This function will close a case."""
