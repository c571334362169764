"""Gives a case to somebody, who leads it from now on."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def assign_case(
    *, case: Case, to: Staff, role: str, female: bool | None = None, note: str = "", expected_sequence: int | None = None, by: Staff, now: datetime
) -> None:
    """This function will record that `to`, in a role that they hold, takes the case."""
