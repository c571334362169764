"""Triage finds that a report belongs to a case that there is already."""

from datetime import datetime

from fanlight.casework.models import Case, Staff


def join_case(*, case: Case, into: str, note: str = "", expected_sequence: int | None = None, by: Staff, now: datetime) -> Case:
    """This function will copy the report, with its own moment, to the case of reference `into`, and give that case.

    In the new case the report is struck; its status becomes joined. `into` must be a case that `by` may see,
    and not closed. Raises NotFound, Refused, Faulty, Conflict.
    """
