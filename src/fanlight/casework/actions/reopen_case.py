"""Opens a closed case again."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def reopen_case(*, case: Case, reason: str, expected_sequence: int | None = None, by: Staff, now: datetime) -> None:
    """This function will open a closed case again; its duties are as they were left."""
