"""Authorises a share that somebody else asked for, or refuses it."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import reported
from fanlight.casework.actions.referring import send_authorised
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.sharing import (
    checked,
    content_that_was_asked_for,
    demand_cause,
    demand_sharer,
    proposed_of,
    send,
    share_of,
)
from fanlight.casework.models import Case, MaracListing, Staff
from fanlight.casework.queries.judging import needs_of, still_says
from fanlight.casework.queries.referrals import carried_by

CHANGED = (
    "It is not as it was when it was asked for: something in it must come out now. Refuse it, and have it made anew."
)


def decide_on_share(
    *,
    case: Case,
    number: int,
    authorise: bool,
    reason: str = "",
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> None:
    """This function will let a share that waits go, as the very document that was asked for, or refuse it with a reason.

    Everything is judged again as it stands now: what was agreed then may have been taken back, and whoever was hidden then may be
    protected now. One that goes by a referral sends the referral. Raises NotFound, Refused, Faulty, Stopped.
    """
    with logged("decide_on_share", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        row = share_of(locked, number)
        log.detail["share"] = row.pk
        if not standing.can("share:authorise") or standing.emergency_until is not None:
            raise Refused("Your role may not authorise a share.")
        if row.state != "waits":
            raise Refused(_OVER.get(row.state, "This share does not wait for anybody."))
        if row.asked_by_id == by.pk:
            raise Refused("You asked for it: somebody else authorises it.")
        row.decided_at, row.decided_by, row.outcome = now, by, "authorised" if authorise else "refused"
        row.decision = reason if authorise else checked_reason(reason)
        log.detail["outcome"] = row.outcome
        if authorise:
            if row.referral is None:
                demand_sharer(locked, standing, row.ground)
            else:
                demand_cause(standing, row.ground)
            proposed, beside = proposed_of(row)
            carried = carried_by(row.referral) if row.referral else None
            try:
                seen = checked(locked, proposed, beside, log.told(locked), by, now, carried=carried)
            except Faulty as faulty:
                sentences = [one for each in faulty.faults.values() for one in each]
                raise Refused(f"It cannot go as it was asked for. {' '.join(sentences)}") from None
            if still_says(content_that_was_asked_for(row), seen, proposed, beside.take_out):
                raise Refused(CHANGED)
            row.needs = needs_of(locked, proposed, seen) or row.needs
            if row.referral is None:
                is_return = MaracListing.objects.filter(share=row).exists()
                also = reported(log.told(locked), now) if is_return else ()
                send(row, standing, expected_sequence=None, overrides=overrides, also=also, log=log, by=by, now=now)
            else:
                send_authorised(locked, standing, row, overrides=overrides, log=log, by=by, now=now)
        row.save(force_update=True)


_OVER = {
    "stopped": "This share was stopped: it does not go.",
    "refused": "This share was refused.",
    "gone": "This share has gone.",
    "received": "This share has gone.",
}
