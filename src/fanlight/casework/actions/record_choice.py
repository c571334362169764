"""Records what the person at risk chose: to leave, to stay with the other, or to end it and stay at home."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.make_action_plan import LONGEST_NOTE
from fanlight.casework.actions.planning import words_of, write_beside
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def record_choice(
    *,
    case: Case,
    choice: str,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will put their choice on the record, and give the sequence of its entry; the one before stays.

    `choice` is a word of the fact: leaves, stays or ends. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("record_choice", case=case, by=by, now=now) as log:
        if choice not in dict(rulings.words_of_choice(case.landlord_id)):
            raise Faulty({"choice": ("Say what they chose.",)})
        draft = Draft("choice", facts={rulings.CHOICE: choice}, note=words_of("note", note, LONGEST_NOTE), at=at)
        _, sequence = write_beside(
            log, case, draft, expected_sequence=expected_sequence, overrides=overrides, duty=duty, by=by, now=now
        )
    return sequence
