"""Sends a referral that was drafted: it is on the record, and on somebody's list until it was received."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.referring import Sending, demand_open, draft_in, send
from fanlight.casework.models import Case, Staff
from fanlight.casework.referring import Terms
from fanlight.casework.sharing import NOTHING_YET, Proposed


def send_referral(
    *,
    case: Case,
    number: int,
    way: str = "",
    document: str = "",
    permission: str = "",
    reason: str = "",
    own_request: bool = False,
    share: Proposed = NOTHING_YET,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will record that a draft was sent, and give the sequence of its entry; 0 where somebody else must authorise it first.

    `way` is how (WAYS_IN), and `document` which of its documents went (pdf, protected, word; none: as the way has it); `permission` and
    `reason` are asked for a child or an adult at risk; `own_request` for a person who causes harm. What its form says, and `note`, is shared
    by it: `share` says why, on which grounds and of whom, as for every share; to whom and what is the referral's. `at` is when it went
    (None: now). Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("send_referral", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_open(locked, standing)
        return send(
            locked,
            standing,
            draft_in(locked, number),
            Sending(Terms(permission, reason, own_request), share, document, way, note, at),
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
