"""Notes that a receiver has what was shared with them."""

from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.sharing import share_of
from fanlight.casework.models import Case, Staff


def confirm_share(
    *, case: Case, number: int, confirmed_by: str, at: datetime | None = None, by: Staff, now: datetime
) -> None:
    """This function will note who at the receiver's said that they have it, and when (None: now). Raises NotFound, Refused, Faulty."""
    with logged("confirm_share", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        row = share_of(locked, number)
        log.detail["share"] = row.pk
        if why_not := standing.why_not_record("share"):
            raise Refused(why_not)
        if row.referral_id is not None:
            raise Refused("It went by a referral: say there that they have it, and it stands here too.")
        if row.state != "gone" or row.gone_at is None:
            raise Refused("It has not gone, or was received before.")
        if not confirmed_by.strip():
            raise Faulty({"confirmed_by": ("Say who confirmed it.",)})
        if at is not None and not row.gone_at <= at <= now:
            raise Faulty({"at": ("That is before it went, or still to come.",)})
        row.received = checked_reason(confirmed_by)
        row.received_at, row.received_noted_by = at or now, by
        row.save(force_update=True)
