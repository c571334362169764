"""Answers a question of the case page in place."""

from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.models import Case, Staff


def answer_question(
    *, case: Case, facts: Mapping[str, object], note: str = "", expected_sequence: int | None = None, by: Staff, now: datetime
) -> int:
    """This function will record what became known, as an entry `learned`, and give its sequence."""
