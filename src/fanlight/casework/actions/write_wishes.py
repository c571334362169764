"""Writes down what somebody wants, in their own words."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.planning import at_risk_of, words_of, write_beside
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff, Wish

MOST = 1000
"""They stand on every page of the case: what needs more room is part of an interview."""


def write_wishes(
    *,
    case: Case,
    part: int,
    words: str,
    at: datetime | None = None,
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will put what somebody at risk wants on the record, in their words, and give the sequence of its entry.

    `at` is when they said it (None: now). Nothing changes it: what they say later takes its place in view, and both stay.
    Raises NotFound, Refused, Faulty, Conflict.
    """
    with logged("write_wishes", case=case, by=by, now=now) as log:
        said = words_of("words", words, MOST, "Write what they said, in their own words.")
        draft = Draft("wishes", note=said, at=at)
        locked, sequence = write_beside(log, case, draft, expected_sequence=expected_sequence, by=by, now=now)
        Wish(landlord_id=locked.landlord_id, case=locked, part=at_risk_of(locked, part), sequence=sequence).save(
            force_insert=True
        )
    return sequence
