"""Answers a question of the case page in place."""

from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def answer_question(
    *,
    case: Case,
    facts: Mapping[str, object],
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will record what became known, as an entry `learned`, and give its sequence."""
    draft = Draft("learned", facts=facts, note=note)
    return record("answer_question", case, draft, expected_sequence=expected_sequence, by=by, now=now)
