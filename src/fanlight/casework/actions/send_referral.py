"""Sends a referral that was drafted: it is on the record, and on somebody's list until it was received."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import demand_open, draft_in, send
from fanlight.casework.models import Case, Staff
from fanlight.casework.referring import Terms


def send_referral(
    *,
    case: Case,
    number: int,
    way: str = "",
    permission: str = "",
    reason: str = "",
    own_request: bool = False,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will record that a draft was sent, and give the sequence of its entry.

    `way` is how (WAYS_IN); `permission` and `reason` are asked for a child or an adult at risk; `own_request` for a person who causes
    harm. `at` is when it went (None: now). Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("send_referral", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_open(locked, standing)
        return send(
            locked,
            standing,
            draft_in(locked, number),
            Terms(permission, reason, own_request),
            way=way,
            note=note,
            at=at,
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
