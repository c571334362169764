"""Hands a case, or a part of it, over to a service or a colleague: not received until they say so."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.actions.record_entry import record
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Staff


def hand_over(
    *,
    case: Case,
    to: str,
    to_staff: Staff | None = None,
    note: str = "",
    reason: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will record a referral, to a service kind and perhaps a named colleague, and give its sequence.

    Handing the case itself over to a colleague is `to="case_officer"` with `to_staff`: whoever leads it
    leads it until the colleague acknowledges. Then `note` must say what the next one has to know, and, where the policy has
    one point of contact, `reason` why it changes. `at` is when it was handed over (None: now).
    """
    draft = Draft("referral", {"to": to}, note=note, at=at, to_staff=to_staff)
    return record(
        "hand_over",
        case,
        draft,
        needed={"to": "Say to whom."},
        reason=reason,
        expected_sequence=expected_sequence,
        overrides=overrides,
        by=by,
        now=now,
    )
